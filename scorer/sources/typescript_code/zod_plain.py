"""Zod schemas without parts as JSON Schema: texts, numbers, enumerations, literals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import GAP, Scalar, Unknown, to_json

if TYPE_CHECKING:
    from scorer.models.tool import JsonObject
    from scorer.sources.tree.values import Notes
    from scorer.sources.typescript_code.values import Zod
    from scorer.sources.typescript_code.zod_style import Style

_SAFE = 2**53 - 1
_FORMAT = {"email": "email", "url": "uri", "uuid": "uuid", "guid": "uuid", "datetime": "date-time", "date": "date", "time": "time", "duration": "duration",
           "ipv4": "ipv4", "ipv6": "ipv6", "ip": "ipv4", "base64": "base64", "cuid": "cuid", "cuid2": "cuid2", "ulid": "ulid", "nanoid": "nanoid",
           "jwt": "jwt", "base64url": "base64url", "e164": "e164", "emoji": "emoji", "httpUrl": "uri"}  # fmt: skip


def string(value: Zod) -> JsonObject:
    """A string schema."""
    made: JsonObject = {"type": "string"}
    for name, given in value.checks:
        first = given[0] if given else None
        if name in ("min", "length") and isinstance(first, int):
            made["minLength"] = first
        if name in ("max", "length") and isinstance(first, int):
            made["maxLength"] = first
        if name == "nonempty":
            made["minLength"] = 1
        if name in _FORMAT:
            made["format"] = _FORMAT[name]
    return made


def number(value: Zod, style: Style) -> JsonObject:
    """A number schema; of zod 4, an integer is bounded by what JavaScript can count."""
    whole = any(name in ("int", "safe") for name, _ in value.checks)
    made: JsonObject = {"type": "integer" if whole else "number"}
    if whole and style.zod == 4:
        made |= {"minimum": -_SAFE, "maximum": _SAFE}
    keys = {
        "min": "minimum",
        "gte": "minimum",
        "max": "maximum",
        "lte": "maximum",
        "gt": "exclusiveMinimum",
        "lt": "exclusiveMaximum",
        "multipleOf": "multipleOf",
        "step": "multipleOf",
    }
    signs = {
        "positive": ("exclusiveMinimum", 0),
        "negative": ("exclusiveMaximum", 0),
        "nonnegative": ("minimum", 0),
        "nonpositive": ("maximum", 0),
    }
    for name, given in value.checks:
        if name in keys and given and isinstance(given[0], int | float):
            made[keys[name]] = given[0]
        elif name in signs:
            made[signs[name][0]] = signs[name][1]
    if "exclusiveMinimum" in made and made.get("minimum") == -_SAFE:
        del made["minimum"]
    if "exclusiveMaximum" in made and made.get("maximum") == _SAFE:
        del made["maximum"]
    return made


def plain(values: list[Any], pointer: str, notes: Notes) -> list[Any]:
    """The values that are known; of the others it is noted why they are not."""
    found = [
        to_json(value, f"{pointer}/enum/{i}", notes) if isinstance(value, Scalar) else GAP
        for i, value in enumerate(values)
    ]
    for value in values:
        if not isinstance(value, Scalar):
            gap = (
                value
                if isinstance(value, Unknown)
                else Unknown("is computed", value.spot)
                if hasattr(value, "spot")
                else None
            )
            if gap is not None:
                notes.miss(f"{pointer}/enum", gap)
    return [value for value in found if value is not GAP]


def enum(value: Zod, pointer: str, notes: Notes) -> JsonObject:
    """An enumeration."""
    values = plain(value.parts["values"], pointer, notes)
    if not values:
        return {"type": "string"}
    kinds = {"string" if isinstance(v, str) else "number" for v in values}
    return {"type": next(iter(kinds)) if len(kinds) == 1 else sorted(kinds, reverse=True), "enum": values}


def literal(value: Zod, pointer: str, notes: Notes) -> JsonObject:
    """One value, or one of several."""
    values = plain(value.parts["values"], pointer, notes)
    if not values:
        return {}
    names = {bool: "boolean", str: "string", int: "number", float: "number", type(None): "null"}
    kind = names[type(values[0])]
    if values == [None]:
        return {"type": "null"}
    return {"type": kind, "const": values[0]} if len(values) == 1 else {"type": kind, "enum": values}


def compact(made: JsonObject) -> JsonObject:
    """`anyOf` of bare types as a list of types, as zod writes it since 4.6."""
    options = made.get("anyOf")
    if not options or not all(set(option) == {"type"} for option in options):
        return made
    kinds = [
        kind
        for option in options
        for kind in (option["type"] if isinstance(option["type"], list) else [option["type"]])
    ]
    kinds = list(dict.fromkeys(kinds))
    rest = {key: value for key, value in made.items() if key != "anyOf"}
    return {"type": kinds if len(kinds) > 1 else kinds[0], **rest}
