"""What a name gives: the statements that bind it, parameters, and what other modules give."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code import changes, imports
from scorer.sources.python_code.binding import deciding, owner_of, unpack
from scorer.sources.python_code.docstrings import docstring
from scorer.sources.python_code.scopes import FunctionNode, Scope
from scorer.sources.python_code.values import Alias, Class, External, Function, Made, Thunk
from scorer.sources.tree.values import Scalar, Unknown

if TYPE_CHECKING:
    from scorer.sources.python_code.values import Follows

# Steps from a name to its value to the names in it; real ones stay below 20.
DEEPEST = 40
_BUILTINS = frozenset(
    "str int float bool bytes bytearray complex list dict set frozenset tuple type object None Any len sorted range print isinstance "
    "getattr setattr property classmethod staticmethod enumerate zip map filter super repr callable min max sum any all open "
    "Exception ValueError KeyError RuntimeError TypeError".split()
)


def lookup(evaluator: Follows, name: str, scope: Scope, node: ast.AST, depth: int = 0) -> Any:
    """The value of a name as seen from a scope."""
    if depth > DEEPEST:
        return evaluator.unknown(node, scope, "is nested too deep to follow")
    current: Scope | None = scope
    while current is not None:
        if name in current.values:
            held = current.values[name]
            return evaluator.value(held.node, held.scope, depth) if isinstance(held, Thunk) else held
        if name in current.names.bound and not (isinstance(current.node, ast.ClassDef) and current is not scope):
            return bound(evaluator, name, current, node, depth)
        if (found := _parameter(evaluator, name, current, node)) is not None:
            return found
        current = current.parent
    return _global(evaluator, name, scope, node, depth)


def _global(evaluator: Follows, name: str, scope: Scope, node: ast.AST, depth: int) -> Any:
    starred = [s for s in scope.module.tree.body if isinstance(s, ast.ImportFrom) and s.names[0].name == "*"]
    for statement in starred:
        module = evaluator.modules.imported(statement.module or "", statement.level, scope.module)
        if module and name in module.scope.names.bound:
            return lookup(evaluator, name, module.scope, node, depth + 1)
    if name in _BUILTINS:
        return External(name, scope.module.spot(node))
    if name == "__doc__":
        return docstring(scope.module.tree, scope.module) or Scalar(None, scope.module.spot(node))
    return evaluator.unknown(node, scope, f"comes from `{name}`, which is not defined in the tree,")


def _parameter(evaluator: Follows, name: str, scope: Scope, node: ast.AST) -> Any:
    if not isinstance(scope.node, FunctionNode | ast.Lambda):
        return None
    arguments = scope.node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    if name not in {arg.arg for arg in every if arg}:
        return None
    if every[0] and name == every[0].arg and (owner := owner_of(scope)):
        return Made(owner, None, scope, scope.module.spot(scope.node))
    return evaluator.unknown(node, scope, f"depends on the parameter `{name}`")


def bound(evaluator: Follows, name: str, scope: Scope, node: ast.AST, depth: int) -> Any:
    """What the statements that bind a name in a scope make of it."""
    statements = scope.names.bound[name]
    statement = deciding(statements)
    if statement is None:
        return _agreed(evaluator, name, statements, scope, node, depth)
    found = _statement(evaluator, statement, name, scope, depth)
    later = scope.names.changed.get(name, ())
    return changes.changed(evaluator, found, later, scope, depth) if later else found


def depends_on_branches(test: ast.AST, scope: Scope) -> bool:
    """Whether a condition names something that several statements set, as `x = None` and, further on, `if key: x = ...`."""
    for node in ast.walk(test):
        current: Scope | None = scope if isinstance(node, ast.Name) else None
        while current is not None and node.id not in current.values:  # type: ignore[attr-defined]
            bound = current.names.bound.get(node.id)  # type: ignore[attr-defined]
            if bound:
                if len(bound) > 1:
                    return True
                break
            current = current.parent
    return False


def _agreed(evaluator: Follows, name: str, statements: list[ast.AST], scope: Scope, node: ast.AST, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - a value, and where it is asked for
    """A name that several branches bind: known when they agree, or when all but one could not be meant."""
    found = [_statement(evaluator, statement, name, scope, depth) for statement in statements]
    useful = [v for v in found if not isinstance(v, Unknown) and not (isinstance(v, Scalar) and v.value is None)]
    scalars = {v.value for v in useful if isinstance(v, Scalar)}
    if useful and (len(useful) == 1 or len(scalars) == 1 or not scalars):
        return useful[0]
    return evaluator.unknown(node, scope, f"depends on which branch sets `{name}`")


def _statement(evaluator: Follows, statement: ast.AST, name: str, scope: Scope, depth: int) -> Any:
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return imports.imported(evaluator, statement, name, scope, depth)
    if isinstance(statement, FunctionNode):
        owner = Class(scope.node, scope.parent) if isinstance(scope.node, ast.ClassDef) and scope.parent else None
        return Function(statement, scope, owner)
    if isinstance(statement, ast.ClassDef):
        return Class(statement, scope)
    if isinstance(statement, ast.Assign):
        return _assigned(evaluator, statement, name, scope, depth)
    if isinstance(statement, ast.AnnAssign | ast.NamedExpr):
        return evaluator.value(statement.value, scope, depth)
    if isinstance(statement, ast.With | ast.AsyncWith):
        return evaluator.computed(statement, scope)
    if hasattr(statement, "value"):  # `type Name = ...`
        return Alias(statement.value, scope, scope.module.spot(statement))
    return evaluator.unknown(statement, scope, f"depends on the loop over `{name}`")


def _assigned(evaluator: Follows, statement: ast.Assign, name: str, scope: Scope, depth: int) -> Any:
    value = evaluator.value(statement.value, scope, depth)
    for target in statement.targets:
        if isinstance(target, ast.Name) and target.id == name:
            return value
    for target in statement.targets:
        found = unpack(target, value).get(name)
        if found is not None:
            return found
    return evaluator.computed(statement, scope)
