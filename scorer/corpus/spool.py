"""The input rewritten on disk, sorted by server or only unpacked, in a form that can be read in pieces."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow as pa

from scorer.corpus.inputs import File
from scorer.corpus.pieces import open_file, read_rows
from scorer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.corpus.rows import Row
    from scorer.corpus.store import Store

NAME = "_spool.parquet"
_ROWS, _GROUP, _MEMORY = 1024, 4096, "192MB"
_COLUMNS = pa.schema(
    [
        ("number", pa.int64()),
        ("server", pa.string()),
        ("definition", pa.binary()),
        ("_place", pa.string()),
        ("_bare", pa.bool_()),
    ]
)


def is_needed(file: File) -> bool:
    """Whether a file cannot be read in pieces as it is: compressed as a whole, or Parquet of large row groups."""
    if file.kind != "parquet":
        return file.kind == "compressed"
    from scorer.corpus import parquet  # noqa: PLC0415 - not every corpus has any

    with open_file(file) as handle:
        return parquet.largest_group(parquet.opened(handle, file.name)) > parquet.MAX_GROUP


def as_file(store: Store) -> File:
    """The rewritten input as the one file of the corpus."""
    info = store.fs.info(store.path(NAME))
    return File(store.fs.unstrip_protocol(store.path(NAME)), NAME, "parquet", int(info["size"]), "")


def write(files: Sequence[File], store: Store, *, sort: bool) -> None:
    """Rewrite the files into the output folder, which then holds all of it or none of it. Raises InputError.

    Sorting is stable: the rows of a server keep their order. It happens on disk, beside the output (or in the temporary folder for an object store).
    """
    if store.local is not None:
        store.local.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".spool-", dir=store.local, suffix=".unfinished") as name:
        folder = Path(name)
        _copy(files, folder, sort=sort)
        if store.local is not None:
            (folder / NAME).replace(store.local / NAME)
        else:
            store.fs.put_file(str(folder / NAME), store.path(NAME))


def _copy(files: Sequence[File], folder: Path, *, sort: bool) -> None:
    import duckdb  # noqa: PLC0415 - only to sort

    options: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": _MEMORY,
        "temp_directory": str(folder),
        "preserve_insertion_order": not sort,
    }
    connection = duckdb.connect(config=options)
    source = pa.RecordBatchReader.from_batches(_COLUMNS, _batches(files))
    connection.register("source", source)
    order = "ORDER BY server, number" if sort else ""
    target = str(folder / NAME).replace("'", "''")
    query = (
        f"COPY (SELECT * EXCLUDE number FROM source {order}) TO '{target}' (FORMAT parquet, ROW_GROUP_SIZE {_GROUP})"  # noqa: S608 - a path of ours
    )
    try:
        connection.execute(query)
    except duckdb.Error as error:
        raise InputError(f"the input cannot be rewritten: {str(error).splitlines()[0]}") from None
    finally:
        connection.close()


def _batches(files: Sequence[File]) -> Iterator[pa.RecordBatch]:
    held: list[Row] = []
    number = 0
    for file in files:
        for row in read_rows(file):
            held.append(row)
            if len(held) == _ROWS:
                yield _batch(held, number)
                number, held = number + len(held), []
    yield _batch(held, number)


def _batch(rows: Sequence[Row], first: int) -> pa.RecordBatch:
    columns = (
        range(first, first + len(rows)),
        [row.server for row in rows],
        [row.text for row in rows],
        [row.place for row in rows],
        [row.bare for row in rows],
    )
    arrays = [pa.array(values, field.type) for values, field in zip(columns, _COLUMNS, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=_COLUMNS)
