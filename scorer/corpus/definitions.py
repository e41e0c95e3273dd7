"""The rows of one server become the set of its tools, by the rules of every other input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from scorer.models.tool import Origin, Problem, ToolSet
from scorer.sources.definitions import Entry, read_entries
from scorer.sources.numbers import BadNumberError, real, refuse, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.corpus.rows import Row, Server

# Tools of one server. Comparing them takes memory, and no agent was ever shown so many.
MAX_TOOLS = 10_000

_NOBODYS = "nobodys-row"
_DECODER = json.JSONDecoder(parse_constant=refuse, parse_int=whole, parse_float=real)


class Listed(NamedTuple):
    """A server as it can be scored. entries: how many its rows hold. Those that are no tool are `faults`: position, place, message."""

    tools: ToolSet
    positions: tuple[int, ...]
    places: tuple[str, ...]
    faults: tuple[tuple[int, str, str], ...]


def listed(server: Server) -> Listed:
    """The tools of a server, and a fault for every row or entry that is none."""
    entries = [entry for row in server.rows for entry in _entries(row)]
    sound = [_labelled(entry, index) for index, entry in enumerate(entries[:MAX_TOOLS])]
    tools, problems = read_entries(sound)
    unread = {problem.tool for problem in problems}
    positions = tuple(index for index, entry in enumerate(sound) if entry.label not in unread)
    places = tuple(str(entry.origin.file) for entry in entries)
    faults = [(int(str(problem.tool)[1:]) - 1, problem.message) for problem in problems]
    faults += [(index, f"the server has more than {MAX_TOOLS:,} tools") for index in range(MAX_TOOLS, len(entries))]
    # A row that names no server is nobody's, and must not count against the server that it happens to follow.
    nobodys = {entry.label for entry in sound if entry.unreadable is not None and entry.unreadable.code == _NOBODYS}
    own = tuple(problem for problem in problems if problem.tool not in nobodys)
    found = ToolSet(server.name, tools, kind="corpus", problems=own)
    return Listed(found, positions, places, tuple((index, places[index], message) for index, message in faults))


def _labelled(entry: Entry, index: int) -> Entry:
    return Entry(entry.value, f"#{index + 1}", entry.origin, entry.faults, entry.unreadable)


def _entries(row: Row) -> Iterator[Entry]:
    origin = Origin(row.place)
    code = "not-a-row" if row.server is not None else _NOBODYS
    if row.fault:
        yield _unreadable(row.fault, origin, code)
        return
    try:
        value = _DECODER.decode(row.text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        yield _unreadable("the row is not UTF-8 text", origin, code)
    except json.JSONDecodeError as error:
        yield _unreadable(f"the row is not JSON: {error.msg} at character {error.pos + 1}", origin, code)
    except RecursionError:
        yield _unreadable("the row is nested too deeply to be read", origin, code)
    except BadNumberError as error:
        yield _unreadable(f"{error} is not a number that JSON can carry", origin, code)
    else:
        yield from _of_row(row, value, origin, code)


def _of_row(row: Row, value: Any, origin: Origin, code: str) -> Iterator[Entry]:
    if not (row.bare or isinstance(value, dict)):
        yield _unreadable("the row is not an object", origin, code)
    elif row.server is None:
        yield _unreadable("the row names no server (`server` or `serverName`)", origin, code)
    elif row.bare:
        yield from _tools(value, origin)
    elif isinstance(value.get("tools"), list):
        yield from _tools(value["tools"], origin)
    elif "definition" in value:
        yield Entry(value["definition"], "", origin)
    else:
        yield _unreadable("the row has neither `definition` nor `tools`", origin, code)


def _tools(value: Any, origin: Origin) -> Iterator[Entry]:
    for tool in value if isinstance(value, list) else (value,):
        yield Entry(tool, "", origin)


def _unreadable(message: str, origin: Origin, code: str) -> Entry:
    return Entry(None, "", origin, unreadable=Problem(code, message))
