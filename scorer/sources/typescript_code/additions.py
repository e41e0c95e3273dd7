"""What becomes of a list or an object after it was written down: `list.push(...)`, `object.key = ...`, also in loops and under conditions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Items, Scalar, Table, Unknown
from scorer.sources.typescript_code.reach import paths, precedes, uses
from scorer.sources.typescript_code.values import Env, Follows, Zod

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module

# Elements of a list that are followed.
_WIDEST = 2_000
_ADDED = re.compile(rb"(?<![\w$.])([A-Za-z_$][\w$]*)\.(?:push|unshift|add)\(")
_ASSIGNED = re.compile(
    rb"(?<![\w$.])([A-Za-z_$][\w$]*)(?:\.[\w$]+|\[[^\]\n]{1,200}\])+\s*(?:[+]|[|][|]|[?][?])?=(?![=>])"
)
_SET = re.compile(rb"(?<![\w$.])([A-Za-z_$][\w$]*)\.set\(")
_ACCESS = frozenset({"member_expression", "subscript_expression", "non_null_expression"})


def changed(evaluator: Follows, name: str, value: Items | Table, node: Node, scope: Node, module: Module, env: Env, depth: int) -> Items | Table:  # noqa: PLR0913, PLR0917 - a name and where it stands  # fmt: skip
    """A list or object with what the code of its scope does to it; `partial` where that cannot be followed."""
    if isinstance(value, Table):
        return _with_keys(evaluator, name, value, node, scope, module, env, depth)
    return _with_elements(evaluator, name, value, node, scope, module, env, depth)


def _with_elements(evaluator: Follows, name: str, value: Items, at: Node, scope: Node, module: Module, env: Env, depth: int) -> Items:  # noqa: PLR0913, PLR0917 - as above  # fmt: skip
    items, maybe, partial = list(value.items), set(value.maybe), value.partial
    for call in _calls(_ADDED, name, at, scope, module):
        ways = paths(evaluator, call, scope, module, env, depth)
        if ways is None:
            partial = partial or evaluator.unknown(call, module, "is added to")
        for around, doubt in ways or ():
            new, gap = _given(evaluator, call, module, around, depth)
            if len(items) + len(new) > _WIDEST or not evaluator.effort.spend(len(new)):
                return Items(
                    items, value.spot, frozenset(maybe), evaluator.unknown(call, module, "has too many elements")
                )
            maybe |= {len(items) + i for i in range(len(new))} if doubt else set()
            items, partial = [*items, *new], partial or gap
    return Items(items, value.spot, frozenset(maybe), partial)


def _calls(pattern: re.Pattern[bytes], name: str, at: Node, scope: Node, module: Module) -> Iterator[Node]:
    """The calls of a method of a name, as far as they are seen at a node."""
    for node in uses(pattern, name, scope, module):
        member = module.parent(node)
        call = module.parent(member) if member is not None else None
        if call is not None and call.type == "call_expression" and precedes(call, at, module):
            yield call


def _given(evaluator: Follows, call: Node, module: Module, env: Env, depth: int) -> tuple[list[Any], Unknown | None]:
    found: list[Any] = []
    for argument in evaluator.arguments(call):
        if argument.type != "spread_element":
            found.append(evaluator.value(argument, module, env, depth))
            continue
        more = evaluator.value(argument.named_children[0], module, env, depth)
        if not isinstance(more, Items) or more.partial:
            return found, evaluator.computed(argument, module)
        found += more.items
    return found, None


def _with_keys(evaluator: Follows, name: str, value: Table, at: Node, scope: Node, module: Module, env: Env, depth: int) -> Table:  # noqa: PLR0913, PLR0917 - as above  # fmt: skip
    for node in uses(_ASSIGNED, name, scope, module):
        access, target = node, node
        while (outer := module.parent(access)) is not None and outer.type in _ACCESS:
            target, access = (outer if target is node else target), outer
        holder = module.parent(access)
        if (
            holder is None
            or not holder.type.endswith("assignment_expression")
            or holder.child_by_field_name("left") != access
            or not precedes(holder, at, module)
        ):
            continue
        doubt = evaluator.unknown(holder, module, "may be assigned anew")
        ways = paths(evaluator, holder, scope, module, env, depth)
        if ways is None or holder.type != "assignment_expression":
            value = _doubtful(value, _key(evaluator, target, module, env, depth), doubt)
            continue
        for around, depends in ways:
            key = _key(evaluator, target, module, around, depth)
            if key is None or depends or access != target:
                value = _doubtful(value, key, depends or doubt)
            else:
                given = evaluator.value(holder.child_by_field_name("right"), module, around, depth)
                value = replace(value, items={**value.items, key: given})
    return _with_entries(evaluator, name, value, at, scope, module, env, depth)


def _with_entries(evaluator: Follows, name: str, value: Table, at: Node, scope: Node, module: Module, env: Env, depth: int) -> Table:  # noqa: PLR0913, PLR0917 - as above  # fmt: skip
    """A `Map` with what `map.set(key, value)` puts into it."""
    for call in _calls(_SET, name, at, scope, module):
        ways = paths(evaluator, call, scope, module, env, depth)
        doubt = evaluator.unknown(call, module, "is added to")
        for around, depends in ways if ways is not None else [(env, doubt)]:
            given = [evaluator.value(argument, module, around, depth) for argument in evaluator.arguments(call)]
            key = given[0].value if len(given) == 2 and isinstance(given[0], Scalar) else None
            if isinstance(key, str) and not depends:
                value = replace(value, items={**value.items, key: given[1]})
            else:
                value = _doubtful(value, None, depends or doubt)
    return value


def _key(evaluator: Follows, target: Node, module: Module, env: Env, depth: int) -> str | None:
    """The key that `object.key` or `object[key]` means, None when it is computed."""
    prop = target.child_by_field_name("property")
    if prop is not None:
        return module.raw(prop)
    index = evaluator.value(target.child_by_field_name("index"), module, env, depth)
    return str(index.value) if isinstance(index, Scalar) and isinstance(index.value, str | int) else None


def _doubtful(value: Table, key: str | None, doubt: Unknown) -> Table:
    """An object of which one key may be another, or may be there only sometimes."""
    if key is None or key not in value.items:
        return replace(value, partial=value.partial or doubt)
    held = value.items[key]
    known = replace(held, partial=doubt) if isinstance(held, Table | Items) else doubt
    return replace(value, items={**value.items, key: replace(held, gap=doubt) if isinstance(held, Zod) else known})
