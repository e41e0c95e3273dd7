"""The text that a JavaScript string literal stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\s\S]))")
_SHORT = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "0": "\0",
    "\n": "",
    "\r\n": "",
    "\r": "",
    "\u2028": "",
    "\u2029": "",
}
# What stands for something else in a literal: a pair of escapes for one character, an escape, a line end of two characters.
_HELD = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|" + _ESCAPE.pattern + "|\r\n")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def unescaped(raw: str) -> str:
    """The literal's text with its escapes resolved."""
    if "\\" not in raw:
        return raw
    return _PAIR.sub(_joined, _ESCAPE.sub(_resolved, raw))


def stretches(raw: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """What a literal's text between two offsets consists of: the offset of each stretch and the characters that it stands for."""
    for match in _HELD.finditer(raw, start, end):
        if start < match.start():
            yield start, raw[start : match.start()]
        yield match.start(), "\n" if match.group() == "\r\n" else unescaped(match.group())
        start = match.end()
    if start < end:
        yield start, raw[start:end]


def _resolved(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2) or match.group(3)
    if code:
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF else "\ufffd"
    letter = match.group(4)
    return _SHORT.get(letter, letter)


def _joined(match: re.Match[str]) -> str:
    return match.group().encode("utf-16", "surrogatepass").decode("utf-16")
