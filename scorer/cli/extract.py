"""`toolmark extract`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scorer.cli import console, inputs, options, writing
from scorer.errors import InputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from scorer.models.tool import Tool, ToolSet
    from scorer.sources.tree.read import SourceTree

# Lines on stderr about what could not be read.
_MOST = 15


def extract(
    source: options.Tree,
    *,
    only: options.OnlyServer = None,
    output: options.Extracted = None,
    quiet: options.Quiet = False,
) -> None:
    """Read the tool definitions out of source code, without running it, and print them as a tools/list document.

    - `toolmark extract path/to/repository`
    - `toolmark extract . --output tools.json && toolmark score tools.json`

    Python and TypeScript or JavaScript are read. What cannot be followed is said on stderr and listed under `unread`, never guessed.
    """
    from scorer.sources import open_source  # noqa: PLC0415 - `--help` needs none of it
    from scorer.sources.tree.read import SourceTree  # noqa: PLC0415 - likewise

    writing.check([output], source)
    found = open_source(source)
    if not isinstance(found, SourceTree):
        raise InputError(f"{source} is no source code", f"It holds definitions already: toolmark score {source}")
    sets = inputs.chosen(found, only or ())
    if not quiet:
        _tell(found, sets)
    documents = [_document(tools) for tools in sets]
    written = documents[0] if len(documents) == 1 else _several(documents, output)
    text = json.dumps(written, indent=2, ensure_ascii=False) + "\n"
    _write(text, output)


def _several(documents: list[dict[str, Any]], output: Path | None) -> dict[str, Any]:
    del output
    names = ", ".join(document["serverName"] for document in documents)
    raise UsageError(f"there are {len(documents)} servers here: {names}", "Choose one with --only NAME.")


def _write(text: str, output: Path | None) -> None:
    if output is None or str(output) == "-":
        writing.write_stdout(text)
    else:
        writing.write_file(output, text)
        console.say(f"Wrote {output}")


def _document(tools: ToolSet) -> dict[str, Any]:
    """The definitions as a server would list them, and beside them where each field stands and what could not be read."""
    return {
        "serverName": tools.server_name,
        "serverVersion": tools.server_version,
        "tools": [tool.definition for tool in tools.tools],
        "places": {tool.name: _places(tool) for tool in tools.tools},
        "unread": {tool.name: _unread(tool) for tool in tools.tools if tool.unread},
        "conditional": [tool.name for tool in tools.tools if tool.conditional],
    }


def _places(tool: Tool) -> dict[str, str]:
    places = {place.pointer: f"{place.file}:{place.line}:{place.column}" for place in tool.places}
    return {"": f"{tool.origin.file}:{tool.origin.line}", **places}


def _unread(tool: Tool) -> dict[str, str]:
    return {gap.pointer: gap.reason for gap in tool.unread}


def _tell(found: SourceTree, sets: list[ToolSet]) -> None:
    for tools in sets:
        maybe = sum(tool.conditional for tool in tools.tools)
        more = f", {maybe} of them only under a condition" if maybe else ""
        console.say(f"Read {len(tools.tools)} tools of {tools.server_name}{more}")
    if found.gaps:
        console.say("partly read: there may be more tools than these")
    gaps = [f"{tool.name}: {gap.reason}" for tools in sets for tool in tools.tools for gap in tool.unread]
    lines = [*found.gaps, *gaps]
    for line in lines[:_MOST]:
        console.say(f"not read: {line}")
    if len(lines) > _MOST:
        console.say(f"not read: {len(lines) - _MOST} more")
    if found.left_out:
        console.say(f"left out: {', '.join(found.left_out)}")
