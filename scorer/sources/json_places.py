"""Where every field of a definition stands in its JSON text: worked out when somebody asks, since most runs never do."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

from scorer.models.tool import FieldPlace, Mark
from scorer.sources.bounds import token

_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
# A key with its colon; a string; an opening or closing bracket; any other scalar. White space and commas are passed over.
_TOKEN = re.compile(rf"({_STRING})\s*+:|({_STRING})|([\[{{])|([\]}}])|([^\s,:\[\]{{}}\"]++)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
# Values of one definition that are placed; a hostile one may hold millions.
_MOST = 20_000
_KEY, _TEXT, _OPEN, _CLOSE = 1, 2, 3, 4


class Lines:
    """The lines of one text, found once for all of its definitions."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _ends(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self.text)]

    def place(self, pos: int) -> tuple[int, int]:
        """The 1-based line and column of an offset, in characters."""
        line = bisect_right(self._ends, pos - 1) if pos else 0
        return line + 1, pos - (self._ends[line - 1] + 1 if line else 0) + 1


class JsonPlaces(Sequence[FieldPlace]):
    """The places of one definition's fields, in document order; the text is walked on first use."""

    def __init__(
        self, lines: Lines, start: int, file: str, inside: str = "", names: dict[str, str] | None = None
    ) -> None:
        """`start`: offset of the entry. `inside`, `names`: the definition's pointer in it, and top fields that were renamed."""
        self._lines, self._start, self._file = lines, start, file
        self._inside, self._names = inside, names or {}

    @overload
    def __getitem__(self, index: int) -> FieldPlace: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[FieldPlace]: ...
    def __getitem__(self, index: int | slice) -> FieldPlace | Sequence[FieldPlace]:
        return self._places[index]

    def __len__(self) -> int:
        return len(self._places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._places == tuple(other)

    def __hash__(self) -> int:
        return hash((self._file, self._start))

    @cached_property
    def _places(self) -> tuple[FieldPlace, ...]:
        return tuple(self._walk())

    def _walk(self) -> Iterator[FieldPlace]:
        for pointer, start, end in spans(self._lines.text, self._start):
            shown = self._renamed(pointer)
            if shown is not None:
                yield self._place(shown, start, end)

    def _renamed(self, pointer: str) -> str | None:
        if self._inside and pointer.startswith(f"{self._inside}/"):
            pointer = pointer.removeprefix(self._inside)
        elif self._inside and pointer == self._inside:
            return None
        head, slash, rest = pointer[1:].partition("/")
        return f"/{self._names[head]}{slash}{rest}" if head in self._names else pointer

    def _place(self, pointer: str, start: int, end: int) -> FieldPlace:
        text = self._lines.text
        is_text = text[start] == '"'
        line, column = self._lines.place(start + is_text)
        last = line if is_text else self._lines.place(end - 1)[0]
        escaped = is_text and text.find("\\", start, end) >= 0
        marks = _marks(text[start + 1 : end - 1], line, column) if escaped else ()
        return FieldPlace(pointer, self._file, line, column, last, is_text and not escaped, marks)


def spans(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """(pointer, start, end) of the value at `start` and of all values in it, containers when they open (their end is their opening).

    The text was parsed before, so it is not checked again. Keys keep their RFC 6901 escapes.
    """
    # For every open container: its pointer, and the number of its next item (None in an object).
    stack: list[tuple[str, int | None]] = []
    here, found = "", 0
    for match in _TOKEN.finditer(text, start):
        kind = match.lastindex
        if kind == _CLOSE:
            stack.pop()
            if not stack:
                return
            continue
        if stack and stack[-1][1] is None:
            if kind == _KEY:
                here = f"{stack[-1][0]}/{_key(match.group(1))}"
                continue
        elif stack:
            base, index = stack[-1]
            here = f"{base}/{index}"
            stack[-1] = (base, (index or 0) + 1)
        yield here, match.start(), match.end()
        found += 1
        if kind == _OPEN:
            stack.append((here, None if match.group() == "{" else 0))
        if not stack or found >= _MOST:
            return


def _key(quoted: str) -> str:
    plain = quoted[1:-1]
    if "\\" in plain:
        plain = _ESCAPE.sub(_meant, plain)
    return token(plain)


def _meant(match: re.Match[str]) -> str:
    import json  # noqa: PLC0415 - an escaped key is rare

    return str(json.loads(f'"{match.group()}"'))


def _marks(raw: str, line: int, column: int) -> tuple[Mark, ...]:
    """Where the string goes on behind each escape."""
    marks, longer = [], 0
    for match in _ESCAPE.finditer(raw):
        longer += len(match.group()) - 1
        marks.append(Mark(match.end() - longer, line, column + match.end()))
    return tuple(marks)
