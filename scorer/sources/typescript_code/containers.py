"""Object and array literals, with what is spread into them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Items, Scalar, Table, Unknown
from scorer.sources.typescript_code.module import WRAPPERS
from scorer.sources.typescript_code.operators import text_of
from scorer.sources.typescript_code.texts import unescaped
from scorer.sources.typescript_code.values import (
    Env,
    Follows,
    Function,
    Zod,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module


def object_literal(evaluator: Follows, node: Node, module: Module, env: Env, depth: int) -> Any:
    """`{key: value, ...more}`."""
    items: dict[str, Any] = {}
    partial = None
    for child in node.named_children:
        if child.type == "pair":
            key = _key(evaluator, child.child_by_field_name("key"), module, env, depth)
            value = child.child_by_field_name("value")
            if key is None:
                partial = evaluator.unknown(child, module, "has a key that is computed")
            else:
                items[key] = evaluator.value(value, module, env, depth)
        elif child.type == "shorthand_property_identifier":
            items[module.raw(child)] = evaluator.value(child, module, env, depth)
        elif child.type == "spread_element":
            partial = _spread(evaluator, child, items, module, env, depth) or partial
        elif child.type == "method_definition":
            name = child.child_by_field_name("name")
            getter = any(part.type == "get" for part in child.children)
            if name is not None and not getter:
                items[module.raw(name)] = Function(child, module, env, module.spot(child))
            elif name is not None:
                items[module.raw(name)] = evaluator.returned(
                    Function(child, module, env, module.spot(child)), env, depth
                )
    return Table(items, module.spot(node), partial)


# Elements of an array literal that are followed.
_WIDEST = 2_000


def _spread(  # noqa: PLR0913, PLR0917 - an expression and where it stands
    evaluator: Follows, child: Node, items: dict[str, Any], module: Module, env: Env, depth: int
) -> Unknown | None:
    inner = child.named_children[0]
    if inner.type == "parenthesized_expression":
        inner = inner.named_children[0]
    value = evaluator.value(inner, module, env, depth)
    if isinstance(value, Scalar) and not value.value:
        return value.doubt
    if isinstance(value, Table):
        items |= value.items
        return value.partial
    if isinstance(value, Zod) and value.kind == "object":
        items |= value.parts.get("shape", {})
        return value.gap
    return value if isinstance(value, Unknown) else evaluator.computed(child, module)


def _key(evaluator: Follows, node: Node | None, module: Module, env: Env, depth: int) -> str | None:
    if node is None:
        return None
    if node.type == "string":
        return unescaped(module.raw(node)[1:-1])
    if node.type == "computed_property_name":
        return text_of(evaluator.value(node.named_children[0], module, env, depth))
    return module.raw(node)


def array_literal(evaluator: Follows, node: Node, module: Module, env: Env, depth: int) -> Any:
    """`[element, ...more]`."""
    items: list[Any] = []
    partial = None
    maybe: set[int] = set()
    for child in node.named_children[:_WIDEST]:
        if child.type == "comment":
            continue
        if child.type != "spread_element":
            items.append(evaluator.value(child, module, env, depth))
            continue
        value, conditional = _spread_items(evaluator, child, module, env, depth)
        if not isinstance(value, Items):
            partial = value if isinstance(value, Unknown) else evaluator.computed(child, module)
            continue
        maybe |= {len(items) + i for i in range(len(value.items)) if conditional or i in value.maybe}
        items += value.items
        partial = value.partial or partial
    return Items(items, module.spot(node), frozenset(maybe), partial)


def _spread_items(evaluator: Follows, child: Node, module: Module, env: Env, depth: int) -> tuple[Any, bool]:
    """`...list`, `...(test ? [a] : [])`, `...(test && list)`; of a condition that may be either, all that may be there."""
    inner = child.named_children[0]
    while inner.type in WRAPPERS and inner.named_children:
        inner = inner.named_children[0]
    names = {"ternary_expression": ("consequence", "alternative"), "binary_expression": ("right",)}.get(inner.type)
    whole = evaluator.value(inner, module, env, depth)
    if names is None or (isinstance(whole, Items) and not whole.partial):
        return whole, False
    sides = [evaluator.value(inner.child_by_field_name(name), module, env, depth) for name in names]
    if not all(isinstance(side, Items) and not side.partial for side in sides):
        return whole, False
    return Items([item for side in sides for item in side.items], module.spot(inner)), True
