"""The turns of loops: `for (const x of list)`, `list.forEach((x) => ...)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Items, Table
from scorer.sources.typescript_code import collections, unpacking

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module
    from scorer.sources.typescript_code.values import Env, Follows

_EACH = frozenset({"forEach", "map", "flatMap", "reduce"})


def loop_turns(evaluator: Follows, loop: Node, module: Module, env: Env) -> tuple[Items | None, Callable[[Any], Env]]:
    """The list that a loop goes over, None when it cannot be followed, and what one of its elements binds."""
    left, right = loop.child_by_field_name("left"), loop.child_by_field_name("right")
    values = evaluator.value(right, module, env)
    if isinstance(values, Table):
        values = collections.entries(values)
    pattern = left
    if left is not None and left.type in ("lexical_declaration", "variable_declaration") and left.named_children:
        pattern = left.named_children[0]

    def bound(item: Any) -> Env:
        names = unpacking.unpacked(evaluator, pattern, item, module, env, 0) if pattern is not None else {}
        return {**env, **{(loop.id, name): value for name, value in names.items()}}

    return values if isinstance(values, Items) and pattern is not None else None, bound


def is_each(function: Node, module: Module) -> bool:
    """Whether a function is given to a method that calls it for each element of a list (`list.forEach(function)`)."""
    method = _method_of(function, module)
    return method is not None and module.raw(method.child_by_field_name("property") or method) in _EACH


def callback_list(evaluator: Follows, function: Node, module: Module, env: Env) -> Items | None:
    """The list for each element of which a function is called, None when there is none that can be followed."""
    method = _method_of(function, module)
    if method is None or not is_each(function, module):
        return None
    values = evaluator.value(method.child_by_field_name("object"), module, env)
    return values if isinstance(values, Items) else None


def _method_of(function: Node, module: Module) -> Node | None:
    holder = module.parent(function)
    call = module.parent(holder) if holder is not None and holder.type == "arguments" else None
    callee = call.child_by_field_name("function") if call is not None else None
    return callee if callee is not None and callee.type == "member_expression" else None
