"""The lines of the source that hold the fields of a definition, so that a report can show what to change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.models.tool import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.models.tool import FieldPlace
    from scorer.sources.tree.walk import Tree

# Fields of one tool, lines of one field and characters of one line that are kept.
_MOST, _LONGEST, _WIDEST = 120, 300, 200
# The parts that people write: not the `type` of a parameter, but what is said of it.
_WRITTEN = re.compile(
    r"/(name|title|description|inputSchema)|/(?:inputSchema|outputSchema)/(?:.*/)?properties/([^/]+)(/description)?"
)


class Lines:
    """The lines of a tree's files by the names that the user sees."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._known: dict[str, list[str]] = {}

    def of(self, file: str) -> list[str]:
        """A file's lines, none where it is not of the tree."""
        if file not in self._known:
            data = self._tree.sources.get(self._tree.path_of(file), b"")
            self._known[file] = _decoded(data).splitlines() if data else []
        return self._known[file]


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    # What else `splitlines` ends a line at is no line end of a source file.
    return re.sub(r"\r\n?", "\n", text).translate(dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " "))


def texts_of(places: Sequence[FieldPlace], lines: Lines) -> tuple[Reference, ...]:
    """The lines of the fields that people write, in the order of their places."""
    last = {place.pointer: place for place in places}
    found = [text for place in last.values() for text in _of_field(place, lines)]
    return tuple(found[:_MOST])


def _of_field(place: FieldPlace, lines: Lines) -> Iterator[Reference]:
    if not (match := _WRITTEN.fullmatch(place.pointer)):
        return
    role = match.group(1) or f"parameter {match.group(2)}"
    yield from _reference(role, place.file, place.line, place.end_line or place.line, place.pointer, lines)
    # Parts of the text that stand elsewhere: constants that an f-string names.
    inside = range(place.line, (place.end_line or place.line) + 1)
    others = {(mark.file or place.file, mark.line) for mark in place.marks}
    for file, line in sorted(others):
        if file != place.file or line not in inside:
            yield from _reference(role, file, line, line, place.pointer, lines)


def _reference(role: str, file: str, line: int, end: int, pointer: str, lines: Lines) -> Iterator[Reference]:  # noqa: PLR0913, PLR0917 - a stretch of a file
    shown = lines.of(file)[line - 1 : min(end, line + _LONGEST)]
    if shown:
        yield Reference(role, file, line, line + len(shown) - 1, "\n".join(one[:_WIDEST] for one in shown), pointer)
