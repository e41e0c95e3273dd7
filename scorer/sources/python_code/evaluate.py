"""What an expression gives, worked out from the text alone: constants, literals, names and imports that can be followed.

Nothing is executed: there is no branch from here into the code that is read. Whatever cannot be followed is `Unknown`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code import attributes, classes, displays, functions, names, operations
from scorer.sources.python_code.values import Function
from scorer.sources.tree.values import Scalar, Unknown

if TYPE_CHECKING:
    from scorer.sources.python_code.modules import Modules
    from scorer.sources.python_code.scopes import Scope
    from scorer.sources.python_code.values import Class, Member

# Evaluations of one run: a chain of doubling names would never end.
_MOST = 2_000_000


class Evaluator:
    """Evaluates expressions of one tree. What it knows of each kind of expression stands in the files beside this one."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self._steps = 0
        self._pending: set[tuple[int, int]] = set()

    def value(self, node: ast.AST | None, scope: Scope, depth: int = 0) -> Any:
        """What the expression gives in this scope."""
        if node is None:
            return Unknown("is not there", scope.module.spot(ast.Pass(lineno=1, col_offset=0)))
        self._steps += 1
        key = (id(node), id(scope))
        if depth > names.DEEPEST or self._steps > _MOST or key in self._pending:
            return self.unknown(node, scope, "is nested too deep to follow")
        self._pending.add(key)
        try:
            return self._value(node, scope, depth + 1)
        finally:
            self._pending.discard(key)

    def unknown(self, node: ast.AST, scope: Scope, reason: str) -> Unknown:
        """A gap at the node."""
        spot = scope.module.spot(node)
        return Unknown(f"{reason} at {spot.file}:{spot.line}", spot)

    def _value(self, node: ast.AST, scope: Scope, depth: int) -> Any:  # noqa: C901, PLR0912 - one case for each kind of node
        match node:
            case ast.Constant(value=value) if value is None or isinstance(value, str | int | float | bool):
                return Scalar(value, scope.module.spot(node))
            case ast.Name(id=name):
                return self.lookup(name, scope, node, depth)
            case ast.Attribute():
                return self.attribute(self.value(node.value, scope, depth), node.attr, node, scope, depth)
            case ast.Call():
                return functions.call(self, node, scope, depth)
            case ast.Dict():
                return displays.table(self, node, scope, depth)
            case ast.List() | ast.Tuple() | ast.Set():
                return displays.items(self, node, scope, depth)
            case ast.JoinedStr():
                return operations.joined_text(self, node, scope, depth)
            case ast.BinOp():
                return operations.binary(self, node, scope, depth)
            case ast.Subscript():
                return operations.subscript(self, node, scope, depth)
            case ast.IfExp():
                return operations.choice(self, node, scope, depth)
            case ast.BoolOp():
                return operations.either(self, node, scope, depth)
            case ast.UnaryOp():
                return operations.unary(self, node, scope, depth)
            case ast.Compare():
                return operations.compare(self, node, scope, depth)
            case ast.ListComp() | ast.GeneratorExp() | ast.SetComp():
                return displays.comprehension(self, node, scope, depth)
            case ast.DictComp():
                return displays.table_comprehension(self, node, scope, depth)
            case ast.Lambda():
                return Function(node, scope)
            case ast.Await() | ast.NamedExpr() | ast.Starred():
                return self.value(node.value, scope, depth)
            case _:
                return self.computed(node, scope)

    def computed(self, node: ast.AST, scope: Scope) -> Unknown:
        """A gap where something is worked out at run time."""
        return self.unknown(node, scope, "is computed")

    # What the files beside this one ask of each other.

    def lookup(self, name: str, scope: Scope, node: ast.AST, depth: int = 0) -> Any:
        """The value of a name as seen from a scope."""
        return names.lookup(self, name, scope, node, depth)

    def depends_on_branches(self, test: ast.AST, scope: Scope) -> bool:
        """Whether a condition names something that several statements set, as `x = None` and, further on, `if key: x = ...`."""
        return names.depends_on_branches(test, scope)

    def attribute(self, base: Any, name: str, node: ast.AST, scope: Scope, depth: int) -> Any:
        """`base.name`."""
        return attributes.attribute(self, base, name, node, scope, depth)

    def class_attribute(self, owner: Class, name: str, node: ast.AST, scope: Scope, depth: int) -> Any:
        """What a class holds under a name: a member of an enumeration, a constant, a method; looked for in its bases too."""
        return classes.class_attribute(self, owner, name, node, scope, depth)

    def lineage(self, owner: Class, depth: int = 0) -> list[Class]:
        """The class and those of its bases that are of the tree, nearest first."""
        return classes.lineage(self, owner, depth)

    def foundations(self, owner: Class, depth: int = 0) -> list[str]:
        """The dotted names of the classes of other packages that a class derives from."""
        return classes.foundations(self, owner, depth)

    def is_enum(self, owner: Class, depth: int = 0) -> bool:
        """Whether a class is an enumeration."""
        return classes.is_enum(self, owner, depth)

    def members(self, owner: Class, depth: int = 0) -> list[Member]:
        """The members of an enumeration, in order."""
        return classes.members(self, owner, depth)

    def turns(self, target: ast.AST, iterated: ast.expr, scope: Scope, depth: int = 0) -> list[dict[str, Any]] | None:
        """What a loop binds in each of its turns; None when that cannot be told."""
        return displays.turns(self, target, iterated, scope, depth)

    def entered(self, function: Function, node: ast.Call, scope: Scope) -> Scope:
        """The scope of a function that is called with these arguments."""
        return functions.entered(function, node, scope)
