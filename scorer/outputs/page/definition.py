"""A definition as JSON to read and to copy, bounded, each part once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scorer.models.tool import JsonObject

_LONGEST = 20_000
_ELSEWHERE = {"name", "title", "description", "inputSchema", "outputSchema"}


def pretty(value: Any) -> str:
    """Indented JSON of at most 20,000 characters; one level on a line where it is short."""
    try:
        text = json.dumps(value, indent=1, ensure_ascii=False)
    except RecursionError:
        return "(nested too deeply to show)"
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]}\n… cut here; it has {len(text):,} characters"


def schema_json(definition: JsonObject, key: str) -> str:
    """The schema at `key`, "" if the definition has none."""
    return pretty(definition[key]) if key in definition else ""


def rest_json(definition: JsonObject) -> str:
    """What the card shows nowhere else: annotations, `_meta`, icons and whatever more there is; "" for nothing."""
    rest = {key: value for key, value in definition.items() if key not in _ELSEWHERE}
    return pretty(rest) if rest else ""
