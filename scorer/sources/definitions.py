"""Entries of a tool list, in any of the shapes that clients use, as `Tool` values."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from scorer.models.base import model
from scorer.models.tool import JsonObject, Origin, Problem, Tool
from scorer.sources.bounds import one_line, tidy
from scorer.sources.fields import a_kind, build
from scorer.sources.json_places import JsonPlaces, Lines
from scorer.sources.shapes import renames, to_mcp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorer.models.tool import FieldPlace


@model
class Entry:
    """One element of a tool list before it is known to be a tool.

    value: whatever stood there. label: what to call it while it has no name ("#3", "find.snap").
    faults: what the reader noticed about its text (a key that stands twice). unreadable: why there is no value at all.
    lines, start: the text that it stands in and its offset there, None where that is not known.
    """

    value: object
    label: str
    origin: Origin = field(default_factory=Origin)
    faults: tuple[Problem, ...] = ()
    unreadable: Problem | None = None
    lines: Lines | None = None
    start: int = 0


def read_tools(
    entries: list[object], *, file: str | None = None, pointer: str = "/tools", schema_known: bool = True
) -> tuple[tuple[Tool, ...], tuple[Problem, ...]]:
    """The tools among the entries, in order, and a problem for each entry that is none.

    entries: parsed JSON values in MCP's, Anthropic's or OpenAI's shape. pointer: where the list stands in its document.
    schema_known: False when the format cannot carry schemas, so that their absence says nothing.
    """
    wrapped = (Entry(e, f"#{i + 1}", Origin(file, f"{pointer}/{i}")) for i, e in enumerate(entries))
    return read_entries(wrapped, schema_known=schema_known)


def read_entries(
    entries: Iterable[Entry], *, schema_known: bool = True
) -> tuple[tuple[Tool, ...], tuple[Problem, ...]]:
    """As `read_tools`, for entries that know their place."""
    tools: list[Tool] = []
    problems: list[Problem] = []
    first: dict[str, str] = {}
    for entry in entries:
        read = _read(entry, schema_known=schema_known)
        if isinstance(read, Problem):
            problems.append(read)
            continue
        tools.append(_marked(read, first[read.name]) if read.name in first else read)
        first.setdefault(read.name, entry.label)
    return tuple(tools), tuple(problems)


def _read(entry: Entry, *, schema_known: bool) -> Tool | Problem:
    pointer = entry.origin.pointer
    if entry.unreadable is not None:
        return replace(entry.unreadable, tool=entry.label, pointer=pointer)
    if not isinstance(entry.value, dict):
        return Problem("not-an-object", f"a tool must be an object, not {a_kind(entry.value)}", entry.label, pointer)
    shape = to_mcp(entry.value)
    definition, mended = tidy(shape.definition)
    name = definition.get("name")
    if not isinstance(name, str) or not name.strip():
        return Problem(*_nameless(definition), entry.label, pointer)
    origin = replace(entry.origin, pointer=pointer + shape.inside)
    known = schema_known and not any(problem.pointer == "/inputSchema" for problem in mended)
    problems = (*entry.faults, *mended)
    tool = build(name, definition, origin, problems, known=known, may_lack=not schema_known or shape.may_lack_schema)
    return replace(tool, places=_places(entry, shape.inside))


def _places(entry: Entry, inside: str) -> Sequence[FieldPlace]:
    if entry.lines is None or entry.origin.file is None or not isinstance(entry.value, dict):
        return ()
    inner = {**entry.value, **entry.value["function"]} if inside else entry.value
    return JsonPlaces(entry.lines, entry.start, entry.origin.file, inside, renames(inner))


def _nameless(definition: JsonObject) -> tuple[str, str]:
    if "name" not in definition:
        return "no-name", "the tool has no `name`"
    name = definition["name"]
    if isinstance(name, str):
        return "blank-name", "the tool's `name` is blank"
    return "name-not-a-string", f"the tool's `name` is {a_kind(name)}, not a string"


def _marked(tool: Tool, first: str) -> Tool:
    message = f"`{one_line(tool.name, 80)}` is also the name of {first}; a client may call either"
    return replace(tool, problems=(*tool.problems, Problem("duplicate-name", message, tool.name, "/name")))


def repeated_keys(keys: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each key that stands twice in one object of a text, the first few of them."""
    message = "the key `{}` stands twice in one object; the last one counts"
    return tuple(Problem("duplicate-key", message.format(one_line(key, 60))) for key in keys[:3])
