"""JSON with places: what the standard library parses, and where each tool of the document begins.

The standard decoder does the parsing; this steps through the few outer levels where a tool list may stand, so that the
elements' offsets are known, and so that one element that cannot be held does not take the others with it.
"""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder
from typing import Any

from scorer.models.base import model
from scorer.models.tool import Problem
from scorer.sources.numbers import BadNumberError, placed, real, refuse, whole

_OBJECTS = frozenset({"", "/result"})
_LISTS = frozenset({"", "/tools", "/result/tools"})
_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_BRACKET = re.compile(_STRING + r"|[\[\]{}]", re.DOTALL)


@model
class Element:
    """One element of a tool list: its value, its offset, the keys that stand twice in it, or why it has no value."""

    value: Any
    start: int
    repeated: tuple[str, ...] = ()
    unreadable: Problem | None = None


@model
class Document:
    """A parsed document. elements: by pointer, for the lists where tools may stand. repeated: outer keys that stand twice."""

    value: Any
    elements: dict[str, list[Element]]
    repeated: tuple[str, ...] = ()


def parse(text: str) -> Document:
    """The document, strictly JSON but for keys that stand twice, where the last counts.

    Raises JSONDecodeError, BadNumberError, or RecursionError where no list element can be left out instead.
    """
    scanner = _Scanner(text)
    value, end = scanner.value(scanner.skip(0), "")
    end = scanner.skip(end)
    if end != len(text):
        raise JSONDecodeError("Extra data", text, end)
    return Document(value, scanner.elements, scanner.take())


def line_of(text: str, pos: int) -> int:
    """The 1-based line of an offset."""
    return text.count("\n", 0, pos) + 1


def column_of(text: str, pos: int) -> int:
    """The 1-based column of an offset, in characters."""
    return pos - text.rfind("\n", 0, pos)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.elements: dict[str, list[Element]] = {}
        self.repeated: list[str] = []
        self.decoder = JSONDecoder(
            object_pairs_hook=self._object, parse_constant=refuse, parse_int=whole, parse_float=real
        )

    def skip(self, pos: int) -> int:
        found = _SPACE.match(self.text, pos)
        return found.end() if found else pos

    def take(self) -> tuple[str, ...]:
        """The keys that stood twice since the last call, each once."""
        found = tuple(dict.fromkeys(self.repeated))
        self.repeated.clear()
        return found

    def value(self, pos: int, pointer: str) -> tuple[Any, int]:
        opener = self.text[pos : pos + 1]
        if opener == "{" and pointer in _OBJECTS:
            return self._members(pos, pointer)
        if opener == "[" and pointer in _LISTS:
            return self._items(pos, pointer)
        return self._plain(pos)

    def _plain(self, pos: int) -> tuple[Any, int]:
        try:
            return self.decoder.raw_decode(self.text, pos)
        except BadNumberError as error:
            raise placed(error, self.text, pos) from None

    def _members(self, pos: int, pointer: str) -> tuple[dict[str, Any], int]:
        pairs: list[tuple[str, Any]] = []
        pos = self.skip(pos + 1)
        while self.text[pos : pos + 1] != "}" or pairs:
            if self.text[pos : pos + 1] != '"':
                raise JSONDecodeError("Expecting property name enclosed in double quotes", self.text, pos)
            key, pos = self.decoder.raw_decode(self.text, pos)
            pos = self.skip(self._expect(":", self.skip(pos)))
            value, pos = self.value(pos, f"{pointer}/{key}")
            pairs.append((key, value))
            pos = self.skip(pos)
            if self.text[pos : pos + 1] == "}":
                break
            pos = self.skip(self._expect(",", pos))
        return self._object(pairs), pos + 1

    def _items(self, pos: int, pointer: str) -> tuple[list[Any], int]:
        found: list[Element] = []
        pos = self.skip(pos + 1)
        while self.text[pos : pos + 1] != "]" or found:
            outer = tuple(self.repeated)
            self.repeated.clear()
            element, pos = self._element(pos)
            found.append(element)
            self.repeated = list(outer)
            pos = self.skip(pos)
            if self.text[pos : pos + 1] == "]":
                break
            pos = self.skip(self._expect(",", pos))
        self.elements[pointer] = found
        return [element.value for element in found], pos + 1

    def _element(self, pos: int) -> tuple[Element, int]:
        try:
            value, end = self._plain(pos)
        except RecursionError:
            problem = Problem("too-deep", "the definition is nested too deeply to be read")
        except BadNumberError as error:
            where = f"line {line_of(self.text, error.pos)}, column {column_of(self.text, error.pos)}"
            problem = Problem("not-a-number", f"{error} at {where} is not a number that JSON can carry")
        else:
            return Element(value, pos, self.take()), end
        self.repeated.clear()
        return Element(None, pos, unreadable=problem), self._after(pos)

    def _expect(self, mark: str, pos: int) -> int:
        if self.text[pos : pos + 1] != mark:
            raise JSONDecodeError(f"Expecting '{mark}' delimiter", self.text, pos)
        return pos + 1

    def _after(self, pos: int) -> int:
        """The offset behind the bracketed value at `pos`, without parsing it."""
        depth = 0
        for found in _BRACKET.finditer(self.text, pos):
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found.group(), 0)
            if depth <= 0:
                return found.end()
        raise JSONDecodeError("Unterminated value", self.text, len(self.text))

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                self.repeated += [key] if key in seen else []
                seen.add(key)
        return found
