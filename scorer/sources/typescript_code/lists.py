"""What lists and objects of JavaScript become: by their methods, by statements that change them, by taking them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.tree.marks import aligned, joined, marked, marks_of, pieces
from scorer.sources.tree.values import Items, Scalar, Table, Unknown, doubt_of
from scorer.sources.typescript_code import collections
from scorer.sources.typescript_code.operators import truth
from scorer.sources.typescript_code.values import Env, External, Follows, Function, Namespace

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.modules import Module

_WIDEST = 2_000
_TEXT = frozenset(
    "trim trimStart trimEnd toLowerCase toUpperCase replace replaceAll join concat split slice toString".split()
)


def method(evaluator: Follows, base: Any, name: str, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - a call and where it stands
    """A method of a value that is known; None when this is no such call."""
    if isinstance(base, External) and base.name in (":Object", ":Array"):
        return _of_object(evaluator, name, node, module, env, depth)
    if isinstance(base, Scalar) and isinstance(base.value, str) and name in _TEXT:
        return _text(evaluator, base, name, node, module, env, depth)
    if isinstance(base, Table) and name not in base.items:
        return collections.of_map(evaluator, base, name, node, module, env, depth)
    if isinstance(base, Items):
        return _list(evaluator, base, name, node, module, env, depth)
    return None


def _of_object(evaluator: Follows, name: str, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - as above
    given = [evaluator.value(argument, module, env, depth) for argument in evaluator.arguments(node)]
    if not given:
        return None
    first, spot = given[0], module.spot(node)
    if isinstance(first, Namespace):
        first = namespace_table(evaluator, first, node, module, depth)
    if name == "assign":
        items: dict[str, Any] = {}
        for table in given:
            items |= table.items if isinstance(table, Table) else {}
        odd = next((table for table in given if not isinstance(table, Table)), None)
        return Table(items, spot, None if odd is None else evaluator.computed(node, module))
    if not isinstance(first, Table):
        return first if name in ("freeze", "from", "seal") and isinstance(first, Items) else None
    keys = [Scalar(key, spot) for key in first.items]
    rows = {
        "keys": keys,
        "values": list(first.items.values()),
        "entries": [Items([key, value], spot) for key, value in zip(keys, first.items.values(), strict=True)],
    }
    return Items(rows[name], spot, partial=first.partial) if name in rows else None


def namespace_table(evaluator: Follows, space: Namespace, node: Node, module: Module, depth: int) -> Table:
    """Everything that a module exports, as a table."""
    from scorer.sources.typescript_code.scopes import exports_of  # noqa: PLC0415 - only here

    names = [name for name in exports_of(space.module) if not name.startswith("*")]
    return Table({name: evaluator.exported(space.module, name, node, module, depth) for name in names}, space.spot)


def _text(evaluator: Follows, base: Scalar, name: str, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - as above
    text, spot = str(base.value), module.spot(node)
    given = [evaluator.value(argument, module, env, depth) for argument in evaluator.arguments(node)]
    plain = [value.value for value in given if isinstance(value, Scalar)]
    if len(plain) != len(given):
        return evaluator.computed(node, module)
    simple: dict[str, Any] = {
        "trim": str.strip,
        "trimStart": str.lstrip,
        "trimEnd": str.rstrip,
        "toLowerCase": str.lower,
        "toUpperCase": str.upper,
    }
    if name == "toString" and not plain:
        return base
    if name in simple and not plain:
        found = simple[name](text)
        at = aligned(spot, found, text, base.spot) if "trim" in name else marked(spot, marks_of(text, base.spot))
        return Scalar(found, at)
    if name == "concat":
        parts = [(text, base.spot), *((str(value.value), value.spot) for value in given)]
        return Scalar("".join(part for part, _ in parts), joined(spot, parts))
    if name in ("replace", "replaceAll") and len(plain) == 2 and all(isinstance(part, str) for part in plain):
        return Scalar(text.replace(str(plain[0]), str(plain[1]), -1 if name == "replaceAll" else 1), spot)
    if name == "split" and len(plain) == 1 and isinstance(plain[0], str) and plain[0]:
        found = text.split(plain[0])
        spots = pieces(spot, found, text, base.spot)
        return Items([Scalar(part, at) for part, at in zip(found, spots, strict=True)], spot)
    return evaluator.computed(node, module)


def _list(evaluator: Follows, base: Items, name: str, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - as above
    given = evaluator.arguments(node)
    spot = module.spot(node)
    if name == "join":
        sign = evaluator.value(given[0], module, env, depth) if given else Scalar(",", spot)
        items = [item for item in base.items if isinstance(item, Scalar)]
        if len(items) != len(base.items) or base.partial or not isinstance(sign, Scalar):
            return next((item for item in base.items if isinstance(item, Unknown)), None) or evaluator.computed(
                node, module
            )
        texts = ["" if item.value is None else str(item.value) for item in items]
        parts = [(text, item.spot) for text, item in zip(texts, items, strict=True)]
        between = [part for one in parts for part in ((str(sign.value), sign.spot), one)][1:]
        return Scalar(str(sign.value).join(texts), joined(spot, between))
    if name in ("has", "includes") and given:
        return collections.holds(evaluator, base, evaluator.value(given[0], module, env, depth), node, module)
    if name == "values" and not given:
        return base
    if name in ("map", "flatMap", "filter", "find") and given:
        function = evaluator.value(given[0], module, env, depth)
        return _mapped(evaluator, base, name, function, node, module, depth)
    if name == "concat":
        more = [evaluator.value(argument, module, env, depth) for argument in given]
        items = [
            *base.items,
            *(item for other in more for item in (other.items if isinstance(other, Items) else [other])),
        ]
        return Items(items, spot, base.maybe, base.partial)
    if name in ("sort", "reverse", "slice", "flat", "toSorted") and (not given or name in ("sort", "toSorted")):
        flat = [
            inner
            for item in base.items
            for inner in (item.items if name == "flat" and isinstance(item, Items) else [item])
        ]
        return Items(flat, spot, base.maybe if name != "flat" else frozenset(), base.partial)
    return None


def _mapped(evaluator: Follows, base: Items, name: str, function: Any, node: Node, module: Module, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - as above
    spot = module.spot(node)
    if name == "filter":
        everyone = frozenset(range(len(base.items)))
        return _filtered(evaluator, base, function, spot, depth) or Items(base.items, spot, everyone, base.partial)
    if not isinstance(function, Function) or name == "find":
        return evaluator.computed(node, module)
    found: list[Any] = []
    maybe: set[int] = set()
    for index, item in enumerate(base.items[:_WIDEST]):
        made = evaluator.returned(function, evaluator.bound(function, [item, Scalar(index, spot)], depth), depth)
        new = made.items if name == "flatMap" and isinstance(made, Items) else [made]
        maybe |= {len(found) + i for i in range(len(new))} if index in base.maybe else set()
        found += new
    return Items(found, spot, frozenset(maybe), base.partial)


def _filtered(evaluator: Follows, base: Items, function: Any, spot: Any, depth: int) -> Items | None:
    """The list without what a filter drops, None when the filter cannot be followed."""
    plain = isinstance(function, External) and function.name == ":Boolean"
    if not isinstance(function, Function) and not plain:
        return None
    kept: list[Any] = []
    partial = base.partial
    for item in base.items[:_WIDEST]:
        answer = item if plain else evaluator.returned(function, evaluator.bound(function, [item], depth), depth)
        verdict = truth(answer)
        if verdict is None:
            return None
        kept += [item] if verdict else []
        partial = partial or doubt_of(answer)
    return Items(kept, spot, partial=partial)


def unpacked(evaluator: Follows, pattern: Node, value: Any, module: Module, env: Env, depth: int) -> dict[str, Any]:  # noqa: PLR0913, PLR0917 - a pattern and where it stands
    """What taking a value apart binds; parts that cannot be told are unknown."""
    if pattern.type in ("identifier", "shorthand_property_identifier_pattern"):
        return {module.raw(pattern): value}
    found: dict[str, Any] = {}
    if pattern.type == "array_pattern":
        for index, part in enumerate(pattern.named_children):
            item = (
                value.items[index]
                if isinstance(value, Items) and index < len(value.items)
                else _gap(evaluator, value, part, module)
            )
            found |= unpacked(evaluator, part, item, module, env, depth)
    elif pattern.type == "object_pattern":
        for part in pattern.named_children:
            found |= _part(evaluator, part, value, module, env, depth)
    elif pattern.type in ("assignment_pattern", "object_assignment_pattern"):
        inner = pattern.named_children[0]
        missing = isinstance(value, Scalar) and value.value is None
        given = evaluator.value(pattern.named_children[-1], module, env, depth) if missing else value
        found |= unpacked(evaluator, inner, given, module, env, depth)
    return found


def _part(evaluator: Follows, part: Node, value: Any, module: Module, env: Env, depth: int) -> dict[str, Any]:  # noqa: PLR0913, PLR0917 - as above
    if part.type == "rest_pattern":
        return {module.raw(part.named_children[0]): value} if part.named_children else {}
    key, target = part.child_by_field_name("key"), part.child_by_field_name("value")
    if part.type == "object_assignment_pattern":
        target = part
        key = part.named_children[0]
    name = module.raw(key).strip("\"'") if key is not None else module.raw(part)
    inner = (
        evaluator.member(value, name, part, module, depth)
        if not isinstance(value, Unknown)
        else _gap(evaluator, value, part, module)
    )
    return unpacked(evaluator, target if target is not None else part, inner, module, env, depth)


def _gap(evaluator: Follows, value: Any, part: Node, module: Module) -> Any:
    return value if isinstance(value, Unknown) else evaluator.computed(part, module)
