"""Where each character of a text stands that was put together in source code: joined, cut, dedented, stripped."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from scorer.models.tool import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorer.sources.tree.values import Spot

# Marks of one text; a longer one is known by its beginning.
_MOST = 20_000
_WHITE = re.compile(r"[^\S\n]*")


class Source:
    """An expression's text in its file. line, column: 1-based, of its first character."""

    def __init__(self, text: str, file: str, line: int, column: int) -> None:
        self.text = text
        self._file, self._line, self._column = file, line, column
        self._ends = [found.start() for found in re.finditer("\n", text)]

    def marks(self, stretches: Iterable[tuple[int, str]]) -> Iterator[Mark]:
        """The marks of a text that consists of stretches: the offset of each in the source, and the characters that it stands for."""
        length = 0
        for offset, text in stretches:
            yield self._mark(offset, length)
            if self.text.startswith(text, offset):
                lines = (found.end() for found in re.finditer("\n(?=[\\s\\S])", text))
                yield from (self._mark(offset + start, length + start) for start in lines)
            length += len(text)

    def _mark(self, position: int, offset: int) -> Mark:
        row = bisect_left(self._ends, position)
        start = self._ends[row - 1] + 1 if row else 1 - self._column
        return Mark(offset, self._line + row, position - start + 1, self._file)


def marks_of(text: str, spot: Spot) -> tuple[Mark, ...]:
    """Where a text stands: its marks, those of its lines where the file holds it as it is, else its place alone."""
    if spot.marks:
        return spot.marks
    first = Mark(0, spot.line, spot.column, spot.file, spot.verbatim)
    return (first, *_lines(text, spot)) if spot.verbatim and "\n" in text else (first,)


def _lines(text: str, spot: Spot) -> Iterator[Mark]:
    offset = 0
    for number, line in enumerate(text.split("\n")[:_MOST]):
        if number:
            yield Mark(offset, spot.line + number, 1, spot.file)
        offset += len(line) + 1


def joined(spot: Spot, parts: Iterable[tuple[str, Spot]]) -> Spot:
    """The place of a text that consists of others one behind the other. spot: of the whole expression."""
    found: list[Mark] = []
    offset = 0
    for text, at in parts:
        if text and len(found) < _MOST:
            found += [mark._replace(offset=mark.offset + offset) for mark in marks_of(text, at)]
        offset += len(text)
    return marked(spot, found)


def marked(spot: Spot, marks: Iterable[Mark]) -> Spot:
    """The expression's place with these marks; it begins where its text does, if that is in the expression."""
    found = tuple(_needed(marks))
    first = found[0] if found else None
    if first and first.offset == 0 and _holds(spot, first):
        spot = replace(spot, line=first.line, column=first.column)
    return replace(spot, verbatim=False, marks=found)


def _holds(spot: Spot, mark: Mark) -> bool:
    last = spot.end_line or spot.line
    return mark.file == spot.file and (spot.line, spot.column) <= (mark.line, mark.column) and mark.line <= last


def _needed(marks: Iterable[Mark]) -> Iterator[Mark]:
    """The marks without those that only say how the one before goes on."""
    last: Mark | None = None
    for mark in marks:
        if last is None or not _follows(mark, last):
            yield mark
            last = mark


def _follows(mark: Mark, last: Mark) -> bool:
    ahead = mark.offset - last.offset
    return last.moves and mark == last._replace(offset=mark.offset, column=last.column + ahead)


def cut(spot: Spot, text: str, start: int, end: int) -> tuple[Mark, ...]:
    """The marks of `text[start:end]`."""
    marks = marks_of(text, spot)
    first = max(bisect_right(marks, start, key=lambda mark: mark.offset) - 1, 0)
    found = []
    for mark in marks[first:]:
        if mark.offset >= end:
            break
        behind = max(start - mark.offset, 0)
        column = mark.column + (behind if mark.moves else 0)
        found.append(mark._replace(offset=mark.offset + behind - start, column=column))
    return tuple(found)


def aligned(spot: Spot, result: str, text: str, at: Spot) -> Spot:
    """The place of what is left of a text line by line: dedented, stripped, without some of its lines.

    spot: of the expression. text, at: what it was made of, and where that stands.
    """
    return marked(spot, _aligned(result, text, at))


def _aligned(result: str, text: str, at: Spot) -> Iterator[Mark]:
    offset = position = 0
    for line in result.split("\n")[:_MOST]:
        for start, words in _whole_or_words(line, text, position):
            found = text.find(words, position)
            if found >= 0:
                # White space in front of the words was cut, or is another one: then it stands at the words.
                kept = _same_end(line[:start] if not line[:start].strip() else "", text[position:found])
                tail = _WHITE.match(line, start + len(words))
                end = found + len(words)
                end += len(tail.group()) if tail and text.startswith(tail.group(), end) else 0
                moved = cut(at, text, found - kept, end + text.startswith("\n", end))
                yield from (mark._replace(offset=mark.offset + offset + start - kept) for mark in moved)
                position = end
        offset += len(line) + 1


def _whole_or_words(line: str, text: str, position: int) -> list[tuple[int, str]]:
    """What to look for of a line, with its offset: all its words as they are, or one by one where tabs among them became spaces."""
    words = line.strip()
    if not words or text.find(words, position) >= 0:
        return [(len(line) - len(line.lstrip()), words)] if words else []
    return [(found.start(), found.group()) for found in re.finditer(r"\S+", line)]


def _same_end(lead: str, before: str) -> int:
    """How many characters of a line's lead stand in front of its words."""
    return next((size for size in range(len(lead), 0, -1) if before.endswith(lead[-size:])), 0)


def filled(spot: Spot, text: str, at: Spot, fields: Iterable[tuple[int, int, str, Spot]]) -> Spot:
    """The place of a text in which some stretches were replaced.

    spot: of the expression. fields: start and end of each stretch in `text`, what stands there now, and where that stands, in order.
    """
    parts: list[tuple[str, Spot]] = []
    done = 0
    for start, end, now, there in fields:
        parts += [(text[done:start], marked(at, cut(at, text, done, start))), (now, there)]
        done = end
    return joined(spot, [*parts, (text[done:], marked(at, cut(at, text, done, len(text))))])


def pieces(spot: Spot, parts: Iterable[str], text: str, at: Spot) -> Iterator[Spot]:
    """The places of the parts that a text was split into, in order. spot: of the expression that splits."""
    position = 0
    for part in parts:
        found = text.find(part, position)
        if found < 0:
            yield spot
            continue
        first, *_ = marks = cut(at, text, found, found + max(len(part), 1)) or (Mark(0, spot.line, spot.column),)
        position = found + len(part)
        yield replace(
            spot,
            file=first.file or at.file,
            line=first.line,
            column=first.column,
            end_line=marks[-1].line,
            verbatim=False,
            marks=marks,
        )
