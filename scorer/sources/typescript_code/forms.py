"""The forms of a registration call: `registerTool`, `tool`, `addTool`, each with the fields of the tool that it registers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Scalar, Table, Unknown
from scorer.sources.typescript_code import handlers, surroundings
from scorer.sources.typescript_code.define import definition
from scorer.sources.typescript_code.reader import Reader, depends, gap
from scorer.sources.typescript_code.values import Zod
from scorer.sources.typescript_code.zod_style import FASTMCP, Style

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.calls import Way
    from scorer.sources.typescript_code.module import Module


def registered(reader: Reader, call: Node, given: list[Node], module: Module) -> None:
    """`server.registerTool(name, config, handler)`, or a definition as the only argument."""

    def fields(way: Way) -> dict[str, Any] | Unknown:
        first = reader.evaluator.value(given[0], module, way.env)
        if len(given) == 1 or isinstance(first, Table):
            return first.items if isinstance(first, Table) else gap(first)
        config = reader.evaluator.value(given[1], module, way.env)
        held = dict(config.items) if isinstance(config, Table) else {}
        if not isinstance(config, Table):
            held = dict.fromkeys(("description", "inputSchema"), gap(config))
        elif config.partial:
            held = {"description": config.partial, "inputSchema": config.partial, **held}
        held["name"] = first
        if len(given) > 2:
            held["handler"] = reader.evaluator.value(given[2], module, way.env)
        return held

    _each(reader, call, module, fields)


def overloaded(reader: Reader, call: Node, given: list[Node], module: Module) -> None:
    """`server.tool(name, description?, shape?, annotations?, handler)`."""

    def fields(way: Way) -> dict[str, Any] | Unknown:
        values = [reader.evaluator.value(argument, module, way.env) for argument in given]
        held: dict[str, Any] = {"name": values[0], "handler": values[-1]}
        for value in values[1:-1]:
            if (
                "description" not in held
                and "inputSchema" not in held
                and (
                    isinstance(value, Scalar) or (isinstance(value, Unknown) and value is values[1] and len(values) > 3)
                )
            ):
                held["description"] = value
            elif "inputSchema" not in held and not _are_hints(value):
                held["inputSchema"] = value
            else:
                held["annotations"] = value
        return held

    _each(reader, call, module, fields)


def added(reader: Reader, call: Node, given: list[Node], module: Module) -> None:
    """`server.addTool({name, description, parameters, execute})`, `addTools([...])`."""

    def fields(way: Way) -> dict[str, Any] | Unknown:
        value = reader.evaluator.value(given[0], module, way.env)
        if isinstance(value, Scalar) and len(given) > 1:
            config = reader.evaluator.value(given[1], module, way.env)
            return {**(config.items if isinstance(config, Table) else {}), "name": value}
        return value.items if isinstance(value, Table) else reader.of_object(value) or gap(value)

    if module.raw(call.child_by_field_name("function") or call).endswith("addTools"):
        value = reader.evaluator.value(given[0], module, {})
        handlers.listed(reader, value, call, module, FASTMCP)
        return
    _each(reader, call, module, fields, FASTMCP)


def _each(reader: Reader, call: Node, module: Module, fields: Any, style: Style | None = None) -> None:
    """Register what the call registers: once, or once for each way to reach it when it depends on that."""
    ways = reader.calls.ways(call, module, bind=False)
    made = [(way, fields(way)) for way in ways]
    if any(depends(held) for _, held in made):
        ways = reader.calls.ways(call, module, bind=True)
        made = [(way, fields(way)) for way in ways]
    elif made:
        # Nothing of it depends on the callers, but whether it is reached may.
        around = reader.calls.ways(call, module, bind=True)
        maybe = all(way.conditional or way.open for way in around)
        made = [(replace(way, conditional=way.conditional or maybe), held) for way, held in made]
    for way, held in made:
        _take(reader, held, call, module, way, style)


def _take(reader: Reader, held: Any, call: Node, module: Module, way: Way, style: Style | None) -> None:  # noqa: PLR0913, PLR0917 - an expression and where it stands
    found = (
        held
        if isinstance(held, Unknown)
        else definition(held, call, module, surroundings.style(reader, module, style), raw_shape=True)
    )
    if isinstance(found, Unknown):
        reader.opened(call, module, _unfollowed(found, way))
        return
    key, name = surroundings.server(reader, call, module, way)
    found.server, found.server_name, found.conditional = key, name, way.conditional or way.open
    reader.keep(found)


def _unfollowed(name: Unknown, way: Way) -> str:
    """Why a registered tool cannot be told."""
    reason = re.sub(r" at \S+:\d+$", "", name.reason)
    if way.open or reason.startswith("depends on the loop"):
        return "tools are registered in a loop whose list cannot be followed"
    return f"a tool is registered whose name {reason}"


def _are_hints(value: Any) -> bool:
    return (
        isinstance(value, Table)
        and bool(value.items)
        and all(key.endswith("Hint") or key == "title" for key in value.items)
        and not any(isinstance(v, Zod) for v in value.items.values())
    )
