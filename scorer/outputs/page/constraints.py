"""What a schema allows, in a few words: `1 to 50`, `one of "open", "paid"`, `pattern ^[a-z]+$`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_VALUES = 30
_LONGEST = 300
_BOUNDS = (
    ("minimum", "maximum", ""),
    ("exclusiveMinimum", "exclusiveMaximum", "exclusive"),
    ("minLength", "maxLength", "characters"),
    ("minItems", "maxItems", "items"),
    ("minProperties", "maxProperties", "keys"),
)
_NAMED = {"multipleOf": "multiple of", "format": "format", "pattern": "pattern", "contentEncoding": "encoded as"}
_FLAGS = {"uniqueItems": "no repeats", "deprecated": "deprecated", "readOnly": "read-only", "writeOnly": "write-only"}


def constraints(schema: dict[str, Any]) -> tuple[str, ...]:
    """The schema's limits as short phrases, in a fixed order; () for none."""
    return tuple(_phrases(schema))


def _phrases(schema: dict[str, Any]) -> Iterator[str]:
    yield from _values(schema)
    for low, high, unit in _BOUNDS:
        if low in schema or high in schema:
            yield f"{_range(schema.get(low), schema.get(high))} {unit}".strip()
    for key, words in _NAMED.items():
        if key in schema:
            yield f"{words} {as_json(schema[key], bare=True)}"
    yield from (words for key, words in _FLAGS.items() if schema.get(key) is True)
    if isinstance(schema.get("examples"), list) and schema["examples"]:
        yield "for example " + ", ".join(as_json(value) for value in schema["examples"][:3])


def _values(schema: dict[str, Any]) -> Iterator[str]:
    if "const" in schema:
        yield f"always {as_json(schema['const'])}"
    found = schema.get("enum")
    if isinstance(found, list):
        more = f" and {len(found) - _VALUES} more" if len(found) > _VALUES else ""
        yield "one of " + ", ".join(as_json(value) for value in found[:_VALUES]) + more


def _range(low: Any, high: Any) -> str:
    if low is None:
        return f"at most {as_json(high)}"
    return f"at least {as_json(low)}" if high is None else f"{as_json(low)} to {as_json(high)}"


def as_json(value: Any, *, bare: bool = False) -> str:
    """The value as JSON of at most 300 characters; `bare` leaves a string without its quotes."""
    if bare and isinstance(value, str):
        return value[:_LONGEST]
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "(nested too deeply to show)"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
