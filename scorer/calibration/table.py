"""Observations as columns of numbers."""

from __future__ import annotations

import csv
import hashlib
import io
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from scorer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]
    Truths = NDArray[np.bool_]

NEEDED = ("kind", "key", "server")
_AGAIN = "Make it anew with `toolmark calibrate observe LABELS`."


class Table:
    """Rows as `observe` wrote them. digest: SHA-256 of their text."""

    def __init__(self, rows: Sequence[Mapping[str, str]], digest: str = "") -> None:
        self.rows = rows
        self.digest = digest
        self.columns = tuple(rows[0]) if rows else ()

    def __len__(self) -> int:
        return len(self.rows)

    def texts(self, column: str) -> list[str]:
        """A column as it was written."""
        return [row[column] for row in self.rows]

    def votes(self, column: str) -> list[tuple[float, ...]]:
        """A column of votes, `4;5`; () where empty."""
        return [tuple(map(float, cell.split(";"))) if cell else () for cell in self.texts(column)]

    def numbers(self, column: str) -> Floats:
        """A column of numbers, NaN where empty; of several votes their mean."""
        return np.array([np.mean(votes) if votes else np.nan for votes in self.votes(column)])

    def medians(self, column: str) -> Floats:
        """A column of votes by their medians, NaN where empty."""
        return np.array([np.median(votes) if votes else np.nan for votes in self.votes(column)])

    def holds(self, facts: Iterable[str]) -> Truths:
        """Rows by facts: which hold; an open answer, and a fact that was not asked, hold not."""
        known = [[row.get(fact) == "1" for fact in facts] for row in self.rows] if self.rows else []
        return np.array(known, dtype=np.bool_).reshape(len(self.rows), -1)

    def having(self, *columns: str) -> Indices:
        """The rows in which none of these columns is empty."""
        return np.array([at for at, row in enumerate(self.rows) if all(row.get(c) for c in columns)], dtype=np.intp)

    @cached_property
    def servers(self) -> NDArray[np.str_]:
        """The server of each row."""
        return np.array(self.texts("server"), dtype=np.str_)

    @cached_property
    def captured(self) -> Indices:
        """The rows of captured servers: the corpus at hand, without scores."""
        return np.array([at for at, kind in enumerate(self.texts("kind")) if kind == "captured"], dtype=np.intp)

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that were asked."""
        return tuple(column for column in self.columns if "/" in column)

    @property
    def signals(self) -> tuple[str, ...]:
        """The columns of counts."""
        return tuple(column for column in self.columns if column.startswith("signal."))


def read_table(text: str) -> Table:
    """The table that `write_rows` wrote. Raises InputError for another file."""
    rows = list(csv.DictReader(io.StringIO(text)))
    if not rows or any(column not in rows[0] for column in NEEDED):
        raise InputError("the file holds no observations", _AGAIN)
    broken = next((at for at, row in enumerate(rows, 2) if None in row or None in row.values()), None)
    if broken is not None:
        raise InputError(f"line {broken} of the observations has another number of cells than the header", _AGAIN)
    table = Table(rows, hashlib.sha256(text.encode()).hexdigest())
    _check_numbers(table)
    return table


def _check_numbers(table: Table) -> None:
    for column in table.columns:
        if "." in column or "/" in column:
            try:
                table.votes(column)
            except ValueError as error:
                raise InputError(f"column {column} of the observations is not numeric: {error}", _AGAIN) from None
