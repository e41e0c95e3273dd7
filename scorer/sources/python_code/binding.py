"""What binds names: the arguments of a call, the targets of an assignment; and which class a scope is of."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code.scopes import FunctionNode, Scope
from scorer.sources.python_code.values import Class, Function, Thunk
from scorer.sources.tree.values import Items, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

_OWN = "_toolmark_own"


def own(node: ast.AST) -> list[ast.AST]:
    """The nodes of a function without those of functions and classes inside it; kept on its node."""
    known: list[ast.AST] | None = getattr(node, _OWN, None)
    if known is None:
        known = list(_own(node))
        node.__dict__[_OWN] = known
    return known


def _own(node: ast.AST) -> Iterator[ast.AST]:
    stack = list(reversed(getattr(node, "body", [])))
    while stack:
        current = stack.pop()
        yield current
        if not isinstance(current, FunctionNode | ast.ClassDef | ast.Lambda):
            stack.extend(reversed(list(ast.iter_child_nodes(current))))


def bind(function: Function, node: ast.Call, scope: Scope, skip: int = 0) -> dict[str, Any]:
    """A call's arguments by the names of the parameters that they go to; defaults where nothing was passed."""
    arguments = function.node.args
    positional = [arg.arg for arg in (*arguments.posonlyargs, *arguments.args)][skip:]
    values: dict[str, Any] = {}
    for arg, default in zip(reversed(positional), reversed(arguments.defaults), strict=False):
        values[arg] = Thunk(default, function.scope)
    for only, given in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if given is not None:
            values[only.arg] = Thunk(given, function.scope)
    if not any(isinstance(arg, ast.Starred) for arg in node.args):
        values |= {name: Thunk(arg, scope) for name, arg in zip(positional, node.args, strict=False)}
    rest = {keyword.arg: Thunk(keyword.value, scope) for keyword in node.keywords if keyword.arg}
    known = {*positional, *(arg.arg for arg in arguments.kwonlyargs)}
    values |= {name: thunk for name, thunk in rest.items() if name in known}
    return values


def unpack(target: ast.AST, value: Any) -> dict[str, Any]:
    """What an assignment of a value to a target binds; parts that cannot be told are unknown."""
    if isinstance(target, ast.Name):
        return {target.id: value}
    if not isinstance(target, ast.Tuple | ast.List):
        return {}
    found: dict[str, Any] = {}
    parts = value.items if isinstance(value, Items) and len(value.items) == len(target.elts) else None
    for index, part in enumerate(target.elts):
        gap = value if isinstance(value, Unknown) else Unknown("is unpacked from a value that is computed", value.spot)
        found |= unpack(part, parts[index] if parts else gap)
    return found


def deciding(statements: list[ast.AST]) -> ast.AST | None:
    """The statement that gives a name its value, None when several could."""
    if len(statements) == 1:
        return statements[0]
    definitions = [s for s in statements if isinstance(s, FunctionNode | ast.ClassDef | ast.Import | ast.ImportFrom)]
    if definitions and len(definitions) == len(statements):
        return definitions[0]
    return None


def owner_of(scope: Scope) -> Class | None:
    """The class whose method this scope is."""
    parent = scope.parent
    if parent and isinstance(parent.node, ast.ClassDef) and parent.parent and not is_static(scope.node):
        return Class(parent.node, parent.parent)
    return None


def is_static(node: Any) -> bool:
    """Whether a method takes no instance."""
    return any(getattr(decorator, "id", "") == "staticmethod" for decorator in getattr(node, "decorator_list", ()))


def targets(statement: ast.AST) -> list[ast.expr]:
    """What an assignment assigns to."""
    if isinstance(statement, ast.Assign):
        return statement.targets
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        return [statement.target]
    return []
