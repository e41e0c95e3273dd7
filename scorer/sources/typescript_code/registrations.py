"""Registrations in TypeScript and JavaScript: `registerTool`, `tool`, `addTool`, handlers of `tools/list`, and lists of definitions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.sources.tree.found import Reading
from scorer.sources.typescript_code import forms, handlers, surroundings, written
from scorer.sources.typescript_code.calls import called
from scorer.sources.typescript_code.reader import Reader

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module
    from scorer.sources.typescript_code.modules import Modules

_PROTOCOL = (b"modelcontextprotocol", b"fastmcp", b"McpServer", b"mcp")
_WORDS = (b"registerTool", b".tool(", b"addTool", b"ListTools", b"tools/list", b"registerAppTool")
_SITES = re.compile(
    rb"(?<![\w$])(registerTool|registerToolTask|tool|addTools?|setRequestHandler|registerAppTool)\s*(?:<[^>()]*>\s*)?\("
)
_MOST = 5_000


def read_scripts(modules: Modules) -> Reading:
    """Every tool that the tree's TypeScript and JavaScript registers."""
    reading = Reading()
    if any(modules.mention(word) for word in _PROTOCOL):
        _read(Reader(modules, reading, list(modules.holding(_WORDS))))
    reading.skipped += modules.broken
    return reading


def _read(reader: Reader) -> None:
    """All registrations; where one cannot be followed, all definitions that the package writes down."""
    effort = reader.evaluator.effort
    for module in reader.homes:
        for word in module.at(_SITES):
            if len(reader.reading.found) >= _MOST or effort.ended:
                said = "not all registrations were read: there is too much to follow"
                reader.reading.gaps.append((said, module.spot(word)))
                return
            effort.begin()
            _look(reader, word, module)
    if reader.open:
        written.definitions(reader)


def _look(reader: Reader, word: Node, module: Module) -> None:
    call = called(word, module)
    if call is None:
        return
    name, given = module.raw(word), reader.evaluator.arguments(call)
    if name == "setRequestHandler":
        handlers.handler(reader, call, given, module)
    elif name in ("registerTool", "registerToolTask") and given:
        forms.registered(reader, call, given, module)
    elif name == "registerAppTool" and len(given) > 2:
        forms.registered(reader, call, given[1:], module)
    elif name == "tool" and len(given) > 1 and surroundings.is_server(reader, call, module):
        forms.overloaded(reader, call, given, module)
    elif name in ("addTool", "addTools") and given and word.type == "property_identifier":
        forms.added(reader, call, given, module)
