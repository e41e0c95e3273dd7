"""One table of a configuration: its values by their Python names, of the type that is expected or an error that names the key."""

from __future__ import annotations

from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from scorer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Table:
    """A TOML table. Keys may be written with hyphens, as the options are, or with underscores."""

    def __init__(self, values: dict[str, Any], file: str, name: str, known: Sequence[str]) -> None:
        """Raises UsageError for a key that is not among `known`, or stands there in both spellings."""
        self.file, self.name = file, name
        self.values: dict[str, Any] = {}
        for key, value in values.items():
            plain = key.replace("-", "_")
            if plain not in known:
                raise self.error(key, "is no key that toolmark knows", _nearest(plain, known))
            if plain in self.values:
                raise self.error(key, "is there twice, with hyphens and with underscores", "Keep one of them.")
            self.values[plain] = value

    def error(self, key: str, what: str, tip: str) -> UsageError:
        """What is wrong with a key, or with the table ("")."""
        where = ".".join(part for part in (self.name, key) if part)
        return UsageError(f"{self.file}: {where or 'the table'} {what}", tip)

    def text(self, key: str) -> str | None:
        """A string, None when absent."""
        found: str | None = self._typed(key, str, "text", 'Write it in quotes: "...".')
        return found

    def flag(self, key: str) -> bool:
        """True or false; false when absent."""
        return bool(self._typed(key, bool, "true or false", "Write true or false."))

    def number(self, key: str) -> float | None:
        """A number, None when absent."""
        value = self.values.get(key)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        raise self.error(key, "is not a number", "Write a number without quotes.")

    def text_or_number(self, key: str) -> str | float | None:
        """A string or a number, None when absent."""
        value = self.values.get(key)
        return value if isinstance(value, str) else self.number(key)

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A list of strings; one string may stand for a list of one. None when absent."""
        value = self.values.get(key)
        if value is None:
            return None
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise self.error(key, "is not a list of texts", 'Write it like ["usage/says-when", "purpose/*"].')
        return tuple(items)

    def day(self, key: str) -> str | None:
        """A date, as TOML writes one or in quotes; ISO 8601, None when absent."""
        value = self.values.get(key)
        if value is None:
            return None
        try:
            if isinstance(value, date) and not isinstance(value, datetime):
                return value.isoformat()
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            raise self.error(key, "is not a date", "Write it as 2027-01-31.") from None

    def tables(self, key: str, known: Sequence[str]) -> Iterator[Table]:
        """The tables of an array of tables."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(key, "is not a list of tables", f"Write [[{self._path(key)}]] above each.")
        for number, item in enumerate(value, 1):
            yield Table(item, self.file, f"{self._path(key)} #{number}", known)

    def named_tables(self, key: str, known: Sequence[str]) -> list[tuple[str, Table]]:
        """The tables of a table, with their names."""
        value = self.values.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(item, dict) for item in value.values()):
            raise self.error(key, "is not a table of servers", f"Write [{self._path(key)}.NAME] above each.")
        return [(name, Table(item, self.file, f"{self._path(key)}.{name}", known)) for name, item in value.items()]

    def _path(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key

    def _typed(self, key: str, kind: type, what: str, tip: str) -> Any:
        value = self.values.get(key)
        if value is not None and not isinstance(value, kind):
            raise self.error(key, f"is not {what}", tip)
        return value


def _nearest(key: str, known: Sequence[str]) -> str:
    # Keys are read with either; the options that they are named after have hyphens.
    written = [name.replace("_", "-") for name in known]
    close = get_close_matches(key.replace("_", "-"), written, n=1, cutoff=0.5)
    return f"Did you mean {close[0]}?" if close else f"There are {', '.join(written)}."
