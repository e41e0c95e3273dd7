"""Numbers as strict JSON has them: finite, and such that a double holds them."""

from __future__ import annotations

import re
from math import isinf
from typing import NoReturn

# Digits that a double may surely have before its point.
_DIGITS = 308
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|-?(?:NaN|Infinity|\d[\d.eE+-]*)', re.DOTALL)


class BadNumberError(ValueError):
    """A number that JSON does not know, or that no double holds; `pos` is its offset."""

    def __init__(self, number: str, pos: int = 0) -> None:
        super().__init__(f"`{number}`" if len(number) <= 24 else f"a number of {len(number):,} characters")
        self.pos = pos


def refuse(constant: str) -> NoReturn:
    """For NaN, Infinity and -Infinity, which Python's decoder would take."""
    raise BadNumberError(constant)


def whole(digits: str) -> int:
    """An integer. Raises BadNumberError beyond a double's range (and so before Python's own limit of digits)."""
    return int(digits) if len(digits) <= _DIGITS else refuse(digits)


def real(digits: str) -> float:
    """A number with a fraction or an exponent. Raises BadNumberError when a double would be infinite."""
    value = float(digits)
    return refuse(digits) if isinf(value) else value


def placed(error: BadNumberError, text: str, start: int) -> BadNumberError:
    """The error with the offset of the first unfit number from `start` on, which a decoder's hook cannot know."""
    for found in _TOKEN.finditer(text, start):
        if not found.group().startswith('"') and _unfit(found.group()):
            return BadNumberError(found.group(), found.start())
    return error


def _unfit(number: str) -> bool:
    digits = number.removeprefix("-")
    if digits.isdecimal():
        return len(number) > _DIGITS
    try:
        return digits in ("NaN", "Infinity") or isinf(float(number))
    except ValueError:
        return False
