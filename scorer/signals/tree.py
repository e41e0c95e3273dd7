"""The schemas directly inside a schema, by keyword: names of properties, enums and defaults are not mistaken for keywords."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.signals.refs import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONE = frozenset(
    """items additionalItems additionalProperties unevaluatedItems unevaluatedProperties contains propertyNames not if then else
    contentSchema""".split()
)
_MANY = frozenset({"allOf", "anyOf", "oneOf", "prefixItems", "items"})
_NAMED = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"})


def subschemas(schema: dict[str, Any], pointer: str) -> Iterator[tuple[dict[str, Any], str]]:
    """(schema, pointer) of every object schema one keyword below."""
    for word, value in schema.items():
        if isinstance(value, dict):
            if word in _NAMED:
                for name, child in value.items():
                    if isinstance(child, dict):
                        yield child, f"{pointer}/{word}/{escape(name)}"
            elif word in _ONE:
                yield value, f"{pointer}/{word}"
        elif isinstance(value, list) and word in _MANY:
            for at, child in enumerate(value):
                if isinstance(child, dict):
                    yield child, f"{pointer}/{word}/{at}"


def nesting(value: object, limit: int) -> int:
    """How deep objects and arrays are nested, counted up to `limit + 1`."""
    level, depth = [value], 0
    while level and depth <= limit:
        level = [
            child
            for item in level
            for child in (item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
            if isinstance(child, (dict, list))
        ]
        depth += 1
    return depth
