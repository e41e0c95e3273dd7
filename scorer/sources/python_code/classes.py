"""Classes of the tree: what they hold, what they derive from, and the members of enumerations."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code import names
from scorer.sources.python_code.docstrings import cleaned, docstring
from scorer.sources.python_code.scopes import Scope
from scorer.sources.python_code.values import Class, External, Function, Member
from scorer.sources.tree.values import Scalar

if TYPE_CHECKING:
    from scorer.sources.python_code.values import Follows


def class_attribute(evaluator: Follows, owner: Class, name: str, node: ast.AST, scope: Scope, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - a value, and where it is asked for
    """What a class holds under a name: a member of an enumeration, a constant, a method; looked for in its bases too."""
    for found in lineage(evaluator, owner, depth):
        inner = Scope(found.scope.module, found.node, found.scope)
        if name in inner.names.bound:
            value = names.bound(evaluator, name, inner, node, depth)
            if isinstance(value, Function | Class) or not is_enum(evaluator, owner, depth):
                return value
            return Member(owner, name, value, found.scope.module.spot(inner.names.bound[name][0]))
    if name == "__doc__":
        doc = docstring(owner.node, owner.scope.module)
        return cleaned(doc) if doc else Scalar(None, owner.spot)
    if name == "__name__":
        return Scalar(owner.node.name, owner.spot)
    return evaluator.unknown(node, scope, f"comes from `{owner.node.name}.{name}`, which is not in the tree,")


def lineage(evaluator: Follows, owner: Class, depth: int = 0) -> list[Class]:
    """The class and those of its bases that are of the tree, nearest first."""
    found: list[Class] = []
    wait = [owner]
    while wait and len(found) < 30:
        current = wait.pop(0)
        if all(current.node is not other.node for other in found):
            found.append(current)
            bases = (evaluator.value(_bare(base), current.scope, depth) for base in current.node.bases)
            wait += [base for base in bases if isinstance(base, Class)]
    return found


def foundations(evaluator: Follows, owner: Class, depth: int = 0) -> list[str]:
    """The dotted names of the classes of other packages that a class derives from."""
    names: list[str] = []
    for current in lineage(evaluator, owner, depth):
        for base in current.node.bases:
            value = evaluator.value(_bare(base), current.scope, depth)
            names += [value.name] if isinstance(value, External) else []
    return names


def is_enum(evaluator: Follows, owner: Class, depth: int = 0) -> bool:
    """Whether a class is an enumeration."""
    return any(
        name.split(".")[-1] in ("Enum", "StrEnum", "IntEnum", "IntFlag", "Flag")
        for name in foundations(evaluator, owner, depth)
    )


def members(evaluator: Follows, owner: Class, depth: int = 0) -> list[Member]:
    """The members of an enumeration, in order."""
    inner = Scope(owner.scope.module, owner.node, owner.scope)
    names = [
        name
        for name, statements in inner.names.bound.items()
        if not name.startswith("_") and isinstance(statements[-1], ast.Assign | ast.AnnAssign)
    ]
    found = (class_attribute(evaluator, owner, name, owner.node, inner, depth) for name in names)
    return [member for member in found if isinstance(member, Member)]


def _bare(base: ast.expr) -> ast.expr:
    """`Base` of `Base[int]`."""
    return base.value if isinstance(base, ast.Subscript) else base
