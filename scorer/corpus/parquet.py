"""Parquet in pieces: a piece is a range of rows. Columns `server` and `definition`, or `serverName` and `tools`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow.parquet as pq

from scorer.corpus.rows import MAX_ROW, Row
from scorer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Rows of a row group that is read as a whole again for every piece of it.
MAX_GROUP = 16_384
PLACE, BARE = "_place", "_bare"


class Columns(NamedTuple):
    """The columns that hold the server's name and its tool or tools."""

    server: str
    body: str


def columns(file: pq.ParquetFile, name: str) -> Columns:
    """Which columns to read. Raises InputError when it is neither shape."""
    names = file.schema_arrow.names
    for pair in (Columns("server", "definition"), Columns("serverName", "tools"), Columns("server", "tools")):
        if set(pair) <= set(names):
            return pair
    raise InputError(
        f"{name} has the columns {', '.join(names[:8])}",
        "Give it `server` and `definition` (a row a tool), or `serverName` and `tools` (a row a server).",
    )


def opened(handle: Any, name: str) -> pq.ParquetFile:
    """The file, its footer read. Raises InputError when it is not Parquet."""
    import pyarrow as pa  # noqa: PLC0415 - for its error

    try:
        return pq.ParquetFile(handle)
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(
            f"{name} is not a Parquet file: {str(error)[:120]}", "Write it again, or name the other files by a glob."
        ) from None


def largest_group(file: pq.ParquetFile) -> int:
    """Rows of its largest row group."""
    return max((file.metadata.row_group(index).num_rows for index in range(file.num_row_groups)), default=0)


def names(file: pq.ParquetFile, server: str) -> Iterator[tuple[int, str | None]]:
    """Each row's number, from 0, and its server's name; nothing else is read."""
    number = 0
    for batch in file.iter_batches(columns=[server]):
        for value in batch.column(0).to_pylist():
            yield number, value if isinstance(value, str) else None
            number += 1


def rows(file: pq.ParquetFile, name: str, start: int = 0, stop: int | None = None) -> Iterator[Row]:
    """The rows between two row numbers."""
    used = columns(file, name)
    wanted = [*used, *(extra for extra in (PLACE, BARE) if extra in file.schema_arrow.names)]
    stop = file.metadata.num_rows if stop is None else stop
    at = 0
    for group in range(file.num_row_groups):
        count = file.metadata.row_group(group).num_rows
        if at < stop and at + count > start:
            yield from _rows(file, group, wanted, name, at, max(start - at, 0), min(stop - at, count))
        at += count


def _rows(  # noqa: PLR0913, PLR0917 - a piece of a group of a file
    file: pq.ParquetFile, group: int, wanted: list[str], name: str, first: int, start: int, stop: int
) -> Iterator[Row]:
    at = 0
    for batch in file.iter_batches(2048, row_groups=[group], columns=wanted):
        inside = batch.slice(max(start - at, 0), max(min(stop - at, len(batch)) - max(start - at, 0), 0))
        number = first + max(start, at)
        at += len(batch)
        columns = [inside.column(column).to_pylist() for column in wanted]
        for index, (server, body, *spooled) in enumerate(zip(*columns, strict=True), number + 1):
            place, bare = spooled or (f"{name}:{index}", True)
            yield _row(server, body, place, bare=bare)
        if at >= stop:
            return


def _row(server: Any, body: Any, place: str, *, bare: bool) -> Row:
    text = body if isinstance(body, bytes) else body.encode("utf-8", "replace") if isinstance(body, str) else None
    if text is None:
        # A nested column has every key that any row has; a key without a value was not there.
        text = json.dumps(_without_nulls(body), default=str).encode()
    name = server if isinstance(server, str) else None
    if len(text) > MAX_ROW:
        return Row(name, place, b"", fault=f"the row is longer than {MAX_ROW >> 20} MB")
    return Row(name, place, text, bare=bare)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value
