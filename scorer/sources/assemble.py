"""The entries of a document, placed and put together as the tools of one server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scorer.models.tool import Origin, Problem, ToolSet
from scorer.sources import files
from scorer.sources.definitions import Entry, read_entries, repeated_keys
from scorer.sources.json_places import Lines
from scorer.sources.replies import label

if TYPE_CHECKING:
    from scorer.sources.json_text import Element
    from scorer.sources.recognise import Listing


def placed(text: str, elements: list[Element], pointer: str, file: str | None) -> list[Entry]:
    """The elements with their lines, counted in one pass over the text."""
    found, line, pos, lines = [], 1, 0, Lines(text)
    for index, element in enumerate(elements):
        line += text.count("\n", pos, element.start)
        pos = element.start
        origin = Origin(file, f"{pointer}/{index}", line)
        faults = repeated_keys(element.repeated)
        found.append(Entry(element.value, f"#{index + 1}", origin, faults, element.unreadable, lines, element.start))
    return found


def tool_set(listing: Listing, entries: list[Entry], source: str, faults: tuple[Problem, ...] = ()) -> ToolSet:
    """The tools among a document's entries. faults: what is wrong with the document around them."""
    tools, problems = read_entries(entries, schema_known=listing.schema_known)
    return ToolSet(
        server_name=listing.name or _name(source),
        tools=tools,
        server_version=listing.version,
        kind=listing.kind,
        location=source if source == "-" else files.shown(source),
        problems=(*faults, *listing.problems, *problems),
    )


def _name(source: str) -> str:
    return "stdin" if source == "-" else label(files.shown(Path(source).stem)) or "server"


def file_of(source: str) -> str | None:
    """The source as `Origin.file` shows it."""
    return None if source == "-" else files.shown(source)
