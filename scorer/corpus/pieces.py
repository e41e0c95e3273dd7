"""A piece of a file becomes rows again, on whichever machine scores it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorer.corpus import lines
from scorer.corpus.rows import MAX_ROW, Row
from scorer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorer.corpus.inputs import File


class Span(NamedTuple):
    """A piece of a file. file: its place in the list of files; start, stop: bytes of JSON lines, rows of Parquet.

    first: the number of its first line, from 1 (JSON lines only).
    """

    file: int
    start: int
    stop: int
    first: int = 1


def read_spans(files: Sequence[File], spans: Iterable[Span]) -> Iterator[Row]:
    """The rows of these pieces, in order. Raises InputError when a file has gone."""
    for span in spans:
        yield from read_rows(files[span.file], span)


def read_rows(file: File, span: Span | None = None) -> Iterator[Row]:
    """The rows of a file or of a piece of it, in order. Raises InputError when it cannot be read."""
    try:
        with open_file(file) as handle:
            yield from _READERS[file.kind](handle, file, span)
    except OSError as error:
        raise InputError(f"{file.name} cannot be read: {error.strerror or error}") from None


def open_file(file: File) -> Any:
    """The file's bytes, unpacked where it is compressed."""
    import fsspec  # noqa: PLC0415 - only for corpora

    return fsspec.open(file.address, "rb", compression="infer" if file.kind == "compressed" else None)


def _lines(handle: Any, file: File, span: Span | None) -> Iterator[Row]:
    start, stop, first = (span.start, span.stop, span.first) if span else (0, None, 1)
    for number, (_, line) in enumerate(lines.lines(handle, start, stop), first):
        row = lines.row(file.name, number, line)
        if row is not None:
            yield row


def _parquet(handle: Any, file: File, span: Span | None) -> Iterator[Row]:
    from scorer.corpus import parquet  # noqa: PLC0415 - not every corpus has any

    opened = parquet.opened(handle, file.name)
    yield from parquet.rows(opened, file.name, *((span.start, span.stop) if span else ()))


def _document(handle: Any, file: File, _: Span | None) -> Iterator[Row]:
    yield document(file, handle.read(MAX_ROW + 1))


def document(file: File, text: bytes) -> Row:
    """A whole file as one row: a server as it was captured, called by its file, which is unique where the name in it need not be."""
    name = file.name.removesuffix(".json")
    if len(text) > MAX_ROW:
        return Row(name, file.name, b"", fault=f"the document is longer than {MAX_ROW >> 20} MB")
    return Row(name, file.name, text)


_READERS = {"lines": _lines, "compressed": _lines, "parquet": _parquet, "document": _document}
