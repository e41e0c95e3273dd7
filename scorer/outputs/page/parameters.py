"""A schema's parameters as rows of a table, at every depth; nothing in it is trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorer.outputs.page.constraints import as_json, constraints

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 200
_DEEPEST = 8
_BRANCHES = ("allOf", "anyOf", "oneOf")


class ParameterRow(NamedTuple):
    """One parameter as a person would write it: `filters.state`, `items[].id`; default as JSON, "" for none.

    depth: 0 at the top. parent, name: the path in two parts (`filters.`, `state`). limits: what the schema allows, in phrases.
    """

    path: str
    required: bool
    type: str
    description: str
    default: str
    depth: int = 0
    parent: str = ""
    name: str = ""
    limits: tuple[str, ...] = ()


def parameter_rows(schema: object) -> list[ParameterRow]:
    """Up to 200 parameters in document order, through local references, arrays, maps and alternatives, each path once."""
    walk = _Walk(schema)
    rows: dict[str, ParameterRow] = {}
    for row in walk.below(walk.root, "", 0, 0):
        rows.setdefault(row.path, row)
        if len(rows) == _MOST:
            break
    return list(rows.values())


class _Walk:
    def __init__(self, root: object) -> None:
        self.root = root
        # A schema comes once to each path: alternatives that refer to themselves would multiply without end.
        self.seen: set[tuple[str, int]] = set()

    def below(self, schema: object, path: str, depth: int, indent: int) -> Iterator[ParameterRow]:
        found = _resolved(schema, self.root)
        if depth > _DEEPEST or not found or (path, id(found)) in self.seen:
            return
        self.seen.add((path, id(found)))
        required = found.get("required")
        for name, child in _items(found.get("properties")):
            parent = f"{path}." if path else ""
            yield self.row(child, parent, name, indent, required=isinstance(required, list) and name in required)
            yield from self.below(child, parent + name, depth + 1, indent + 1)
        yield from self.below(found.get("items"), path + "[]", depth + 1, indent)
        yield from self.below(found.get("additionalProperties"), path + "{}", depth + 1, indent)
        for branch in _branches(found):
            yield from self.below(branch, path, depth + 1, indent)

    def row(self, schema: object, parent: str, name: str, depth: int, *, required: bool) -> ParameterRow:
        found = _resolved(schema, self.root)
        # A description beside a `$ref` stands nearer to the reader than the one behind it.
        words = (schema.get("description") if isinstance(schema, dict) else None) or found.get("description")
        default = as_json(found["default"]) if "default" in found else ""
        said = words if isinstance(words, str) else ""
        limits = self.limits(found)
        return ParameterRow(
            parent + name, required, _type(found, self.root), said, default, depth, parent, name, limits
        )

    def limits(self, schema: dict[str, Any]) -> tuple[str, ...]:
        """The schema's own limits, those of its alternatives, and those of what an array holds."""
        parts = [constraints(schema), *(constraints(_resolved(branch, self.root)) for branch in _branches(schema))]
        each = constraints(_resolved(schema.get("items"), self.root))
        return tuple(dict.fromkeys([*(phrase for part in parts for phrase in part), *(f"each {one}" for one in each)]))


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
    """`string | null`, `array of integer`; "" where the schema does not say."""
    plain = _plain_type(schema, root)
    parts = [plain] if plain else [_plain_type(_resolved(branch, root), root) for branch in _branches(schema)]
    return " | ".join(dict.fromkeys(word for word in parts if word))


def _plain_type(schema: dict[str, Any], root: object) -> str:
    kind = schema.get("type")
    named = [str(one) for one in kind[:8]] if isinstance(kind, list) else [kind] if isinstance(kind, str) else []
    inner = _resolved(schema.get("items"), root).get("type")
    words = [f"array of {inner}" if one == "array" and isinstance(inner, str) else one for one in named]
    return " | ".join(words) or ("enum" if "enum" in schema or "const" in schema else "")


def _branches(schema: dict[str, Any]) -> list[object]:
    lists = [schema.get(key) for key in _BRANCHES]
    return [branch for found in lists if isinstance(found, list) for branch in found[:30]]


def _items(properties: object) -> list[tuple[str, object]]:
    return [(str(name), below) for name, below in properties.items()] if isinstance(properties, dict) else []
