"""Patterns over SQL and over amounts written as text, each with its exact or wider complement: without look-around or case flags, the same
in RE2, JavaScript and Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.policies.prefix import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ONE_SELECT = r"^\s*[Ss][Ee][Ll][Ee][Cc][Tt]\s[^;]*;?\s*$"
SECOND_STATEMENT = r";\s*[^\s]"
BLANK = r"^\s*$"
FILLED = r"\S"
# Parts between slashes that do not begin with a dot, and texts that are no such path.
PLAIN_PATH = r"^[^./\\][^/\\]*(?:/[^./\\][^/\\]*)*$"
NO_PLAIN_PATH = r"(?:^|/)(?:[./]|$)|\\"
NOT_DECIMAL = (r"[^0-9.]", r"^$|^\.|\.$|\..*\.|\.[0-9]{3,}|^0[0-9]")


def letters(word: str) -> str:
    """A word in any case."""
    return "".join(f"[{one.upper()}{one.lower()}]" if one.isalpha() else escape(one) for one in word)


def words(names: Iterable[str]) -> str:
    """Any of some words, whole and in any case."""
    return rf"\b(?:{'|'.join(letters(name) for name in names)})\b"


def parts(names: Iterable[str]) -> str:
    """Any of some names or beginnings of names, in any case."""
    return "|".join(letters(name) for name in names)


def not_first_word(word: str) -> str:
    r"""Exactly the texts that do not begin with a word in any case and white space, white space before it or not."""
    ways = r"(?:$|[^\s])"
    for one in reversed(word):
        pair = f"{one.upper()}{one.lower()}"
        outside = f"{pair}\\s" if one == word[0] else pair
        ways = f"(?:$|[^{outside}]|[{pair}]{ways})"
    return rf"^\s*{ways}"


def below(limit: int) -> str:
    """Plain decimals below a whole number of at least 1, with at most two decimals."""
    return rf"^(?:{'|'.join(_wholes_below(str(limit)))})(?:\.[0-9]{{1,2}})?$"


def not_below(limit: int) -> str:
    """Of plain decimals those that are not."""
    return rf"^(?:{'|'.join(_wholes_from(str(limit)))})(?:\.|$)"


def _wholes_below(limit: str) -> Iterator[str]:
    """Whole numbers from 0 on, without leading zeros: shorter ones, and those that are smaller from some digit on."""
    yield "0"
    if len(limit) > 1:
        yield "[1-9]" + _digits(0, len(limit) - 2)
    for at, digit in enumerate(limit):
        least = 1 if at == 0 else 0
        if int(digit) > least:
            yield f"{limit[:at]}[{least}-{int(digit) - 1}]{_digits(len(limit) - at - 1)}"


def _wholes_from(limit: str) -> Iterator[str]:
    yield f"[1-9][0-9]{{{len(limit)},}}"
    for at, digit in enumerate(limit):
        if digit != "9":
            yield f"{limit[:at]}[{int(digit) + 1}-9]{_digits(len(limit) - at - 1)}"
    yield limit


def _digits(least: int, most: int | None = None) -> str:
    """So many digits."""
    if most is None:
        return f"[0-9]{{{least}}}" if least else ""
    return f"[0-9]{{{least},{most}}}" if most else ""
