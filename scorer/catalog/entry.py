"""One mapping of a rubric file, read strictly: every key is known, every value has its type, every error names both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorer.errors import RubricError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_TENTHS = re.compile(r"[+-]?\d{1,3}(?:\.\d)?")


def nearest(word: str, known: Iterable[str], count: int = 1) -> list[str]:
    """The known words that look most like `word`, best first; empty when none does."""
    import difflib  # noqa: PLC0415 - only an error needs it

    return difflib.get_close_matches(word, list(known), count, cutoff=0.5)


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A tip that names the nearest known words, or all of them when none is near."""
    near = nearest(word, known)
    return f"Did you mean {near[0]!r}?" if near else f"Known here: {', '.join(sorted(known))}."


class Entry:
    """A mapping and where it stands, for error messages."""

    def __init__(self, values: Any, file: str, where: str, known: Collection[str] | None = None) -> None:
        """values: what was read; where: its name in the file ("" for the whole file); known: the allowed keys (None: any)."""
        self._file, self._where = file, where
        if not isinstance(values, dict):
            raise self.error("", "must be a mapping")
        self.values: dict[str, Any] = values
        for key in values:
            if known is not None and key not in known:
                raise self.error(key, "unknown key", did_you_mean(key, known))

    def error(self, key: str, problem: str, tip: str = "") -> RubricError:
        """An error about one key."""
        path = ".".join(part for part in (self._where, key) if part)
        return RubricError(f"{self._file}: {path + ': ' if path else ''}{problem}", tip)

    def entry(self, key: str, known: Collection[str] | None = None) -> Entry:
        """The mapping at a key."""
        where = f"{self._where}.{key}" if self._where else key
        return Entry(self._get(key), self._file, where, known)

    def _get(self, key: str) -> Any:
        if key not in self.values:
            raise self.error(key, "missing")
        return self.values[key]

    def optional(self, key: str) -> str:
        """The text at a key, white space joined; "" when the key is absent or empty."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self.error(key, "must be text")
        return value.strip()

    def text(self, key: str) -> str:
        """The text at a key that must not be empty."""
        self._get(key)
        value = self.optional(key)
        if not value:
            raise self.error(key, "must not be empty")
        return value

    def texts(self, key: str) -> list[str]:
        """The list of texts at a key."""
        values = self._get(key)
        if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
            raise self.error(key, "must be a list of names")
        return values

    def tenths(self, key: str) -> int:
        """A number with at most one decimal, in tenths."""
        value = self.text(key)
        if not _TENTHS.fullmatch(value):
            raise self.error(key, f"{value!r} is not a number of tenths", "Write it with one decimal, such as -0.5.")
        whole, _, decimal = value.partition(".")
        return int(whole + (decimal or "0"))

    def whole(self, key: str) -> int:
        """A whole number, not negative."""
        value = self.text(key)
        if not (value.isascii() and value.isdigit()):
            raise self.error(key, f"{value!r} is not a whole number")
        return int(value)

    def number(self, key: str) -> float:
        """Any decimal number."""
        value = self.text(key)
        if not re.fullmatch(r"\d+(?:\.\d+)?", value):
            raise self.error(key, f"{value!r} is not a number")
        return float(value)

    def truth(self, key: str) -> bool:
        """True or false; false when absent."""
        value = self.optional(key) or "false"
        if value not in ("true", "false"):
            raise self.error(key, f"{value!r} is neither true nor false")
        return value == "true"
