"""What stands around a registration: the server that it is made on, and the library that writes its schema."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Scalar, Table
from scorer.sources.typescript_code import classes
from scorer.sources.typescript_code.reader import Reader, depends
from scorer.sources.typescript_code.values import Class, External, Function, Instance
from scorer.sources.typescript_code.zod_style import Style, style_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.calls import Way
    from scorer.sources.typescript_code.module import Module

_ZOD = re.compile(rb"(?:from|require\()\s*[\"']zod/v([34])[\"']")
_MOST, _FEW = 5_000, 5


def style(reader: Reader, module: Module, style: Style | None) -> Style:
    if style is None and module.path in reader.styles:
        return reader.styles[module.path]
    made = _style_of(reader, module, style)
    if style is None:
        reader.styles[module.path] = made
    return made


def _style_of(reader: Reader, module: Module, style: Style | None) -> Style:
    manifest = reader.modules.manifest_of(module.path)
    needed: dict[str, Any] = {}
    for key in ("devDependencies", "peerDependencies", "dependencies"):
        held = manifest.get(key)
        needed |= held if isinstance(held, dict) else {}
    zod = str(needed.get("zod", ""))
    if found := _ZOD.search(module.text):
        zod = found.group(1).decode()
    if style is not None:
        return replace(style, zod=3) if re.match(r"\D*3", zod) else style
    return style_of("2" if "@modelcontextprotocol/server" in needed else "1", zod)


def server(reader: Reader, call: Node, module: Module, way: Way | None) -> tuple[str, str | None]:
    """Which server a call is made on: where it is made, and its name."""
    callee = call.child_by_field_name("function")
    receiver = callee.child_by_field_name("object") if callee is not None else None
    if receiver is None:
        return "", None
    value = reader.evaluator.value(receiver, module, way.env if way else {})
    if isinstance(value, External) and value.name.endswith(".server"):
        value = None
    if not isinstance(value, Instance):
        return "", None
    given = reader.evaluator.arguments(value.node)
    info = reader.evaluator.value(given[0], value.module, value.env) if given else None
    name = info.items.get("name") if isinstance(info, Table) else None
    return f"{value.spot.file}:{value.spot.line}", name.value if isinstance(name, Scalar) and isinstance(
        name.value, str
    ) else None


def is_server(reader: Reader, call: Node, module: Module) -> bool:
    """Whether `.tool(` is called on something that is called, or made, like a server."""
    callee = call.child_by_field_name("function")
    receiver = callee.child_by_field_name("object") if callee is not None else None
    if receiver is None:
        return False
    if re.search(r"server|mcp|this$", module.raw(receiver)[-60:], re.IGNORECASE):
        return True
    value = reader.evaluator.value(receiver, module, {})
    if not depends(value):
        return _serves(reader, value)
    ways = reader.calls.ways(call, module, bind=True)[:_FEW]
    found = [reader.evaluator.value(receiver, module, way.env) for way in ways]
    # A registering function that is handed on as a value, so that its server cannot be told.
    passed = len(reader.evaluator.arguments(call)) > 2 and any(depends(one) for one in found)
    return passed or any(_serves(reader, one) for one in found)


def _serves(reader: Reader, value: Any) -> bool:
    """Whether a value is an object of a class that is, or whose package is, one of the protocol's."""
    if not isinstance(value, Instance):
        return False
    if isinstance(value.callee, External):
        return "mcp" in value.callee.name.lower()
    return isinstance(value.callee, Class) and isinstance(
        classes.of_instance(reader.evaluator, value.callee, "registerTool", 0), Function
    )
