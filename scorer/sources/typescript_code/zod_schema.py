"""A zod schema as the JSON Schema that the libraries send.

Source of the rules: `z.toJSONSchema` of zod 4 and `zod-to-json-schema` 3.24 for zod 3, as the SDK calls them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.bounds import token
from scorer.sources.tree.values import GAP, Items, Scalar, Table, Unknown, to_json
from scorer.sources.typescript_code.values import Zod
from scorer.sources.typescript_code.zod_plain import compact, enum, literal, number, string
from scorer.sources.typescript_code.zod_style import DRAFT_2020, Style

if TYPE_CHECKING:
    from scorer.models.tool import JsonObject
    from scorer.sources.tree.values import Notes

_DEEPEST = 25


def to_schema(value: Zod, pointer: str, notes: Notes, style: Style) -> JsonObject:
    """The JSON Schema of an object schema, with its `$schema`."""
    inner = _schema(value, pointer, notes, style, 0)
    return {**inner, "$schema": style.draft} if style.zod == 3 else {"$schema": style.draft, **inner}


def _schema(value: Any, pointer: str, notes: Notes, style: Style, depth: int) -> JsonObject:
    if notes.full(pointer, getattr(value, "spot", None)):
        return {}
    if not isinstance(value, Zod) or depth > _DEEPEST:
        spot = value.spot if hasattr(value, "spot") else None
        gap = (
            value
            if isinstance(value, Unknown)
            else Unknown("has a type that cannot be followed", spot)
            if spot
            else None
        )
        if gap is not None:
            notes.miss(pointer, gap)
        return {}
    if value.gap:
        notes.miss(pointer, value.gap)
    made = _kind(value, pointer, notes, style, depth)
    description = value.description
    if isinstance(description, Unknown):
        notes.miss(f"{pointer}/description", description)
    elif isinstance(description, Scalar) and isinstance(description.value, str):
        made = {**made, "description": description.value}
        if description.doubt:
            notes.miss(f"{pointer}/description", description.doubt)
        notes.place(f"{pointer}/description", description.spot)
    return made


def _kind(value: Zod, pointer: str, notes: Notes, style: Style, depth: int) -> JsonObject:  # noqa: C901, PLR0912 - one case for each kind
    match value.kind:
        case "string":
            return string(value)
        case "number":
            return number(value, style)
        case "boolean" | "stringbool":
            return {"type": "boolean"}
        case "null":
            return {"type": "null"}
        case "object" | "strictObject" | "looseObject":
            return _object(value, pointer, notes, style, depth)
        case "array":
            return _array(value, pointer, notes, style, depth)
        case "enum":
            return enum(value, pointer, notes)
        case "literal":
            return literal(value, pointer, notes)
        case "union":
            return _union(value, pointer, notes, style, depth)
        case "intersection":
            return {
                "allOf": [
                    _schema(part, f"{pointer}/allOf/{i}", notes, style, depth + 1)
                    for i, part in enumerate(value.parts["options"])
                ]
            }
        case "record":
            return _record(value, pointer, notes, style, depth)
        case "tuple":
            return _tuple(value, pointer, notes, style, depth)
        case "optional":
            return _schema(value.parts.get("inner"), pointer, notes, style, depth + 1)
        case "nullable" | "nullish":
            return _nullable(value, pointer, notes, style, depth)
        case "default":
            return _default(value, pointer, notes, style, depth)
        case "bigint":
            return {"type": "integer", "format": "int64"} if style.zod == 3 else {}
        case "date":
            return {"type": "string", "format": "date-time"}
        case "never":
            return {"not": {}}
        case _:
            return {}


def _object(value: Zod, pointer: str, notes: Notes, style: Style, depth: int) -> JsonObject:
    properties: JsonObject = {}
    required = []
    for name, part in value.parts.get("shape", {}).items():
        where = f"{pointer}/properties/{token(name)}"
        if hasattr(part, "spot"):
            notes.place(where, part.spot)
        properties[name] = _schema(part, where, notes, style, depth + 1)
        if not _is_optional(part, style):
            required.append(name)
    made: JsonObject = {"type": "object", "properties": properties}
    if required:
        made["required"] = required
    modes = {name for name, _ in value.checks}
    if modes & {"passthrough", "loose", "catchall"}:
        if style.zod == 3 or modes & {"passthrough", "loose"}:
            made["additionalProperties"] = True if style.zod == 3 else {}
    elif style.zod == 3 or style.output or "strict" in modes:
        made["additionalProperties"] = False
    return made


def _is_optional(value: Any, style: Style) -> bool:
    if not isinstance(value, Zod):
        return False
    if value.kind in ("optional", "nullish") or (value.kind == "default" and not style.output):
        return True
    if value.kind in ("any", "unknown", "undefined"):
        return style.zod == 3
    if value.kind == "union":
        return any(
            _is_optional(option, style) or getattr(option, "kind", "") == "undefined"
            for option in value.parts["options"]
        )
    return value.kind in ("nullable", "default") and _is_optional(value.parts.get("inner"), style) and not style.output


def _array(value: Zod, pointer: str, notes: Notes, style: Style, depth: int) -> JsonObject:
    made: JsonObject = {}
    for name, given in value.checks:
        first = given[0] if given else None
        if name in ("min", "length") and isinstance(first, int):
            made["minItems"] = first
        if name in ("max", "length") and isinstance(first, int):
            made["maxItems"] = first
        if name == "nonempty":
            made["minItems"] = 1
    items = value.parts.get("items")
    inner = _schema(items, f"{pointer}/items", notes, style, depth + 1) if items is not None else {}
    return {**made, "type": "array", "items": inner}


def _union(value: Zod, pointer: str, notes: Notes, style: Style, depth: int) -> JsonObject:
    options = [option for option in value.parts["options"] if getattr(option, "kind", "") != "undefined"]
    word = "oneOf" if value.parts.get("tagged") and style.zod == 4 else "anyOf"
    made = [_schema(option, f"{pointer}/{word}/{i}", notes, style, depth + 1) for i, option in enumerate(options)]
    if style.zod == 3 and made and all(set(one) == {"type"} and isinstance(one["type"], str) for one in made):
        kinds = list(dict.fromkeys(one["type"] for one in made))
        return {"type": kinds if len(kinds) > 1 else kinds[0]}
    if style.zod == 3 and made and all(set(one) == {"type", "const"} for one in made):
        kinds = list(dict.fromkeys(one["type"] for one in made))
        return {"type": kinds if len(kinds) > 1 else kinds[0], "enum": [one["const"] for one in made]}
    if len(made) == 1 and style.zod == 3:
        return made[0]
    return compact({word: made}) if style.zod == 4 else {word: made}


def _record(value: Zod, pointer: str, notes: Notes, style: Style, depth: int) -> JsonObject:
    items = value.parts.get("items")
    inner = _schema(items, f"{pointer}/additionalProperties", notes, style, depth + 1) if items is not None else {}
    if style.zod == 3:
        return {"type": "object", "additionalProperties": inner}
    keys = value.parts.get("keys")
    names = (
        _schema(keys, f"{pointer}/propertyNames", notes, style, depth + 1)
        if isinstance(keys, Zod)
        else {"type": "string"}
    )
    return {"type": "object", "propertyNames": names, "additionalProperties": inner}


def _tuple(value: Zod, pointer: str, notes: Notes, style: Style, depth: int) -> JsonObject:
    parts = [
        _schema(part, f"{pointer}/items/{i}", notes, style, depth + 1) for i, part in enumerate(value.parts["options"])
    ]
    if style.zod == 3:
        return {"type": "array", "minItems": len(parts), "maxItems": len(parts), "items": parts}
    return {"type": "array", "prefixItems" if style.draft == DRAFT_2020 else "items": parts}


def _nullable(value: Zod, pointer: str, notes: Notes, style: Style, depth: int) -> JsonObject:
    inner = _schema(value.parts.get("inner"), pointer, notes, style, depth + 1)
    if style.zod == 3 and set(inner) <= {"type", "description"} and isinstance(inner.get("type"), str):
        return {**inner, "type": [inner["type"], "null"]}
    text = inner.pop("description", None)
    made: JsonObject = {"anyOf": [inner, {"type": "null"}]}
    made = compact(made) if style.zod == 4 else made
    return made if text is None else {**made, "description": text}


def _default(value: Zod, pointer: str, notes: Notes, style: Style, depth: int) -> JsonObject:
    inner = _schema(value.parts.get("inner"), pointer, notes, style, depth + 1)
    given = value.parts.get("value")
    if isinstance(given, Scalar | Items | Table):
        plain = to_json(given, f"{pointer}/default", notes)
        if plain is not GAP:
            return {**inner, "default": plain}
    elif isinstance(given, Unknown):
        notes.miss(f"{pointer}/default", given)
    return inner
