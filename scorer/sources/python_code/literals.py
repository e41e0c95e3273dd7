"""Where the characters of a string literal stand: behind escapes, in further pieces and lines, between the fields of an f-string."""

from __future__ import annotations

import ast
import re
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from scorer.models.tool import Mark
    from scorer.sources.tree.marks import Source

_OPENING = re.compile(r"([rRbBuUfF]{0,2})(\"\"\"|'''|\"|')")
_BETWEEN = re.compile(r"(?:\s|\\\n|#[^\n]*)+")
_ESCAPE = re.compile(r"\\(?:N\{[^}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|[\s\S])")
_FIELD = None
# A stretch of the source: its offset and the characters that it stands for; `_FIELD` for a field of an f-string.
Stretch = tuple[int, str] | None


def stretches(source: str) -> Iterator[Stretch]:
    """What one expression of string literals, one behind the other, consists of. Ends early at what is no literal."""
    position = 0
    while position < len(source):
        if gap := _BETWEEN.match(source, position):
            position = gap.end()
        opening = _OPENING.match(source, position)
        if opening is None:
            return
        position = yield from _body(source, opening)


def _body(source: str, opening: re.Match[str]) -> Generator[Stretch, None, int]:
    prefix, quotes = opening.group(1).lower(), opening.group(2)
    stops = re.compile(rf"{quotes}|\\|\n" + (r"|\{\{|\}\}|\{" if "f" in prefix else ""))
    start = position = opening.end()
    while stop := stops.search(source, position):
        found, position = stop.group(), stop.end()
        if found == "\n" or (found == "\\" and "r" in prefix):
            # A raw string keeps the backslash and what it stands before, be it a quote.
            position += found == "\\"
            continue
        if start < stop.start():
            yield start, source[start : stop.start()]
        if found == quotes:
            return position
        if found == "\\":
            escape = _ESCAPE.match(source, stop.start())
            position = escape.end() if escape else position
            yield stop.start(), _meant(escape.group() if escape else "\\")
        elif found == "{":
            yield _FIELD
            position = _field_end(source, position)
        else:
            yield stop.start(), found[0]
        start = position
    return len(source)


def _meant(escape: str) -> str:
    if escape == "\\\n":
        return ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return str(ast.literal_eval(f'"{escape}"'))
    except (SyntaxError, ValueError):
        return escape


def _field_end(source: str, position: int) -> int:
    """Behind the brace that closes a field."""
    depth = 1
    while position < len(source):
        letter = source[position]
        if letter in "\"'" and (opening := _OPENING.match(source, position)):
            close = source.find(opening.group(2), opening.end())
            position = close + len(opening.group(2)) if close >= 0 else len(source)
            continue
        depth += (letter in "([{") - (letter in ")]}")
        position += 1
        if depth == 0:
            break
    return position


def texts(source: Source) -> list[tuple[str, tuple[Mark, ...]]]:
    """The texts of an expression of string literals before, between and behind the fields of f-strings, each with its marks."""
    groups: list[list[tuple[int, str]]] = [[]]
    for stretch in stretches(source.text):
        if stretch is None:
            groups.append([])
        else:
            groups[-1].append(stretch)
    return [("".join(text for _, text in group), tuple(source.marks(group))) for group in groups]
