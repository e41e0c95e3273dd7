"""Calls: of functions and classes of the tree, and of what is known without running it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code import known_calls, methods
from scorer.sources.python_code.binding import bind, is_static, own
from scorer.sources.python_code.scopes import Scope
from scorer.sources.python_code.values import Class, External, Function, Made, Thunk
from scorer.sources.tree.values import Scalar, Unknown

if TYPE_CHECKING:
    from scorer.sources.python_code.values import Follows


def call(evaluator: Follows, node: ast.Call, scope: Scope, depth: int) -> Any:
    """A call, whatever is called."""
    if isinstance(node.func, ast.Attribute):
        base = evaluator.value(node.func.value, scope, depth)
        found = methods.call(evaluator, base, node, scope, depth)
        if found is not None:
            return found
        callee = evaluator.attribute(base, node.func.attr, node.func, scope, depth)
    else:
        callee = evaluator.value(node.func, scope, depth)
    if isinstance(callee, External):
        return known_calls.builtin(evaluator, callee, node, scope, depth) or Made(
            callee, node, scope, scope.module.spot(node)
        )
    if isinstance(callee, Class):
        return _constructed(evaluator, callee, node, scope, depth)
    if isinstance(callee, Function):
        return _apply(evaluator, callee, node, scope, depth)
    return callee if isinstance(callee, Unknown) else evaluator.computed(node, scope)


def _constructed(evaluator: Follows, callee: Class, node: ast.Call, scope: Scope, depth: int) -> Any:
    if evaluator.is_enum(callee, depth) and node.args:
        wanted = evaluator.value(node.args[0], scope, depth)
        for member in evaluator.members(callee, depth):
            if isinstance(member.value, Scalar) and isinstance(wanted, Scalar) and member.value.value == wanted.value:
                return member
    return Made(callee, node, scope, scope.module.spot(node))


def _apply(evaluator: Follows, function: Function, node: ast.Call, scope: Scope, depth: int) -> Any:
    """What a function of the tree returns for these arguments, when it has one way to return."""
    inner = entered(function, node, scope)
    if isinstance(function.node, ast.Lambda):
        return evaluator.value(function.node.body, inner, depth)
    returns = [found for found in own(function.node) if isinstance(found, ast.Return) and found.value is not None]
    yields = any(isinstance(found, ast.Yield | ast.YieldFrom) for found in own(function.node))
    if yields or not returns:
        return evaluator.computed(node, scope)
    if len(returns) == 1:
        return evaluator.value(returns[0].value, inner, depth)
    return _several(evaluator, function, returns, inner, node, scope, depth)


def _several(  # noqa: PLR0913, PLR0917 - what is known at the call
    evaluator: Follows,
    function: Function,
    returns: list[ast.Return],
    inner: Scope,
    node: ast.Call,
    scope: Scope,
    depth: int,
) -> Any:
    values = [evaluator.value(found.value, inner, depth) for found in returns]
    nested = [value for value in values if isinstance(value, Function | Made)]
    if nested and all(isinstance(value, Function | Made | Unknown) for value in values):
        return nested[-1]
    return evaluator.unknown(node, scope, f"depends on what `{function.name}` returns")


def entered(function: Function, node: ast.Call, scope: Scope) -> Scope:
    """The scope of a function that is called with these arguments."""
    method = function.owner is not None and isinstance(node.func, ast.Attribute) and not is_static(function.node)
    values = bind(function, node, scope, skip=1 if method else 0)
    if method and function.node.args.args and isinstance(node.func, ast.Attribute):
        values[function.node.args.args[0].arg] = Thunk(node.func.value, scope)
    return Scope(function.scope.module, function.node, function.scope, values)
