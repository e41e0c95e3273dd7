"""Which definitions stand beside which: the tools of captured servers, of the jury's servers, and of other ratings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorer.calibration.entry import Entry
from scorer.calibration.lines import read_json
from scorer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from scorer.models.tool import JsonObject

    Rosters = Mapping[str, list[JsonObject]]

_VERSION = re.compile(r"(?<=[a-z])[\d_]*\d$")


def captured_servers(folder: Path) -> dict[str, list[JsonObject]]:
    """Tool lists by file stem. Raises InputError for a file that is no JSON."""
    rosters = {file.stem: _tools(read_json(file)) for file in sorted(folder.glob("*.json"))}
    return {name: tools for name, tools in rosters.items() if tools}


def listed_servers(file: Path) -> dict[str, list[JsonObject]]:
    """Tool lists by server name, of a JSON list of `{serverName, tools}`. Raises InputError."""
    listed = read_json(file)
    if not isinstance(listed, list):
        raise InputError(f"{file}: not a list of servers", "It is a JSON list of {serverName, tools}.")
    return {str(one.get("serverName")): _tools(one) for one in listed if isinstance(one, dict)}


def _tools(value: object) -> list[JsonObject]:
    tools = value.get("tools") if isinstance(value, dict) else None
    return [tool for tool in tools if isinstance(tool, dict)] if isinstance(tools, list) else []


def newest(rosters: Rosters) -> Iterator[Entry]:
    """Every tool of the newest version of each captured server."""
    for name, tools in rosters.items():
        if not is_older(name, rosters):
            yield from whole(name, tools)


def is_older(name: str, names: Iterable[str]) -> bool:
    """Whether a captured server is an older version of another: its name is that one's and a number, or that one's without "head"."""
    known = set(names)
    base = _VERSION.sub("", name)
    return (base != name and base in known) or f"{name}head" in known


def whole(server: str, tools: Sequence[JsonObject]) -> Iterator[Entry]:
    """Every tool of a server, its siblings known in full."""
    for tool in tools:
        yield Entry("captured", server, tool, beside=tuple(other for other in tools if other is not tool))


def with_siblings(ratings: Sequence[Entry], captured: Rosters) -> list[Entry]:
    """Ratings with the definitions of their siblings: the captured server's, or those that other ratings show."""
    shown: dict[str, dict[Any, JsonObject]] = {}
    for entry in ratings:
        shown.setdefault(entry.server, {}).setdefault(entry.definition.get("name"), entry.definition)
    return [entry._replace(beside=_beside(entry, captured, shown[entry.server])) for entry in ratings]


def _beside(entry: Entry, captured: Rosters, shown: Mapping[Any, JsonObject]) -> tuple[JsonObject, ...]:
    own = entry.definition.get("name")
    if entry.server in captured:
        return tuple(tool for tool in captured[entry.server] if tool.get("name") != own)
    listed = set(entry.siblings)
    return tuple(tool for name, tool in shown.items() if name != own and (not listed or name in listed))
