"""The input looked through once before it is scored: where each row stands, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.corpus import lines
from scorer.corpus.pieces import Span, document, open_file
from scorer.corpus.rows import MAX_ROW
from scorer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.corpus.inputs import File


class Mark(NamedTuple):
    """A row as the planner sees it. text: None where it is not read for planning."""

    server: str | None
    span: Span
    weight: int
    text: bytes | None = None


def marks(index: int, file: File) -> Iterator[Mark]:
    """The rows of a file, in order. index: its place in the list of files. Raises InputError when it cannot be read."""
    try:
        with open_file(file) as handle:
            yield from {"lines": _of_lines, "parquet": _of_parquet, "document": _of_document}[file.kind](
                handle, index, file
            )
    except OSError as error:
        raise InputError(f"{file.name} cannot be read: {error.strerror or error}") from None


def _of_lines(handle: object, index: int, file: File) -> Iterator[Mark]:
    for number, (start, line) in enumerate(lines.lines(handle), 1):
        row = lines.row(file.name, number, line)
        if row is not None:
            yield Mark(row.server, Span(index, start, start + len(line), number), len(line), row.text)


def _of_parquet(handle: object, index: int, file: File) -> Iterator[Mark]:
    from scorer.corpus import parquet  # noqa: PLC0415 - not every corpus has any

    opened = parquet.opened(handle, file.name)
    groups = (opened.metadata.row_group(group).total_byte_size for group in range(opened.num_row_groups))
    weight = sum(groups) // max(opened.metadata.num_rows, 1)
    for number, name in parquet.names(opened, parquet.columns(opened, file.name).server):
        yield Mark(name, Span(index, number, number + 1), weight)


def _of_document(handle: object, index: int, file: File) -> Iterator[Mark]:
    row = document(file, handle.read(MAX_ROW + 1))  # type: ignore[attr-defined]
    yield Mark(row.server, Span(index, 0, file.size), file.size, row.text)
