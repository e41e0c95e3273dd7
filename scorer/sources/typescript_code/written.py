"""Definitions that are written down somewhere, for registrations that cannot be followed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.found import Found
from scorer.sources.tree.values import Scalar, Table, Unknown
from scorer.sources.typescript_code import changes, classes, passing, surroundings
from scorer.sources.typescript_code.define import SCHEMAS, definition
from scorer.sources.typescript_code.reader import Reader, depends
from scorer.sources.typescript_code.values import Class, Function, Zod

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module

_OBJECTS = re.compile(rb"(?<![\w$.])(" + "|".join(SCHEMAS).encode() + rb")[\"']?\s*[:,}(]")
_CLASSES = re.compile(rb"(?<![\w$.])(name|toolName)\s*(?::\s*[\w<>\"' |]+)?=(?!=)")

_NAME = re.compile(r"[\w.\-/:]{1,128}")


def definitions(reader: Reader) -> None:
    words = [f"{key}".encode() for key in SCHEMAS[:5]] + [b"schema", b"argsShape"]
    for module in reader.modules.holding([word for word in words if reader.modules.mention(word)]):
        if b"description" not in module.text:
            continue
        for word in module.at(_OBJECTS):
            holder = module.parent(word)
            around = module.parent(holder) if holder is not None and holder.type == "pair" else holder
            if around is not None and around.type == "object":
                _written(reader, around, module)
        for word in module.at(_CLASSES):
            holder = module.parent(word)
            if (
                holder is not None
                and holder.type in ("public_field_definition", "field_definition")
                and (body := module.parent(holder)) is not None
            ):
                _class(reader, body, module)


def _written(reader: Reader, node: Node, module: Module) -> None:
    keys = {
        module.raw(pair.child_by_field_name("key") or pair).strip("\"'"): pair
        for pair in node.named_children
        if pair.type in ("pair", "method_definition")
    }
    keys |= {module.raw(child): child for child in node.named_children if child.type == "shorthand_property_identifier"}
    if not {"name", "description"} <= keys.keys() or not _is_definition(set(keys)):
        return
    reader.evaluator.effort.begin()
    value = passing.passed(reader, node, module, reader.evaluator.value(node, module, {}))
    if isinstance(value, Table):
        _take_written(reader, value.items, node, module)


def _take_written(reader: Reader, fields: dict[str, Any], node: Node, module: Module) -> None:
    name, schema = fields.get("name"), next((fields[key] for key in SCHEMAS if key in fields), None)
    if not isinstance(name, Scalar) or not isinstance(name.value, str) or not _NAME.fullmatch(name.value):
        return
    described = fields.get("description")
    if (
        not isinstance(schema, Table | Zod | Unknown)
        or not isinstance(described, Scalar | Unknown | Function)
        or depends(schema)
    ):
        return
    found = definition(fields, node, module, surroundings.style(reader, module, None), raw_shape=True)
    if (
        isinstance(found, Found)
        and passing.is_used(reader, node, module)
        and all(other.definition["name"] != found.definition["name"] for other in reader.reading.found)
    ):
        found.conditional = True
        changes.forget_changed(reader, found, module)
        reader.reading.found.append(found)


def _class(reader: Reader, body: Node, module: Module) -> None:
    owner = module.parent(body)
    if owner is None or owner.type == "abstract_class_declaration":
        return
    reader.evaluator.effort.begin()
    held = Class(owner, module, {}, module.spot(owner))
    fields = {
        key: classes.of_instance(reader.evaluator, held, key, 0)
        for key in ("name", "toolName", "title", "description", "annotations", *SCHEMAS)
    }
    fields = {key: item for key, item in fields.items() if item is not None}
    fields.setdefault("name", fields.get("toolName"))
    if "Tool" in module.raw(owner.child_by_field_name("name") or owner)[:80] or "Tool" in _heritage(owner, module):
        _take_written(reader, fields, owner, module)


def _is_definition(keys: set[str]) -> bool:
    """Whether an object's keys are those of a tool rather than of some other thing with a name and a description."""
    if keys & {"uri", "uriTemplate", "mimeType", "list"}:
        return False
    if keys & {"inputSchema", "input_schema", "paramsSchema", "argsSchema", "argsShape"}:
        return True
    return bool(keys & {"handler", "execute", "run", "callback", "call", "fn"}) and bool(
        keys & {"parameters", "schema", "inputs", "input", "params"}
    )


def _heritage(owner: Node, module: Module) -> str:
    found = next((child for child in owner.named_children if child.type == "class_heritage"), None)
    return module.raw(found) if found is not None else ""
