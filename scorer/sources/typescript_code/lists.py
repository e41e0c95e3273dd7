"""What lists and objects of JavaScript become by their methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.tree.marks import joined
from scorer.sources.tree.values import Items, Scalar, Table, Unknown, doubt_of
from scorer.sources.typescript_code import collections, string_methods
from scorer.sources.typescript_code.operators import truth
from scorer.sources.typescript_code.values import Env, External, Follows, Function, Namespace

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module

_WIDEST = 2_000


def method(evaluator: Follows, base: Any, name: str, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - a call and where it stands
    """A method of a value that is known; None when this is no such call."""
    if isinstance(base, External) and base.name in (":Object", ":Array"):
        return _of_object(evaluator, name, node, module, env, depth)
    if isinstance(base, Scalar) and isinstance(base.value, str) and name in string_methods.METHODS:
        return string_methods.method(evaluator, base, name, node, module, env, depth)
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
    from scorer.sources.typescript_code.exports import exports_of  # noqa: PLC0415 - only here

    names = [name for name in exports_of(space.module) if not name.startswith("*")]
    return Table({name: evaluator.exported(space.module, name, node, module, depth) for name in names}, space.spot)


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
