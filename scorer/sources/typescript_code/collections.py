"""JavaScript's `Set` and `Map` as lists and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Items, Scalar, Table, Unknown
from scorer.sources.typescript_code.values import Env, External, Follows

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module


def made(evaluator: Follows, callee: Any, node: Node, module: Module, env: Env, depth: int) -> Items | Table | None:  # noqa: PLR0913, PLR0917 - a call and where it stands
    """`new Set(list)` as the list, `new Map(pairs)` as a table; None when it is neither, or holds what cannot be followed."""
    if not isinstance(callee, External) or callee.name not in (":Set", ":Map"):
        return None
    given = evaluator.arguments(node)
    spot = module.spot(node)
    first = evaluator.value(given[0], module, env, depth) if given else Items([], spot)
    if callee.name == ":Set":
        return first if isinstance(first, Items) else None
    pairs = first.items if isinstance(first, Items) else [first]
    if not all(isinstance(pair, Items) and len(pair.items) == 2 and _is_key(pair.items[0]) for pair in pairs):
        return None
    return Table({str(pair.items[0].value): pair.items[1] for pair in pairs}, spot, first.partial)


def _is_key(value: Any) -> bool:
    return isinstance(value, Scalar) and isinstance(value.value, str)


def entries(table: Table) -> Items:
    """A table's pairs of key and value."""
    pairs = [Items([Scalar(key, table.spot), value], table.spot) for key, value in table.items.items()]
    return Items(pairs, table.spot, partial=table.partial)


def of_map(evaluator: Follows, base: Table, name: str, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - as above
    """A method of a `Map`; None when it is no such call."""
    given = [evaluator.value(argument, module, env, depth) for argument in evaluator.arguments(node)]
    spot = module.spot(node)
    if name in ("get", "has") and len(given) == 1:
        key = given[0]
        if not _is_key(key):
            return key if isinstance(key, Unknown) else evaluator.computed(node, module)
        if name == "get":
            return evaluator.member(base, key.value, node, module, depth)
        return base.partial if base.partial and key.value not in base.items else Scalar(key.value in base.items, spot)
    rows = {
        "keys": lambda: Items([Scalar(key, spot) for key in base.items], spot, partial=base.partial),
        "values": lambda: Items(list(base.items.values()), spot, partial=base.partial),
        "entries": lambda: entries(base),
    }
    return rows[name]() if name in rows and not given else None


def holds(evaluator: Follows, base: Items, value: Any, node: Node, module: Module) -> Any:
    """Whether a list or set has an element."""
    if isinstance(value, Unknown):
        return value
    if not isinstance(value, Scalar) or not all(isinstance(item, Scalar) for item in base.items):
        return evaluator.computed(node, module)
    found = any(item.value == value.value for item in base.items)
    return Scalar(found, module.spot(node)) if found or not base.partial else base.partial
