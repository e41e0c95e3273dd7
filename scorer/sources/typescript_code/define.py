"""A registration in JavaScript as the definition that its library sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.tree.found import Found, reference
from scorer.sources.tree.values import GAP, Scalar, Table, Unknown, to_json
from scorer.sources.typescript_code.values import Function, Zod
from scorer.sources.typescript_code.zod_schema import to_schema
from scorer.sources.typescript_code.zod_style import Style

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module

# How libraries call the field with the parameters.
SCHEMAS = (
    "inputSchema",
    "input_schema",
    "parameters",
    "paramsSchema",
    "argsSchema",
    "schema",
    "inputs",
    "input",
    "argsShape",
    "params",
)
_OUTPUTS = ("outputSchema", "output_schema")
_HANDLERS = ("handler", "execute", "run", "callback", "cb", "call", "fn", "logic")


def definition(fields: dict[str, Any], node: Node, module: Module, style: Style, *, raw_shape: bool) -> Found | Unknown:
    """The definition made of a tool's fields; `Unknown` when its name cannot be told.

    raw_shape: a table of zod schemas stands for an object schema, and a tool without parameters has an empty one.
    """
    name = fields.get("name")
    if not isinstance(name, Scalar) or not isinstance(name.value, str) or not name.value.strip():
        return name if isinstance(name, Unknown) else Unknown("is computed", module.spot(node))
    found = Found({"name": name.value}, module.spot(node))
    found.notes.place("/name", name.spot)
    for key in ("title", "description"):
        _text(found, key, fields.get(key))
    given = next((fields[key] for key in SCHEMAS if key in fields and not _absent(fields[key])), None)
    _schema(found, "inputSchema", given, style, raw_shape=raw_shape)
    output = next((fields[key] for key in _OUTPUTS if key in fields and not _absent(fields[key])), None)
    if output is not None:
        _schema(found, "outputSchema", output, Style(style.zod, style.draft, output=True), raw_shape=raw_shape)
    _annotations(found, fields.get("annotations"))
    _references(found, fields, given, node, module)
    return found


def _absent(value: Any) -> bool:
    return value is None or (isinstance(value, Scalar) and value.value is None)


def _text(found: Found, key: str, value: Any) -> None:
    if isinstance(value, Scalar) and value.doubt:
        found.notes.miss(f"/{key}", value.doubt)
    if isinstance(value, Scalar) and isinstance(value.value, str):
        found.definition[key] = value.value
        found.notes.place(f"/{key}", value.spot)
    elif isinstance(value, Unknown):
        found.notes.miss(f"/{key}", value)
    elif value is not None and not _absent(value) and hasattr(value, "spot"):
        found.notes.miss(f"/{key}", Unknown(f"is computed at {value.spot.file}:{value.spot.line}", value.spot))


def _schema(found: Found, key: str, value: Any, style: Style, *, raw_shape: bool) -> None:
    pointer = f"/{key}"
    if value is None:
        if key == "inputSchema":
            found.definition[key] = {"type": "object", "properties": {}}
        return
    if isinstance(value, Zod):
        found.definition[key] = to_schema(value, pointer, found.notes, style)
    elif isinstance(value, Table) and _is_shape(value, raw_shape=raw_shape):
        found.definition[key] = to_schema(
            Zod("object", value.spot, {"shape": value.items}, gap=value.partial), pointer, found.notes, style
        )
    elif isinstance(value, Table):
        plain = to_json(value, pointer, found.notes)
        if plain is not GAP:
            found.definition[key] = plain
    else:
        spot = value.spot if hasattr(value, "spot") else found.spot
        gap = value if isinstance(value, Unknown) else Unknown(f"is computed at {spot.file}:{spot.line}", spot)
        found.notes.miss(pointer, gap)


def _is_shape(value: Table, *, raw_shape: bool) -> bool:
    if any(isinstance(item, Zod) for item in value.items.values()):
        return True
    return raw_shape and not {"type", "properties", "$schema"} & value.items.keys()


def _annotations(found: Found, value: Any) -> None:
    if value is None or _absent(value):
        return
    plain = to_json(value, "/annotations", found.notes)
    if isinstance(plain, dict):
        found.definition["annotations"] = {key: item for key, item in plain.items() if item is not None}


def _references(found: Found, fields: dict[str, Any], given: Any, node: Node, module: Module) -> None:
    found.references.append(
        reference("registration", module.file, module.lines, node.start_point[0] + 1, node.end_point[0] + 1)
    )
    handler = next((fields[key] for key in _HANDLERS if isinstance(fields.get(key), Function)), None)
    if handler is not None:
        inner = handler.node
        found.references.append(
            reference(
                "handler", handler.module.file, handler.module.lines, inner.start_point[0] + 1, inner.end_point[0] + 1
            )
        )
    if isinstance(given, Zod | Table) and given.spot.file == module.file:
        spot = given.spot
        found.references.append(reference("schema", spot.file, module.lines, spot.line, spot.end_line or spot.line))
