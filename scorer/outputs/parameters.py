"""A definition's parameters as rows of a table, read from its input schema at every depth; nothing in it is trusted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 200
_DEEPEST = 8
_BRANCHES = ("allOf", "anyOf", "oneOf")


class ParameterRow(NamedTuple):
    """One parameter as a person would write it: `filters.state`, `items[].id`; default as JSON, "" for none."""

    path: str
    required: bool
    type: str
    description: str
    default: str


def parameter_rows(definition: dict[str, Any]) -> list[ParameterRow]:
    """Up to 200 parameters in document order, through local references, arrays, maps and alternatives, each path once."""
    walk = _Walk(definition.get("inputSchema"))
    rows: dict[str, ParameterRow] = {}
    for row in walk.below(walk.root, "", 0):
        rows.setdefault(row.path, row)
        if len(rows) == _MOST:
            break
    return list(rows.values())


class _Walk:
    def __init__(self, root: object) -> None:
        self.root = root
        # A schema comes once to each path: alternatives that refer to themselves would multiply without end.
        self.seen: set[tuple[str, int]] = set()

    def below(self, schema: object, path: str, depth: int) -> Iterator[ParameterRow]:
        found = _resolved(schema, self.root)
        if depth > _DEEPEST or not found or (path, id(found)) in self.seen:
            return
        self.seen.add((path, id(found)))
        required = found.get("required")
        for name, child in _items(found.get("properties")):
            where = f"{path}.{name}" if path else name
            yield self.row(child, where, required=isinstance(required, list) and name in required)
            yield from self.below(child, where, depth + 1)
        yield from self.below(found.get("items"), path + "[]", depth + 1)
        yield from self.below(found.get("additionalProperties"), path + "{}", depth + 1)
        for branch in _branches(found):
            yield from self.below(branch, path, depth + 1)

    def row(self, schema: object, path: str, *, required: bool) -> ParameterRow:
        found = _resolved(schema, self.root)
        # A description beside a `$ref` stands nearer to the reader than the one behind it.
        words = (schema.get("description") if isinstance(schema, dict) else None) or found.get("description")
        default = _json(found["default"]) if "default" in found else ""
        return ParameterRow(path, required, _type(found, self.root), words if isinstance(words, str) else "", default)


def _resolved(schema: object, root: object) -> dict[str, Any]:
    """The schema behind up to 8 local references; {} for what is no object or stands elsewhere."""
    for _ in range(_DEEPEST):
        if not isinstance(schema, dict):
            return {}
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema
        schema = _at(root, reference)
    return {}


def _at(root: object, reference: str) -> object:
    if not reference.startswith("#/"):
        return None
    found = root
    for part in reference[2:].split("/")[:_DEEPEST]:
        found = found.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(found, dict) else None
    return found


def _type(schema: dict[str, Any], root: object) -> str:
    parts = [_resolved(branch, root) for branch in _branches(schema)] if _plain_type(schema) == "" else [schema]
    return " | ".join(dict.fromkeys(word for word in map(_plain_type, parts) if word))


def _plain_type(schema: dict[str, Any]) -> str:
    for key in ("enum", "const"):
        if key in schema:
            values = schema[key] if key == "enum" and isinstance(schema[key], list) else [schema[key]]
            return " | ".join(_json(value) for value in values[:30])
    kind = schema.get("type")
    return " | ".join(map(str, kind[:8])) if isinstance(kind, list) else kind if isinstance(kind, str) else ""


def _branches(schema: dict[str, Any]) -> list[object]:
    lists = [schema.get(key) for key in _BRANCHES]
    return [branch for found in lists if isinstance(found, list) for branch in found[:30]]


def _items(properties: object) -> list[tuple[str, object]]:
    return [(str(name), below) for name, below in properties.items()] if isinstance(properties, dict) else []


def _json(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)[:300]
    except RecursionError:
        return "(nested too deeply to show)"
