"""Handlers of `tools/list` and lists of definitions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Items, Table, Unknown
from scorer.sources.typescript_code import changes, surroundings
from scorer.sources.typescript_code.define import definition
from scorer.sources.typescript_code.reader import Reader, gap
from scorer.sources.typescript_code.statements import own_returns
from scorer.sources.typescript_code.values import Function, is_open

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.tree.values import Spot
    from scorer.sources.typescript_code.module import Module
    from scorer.sources.typescript_code.zod_style import Style

_LISTS = re.compile(r"ListTools|tools/list")
_OF_LIBRARY = re.compile(r"_registeredTools|this\.#tools|registeredTools\b")
_MOST, _FEW = 5_000, 5
_UNFOLLOWED_LIST = "tools are listed that cannot be followed"
_UNFOLLOWED_HANDLER = "tools/list is answered by a function that cannot be followed"


def handler(reader: Reader, call: Node, given: list[Node], module: Module) -> None:
    if len(given) < 2 or not _LISTS.search(module.raw(given[0])):
        return
    if module.raw(given[0]).endswith(("ResourcesRequestSchema", "PromptsRequestSchema")) or (
        _OF_LIBRARY.search(module.raw(given[1])) and "this" in module.raw(given[1])
    ):
        return
    ways = reader.calls.ways(call, module, bind=True)
    for way in ways[:_FEW]:
        function = reader.evaluator.value(given[1], module, way.env)
        if not isinstance(function, Function):
            reader.opened(call, module, _UNFOLLOWED_HANDLER)
            continue
        for value, conditional in _returned(reader, function):
            listed(reader, value, call, module, None, conditional=conditional)


def _returned(reader: Reader, function: Function) -> list[tuple[Any, bool]]:
    """The lists of tools that a handler returns."""
    body = function.node.child_by_field_name("body")
    if body is not None and body.type == "statement_block":
        returns = own_returns(body)
        values = [
            reader.evaluator.value(found.named_children[0], function.module, function.env)
            for found in returns
            if found.named_children
        ]
    else:
        values = [reader.evaluator.value(body, function.module, function.env)]
    found = [
        (value.items["tools"] if isinstance(value, Table) and "tools" in value.items else value) for value in values
    ]
    return [(value, len(found) > 1) for value in found]


def listed(  # noqa: PLR0913 - a list and where it stands
    reader: Reader, value: Any, call: Node, module: Module, style: Style | None, *, conditional: bool = False
) -> None:
    if isinstance(value, Table) and value.items and "name" not in value.items:
        value = Items(list(value.items.values()), value.spot, partial=value.partial)
    if not isinstance(value, Items) or is_open(value.partial):
        reader.opened(call, module, _UNFOLLOWED_LIST)
    if not isinstance(value, Items):
        return
    for index, item in enumerate(value.items):
        fields = item.items if isinstance(item, Table) else reader.of_object(item)
        found = (
            definition(fields, call, module, surroundings.style(reader, module, style), raw_shape=False)
            if fields is not None
            else gap(item)
        )
        if fields is None or isinstance(found, Unknown):
            reader.opened(call, module, _UNFOLLOWED_LIST)
            continue
        spot = _origin(item.spot, fields["name"].spot)
        home = _module_of(reader, spot.file) or module
        found.spot = spot
        found.references = [
            replace(found.references[0], file=spot.file, line=spot.line, **_lines(home, spot)),
            *found.references[1:],
        ]
        found.server, found.server_name = surroundings.server(reader, call, module, None)
        found.conditional = conditional or index in value.maybe
        changes.forget_changed(reader, found, home)
        reader.keep(found)


def _module_of(reader: Reader, file: str) -> Module | None:
    return reader.modules.shown_as(file)


def _origin(item: Spot, name: Spot) -> Spot:
    """Where a listed tool is written: where its name is, when it was only copied into the list."""
    inside = item.file == name.file and item.line <= name.line <= (item.end_line or item.line)
    return item if inside else name


def _lines(module: Module, spot: Any) -> dict[str, Any]:
    last = min(spot.end_line or spot.line, spot.line + 11)
    return {"end_line": last, "code": "\n".join(line[:200] for line in module.lines[spot.line - 1 : last])}
