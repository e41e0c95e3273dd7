"""A folder of results as a table that answers SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.corpus import manifest
from scorer.corpus.run import part_names
from scorer.corpus.store import open_store
from scorer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb


class Results:
    """The parts of one or more folders, as views of one connection. Half of the memory of a small machine is enough for any number of rows."""

    def __init__(self) -> None:
        import duckdb  # noqa: PLC0415 - only for reports

        self.connection: duckdb.DuckDBPyConnection = duckdb.connect(config={"memory_limit": "1GB"})

    def add(self, view: str, address: str) -> None:
        """Make a folder's rows a view of this name. Raises UsageError for a folder without results."""
        store = open_store(address)
        names = part_names(store)
        if manifest.read(store) is None or not names:
            raise UsageError(f"{address} holds no results", "Name a folder that `toolmark corpus score` wrote.")
        if store.local is None:
            self.connection.register_filesystem(store.fs)
        paths = [
            str(store.local / name) if store.local else store.fs.unstrip_protocol(store.path(name)) for name in names
        ]
        self.connection.read_parquet(paths).create_view(view)

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.connection.execute(query, list(values)).fetchall()

    def row(self, query: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
        """Its first row."""
        return self.rows(query, values)[0]


def graded(location: str) -> int:
    """How many tools of a folder of results were graded."""
    return int(_of(location).row("SELECT count(tdqs) FROM tools")[0])


def first_error(location: str) -> str:
    """Where the first row is that could not be graded, and why; "" for none."""
    found = _of(location).rows("SELECT place || ': ' || error FROM tools WHERE error IS NOT NULL LIMIT 1")
    return str(found[0][0]) if found else ""


def _of(location: str) -> Results:
    results = Results()
    results.add("tools", location)
    return results
