"""Lists, dictionaries and texts after the statements that add to them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code import operators
from scorer.sources.python_code.scopes import above
from scorer.sources.tree.marks import joined
from scorer.sources.tree.values import Items, Scalar, Table, Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.sources.python_code.scopes import Scope
    from scorer.sources.python_code.values import Follows


def changed(evaluator: Follows, found: Any, changes: Sequence[ast.AST], scope: Scope, depth: int) -> Any:
    """A list or dictionary after the statements of its scope that add to it."""
    if not isinstance(found, Items | Table):
        return found if not isinstance(found, Scalar) else _added_text(evaluator, found, changes, scope, depth)
    held: Any = list(found.items) if isinstance(found, Items) else dict(found.items)
    partial = found.partial
    maybe = set(found.maybe) if isinstance(found, Items) else set()
    for change in changes:
        before = len(held)
        partial = _change(evaluator, held, change, scope, depth) or partial
        if isinstance(held, list) and is_conditional(change, scope):
            maybe |= set(range(before, len(held)))
    return (
        Items(held, found.spot, frozenset(maybe), partial)
        if isinstance(found, Items)
        else Table(held, found.spot, partial)
    )


def _added_text(evaluator: Follows, found: Scalar, changes: Sequence[ast.AST], scope: Scope, depth: int) -> Any:
    parts = [(str(found.value), found.spot)]
    for change in changes:
        more = evaluator.value(change.value, scope, depth) if isinstance(change, ast.AugAssign) else None
        if (
            not isinstance(more, Scalar)
            or not isinstance(more.value, str)
            or not isinstance(found.value, str)
            or is_conditional(change, scope)
        ):
            return evaluator.computed(change, scope)
        parts.append((more.value, more.spot))
    return Scalar("".join(part for part, _ in parts), joined(found.spot, parts))


def _change(evaluator: Follows, held: Any, change: ast.AST, scope: Scope, depth: int) -> Unknown | None:
    if isinstance(change, ast.Assign | ast.AnnAssign):
        return _set(evaluator, held, change, scope, depth)
    name = change.func.attr if isinstance(change, ast.Call) and isinstance(change.func, ast.Attribute) else "extend"
    given = change.args[-1] if isinstance(change, ast.Call) and change.args else getattr(change, "value", None)
    blocks = _around(evaluator, change, scope, depth)
    if given is None or isinstance(blocks, Unknown):
        return evaluator.computed(change, scope)
    gap = None
    for block in blocks:
        gap = _take(evaluator, held, name, evaluator.value(given, block, depth), change, scope) or gap
    return gap


def _take(evaluator: Follows, held: Any, name: str, value: Any, change: ast.AST, scope: Scope) -> Unknown | None:  # noqa: PLR0913, PLR0917 - one change
    if isinstance(held, dict):
        if isinstance(value, Table):
            held |= value.items
            return value.partial
        return evaluator.computed(change, scope)
    if name in ("append", "add", "insert"):
        held.append(value)
        return None
    if isinstance(value, Items):
        held += value.items
        return value.partial
    return evaluator.computed(change, scope)


def _set(evaluator: Follows, held: Any, change: Any, scope: Scope, depth: int) -> Unknown | None:
    target: Any = change.targets[0] if isinstance(change, ast.Assign) else change.target
    blocks = _around(evaluator, change, scope, depth)
    if isinstance(blocks, Unknown) or not isinstance(held, dict):
        return evaluator.computed(change, scope)
    for block in blocks:
        key = operators.text_of(evaluator.value(target.slice, block, depth))
        if key is None:
            return evaluator.computed(change, scope)
        held[key] = evaluator.value(change.value, block, depth)
    return None


def _around(evaluator: Follows, change: ast.AST, scope: Scope, depth: int) -> list[Scope] | Unknown:
    """The turns of the loops around a statement, within its scope."""
    blocks = [scope]
    for loop in reversed(above(change, scope.node)):
        if isinstance(loop, ast.For | ast.AsyncFor):
            turned = []
            for block in blocks:
                values = evaluator.turns(loop.target, loop.iter, block, depth)
                if values is None:
                    return evaluator.computed(loop.iter, scope)
                turned += [block.block(value) for value in values]
            blocks = turned
    return blocks


def is_conditional(node: ast.AST, scope: Scope) -> bool:
    """Whether a statement runs only under a condition of its scope."""
    return scope.node is not None and any(
        isinstance(found, ast.If | ast.While | ast.ExceptHandler | ast.Match) for found in above(node, scope.node)
    )
