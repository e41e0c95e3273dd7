"""A corpus cut into parts, each some thousand tools of whole servers; the same input gives the same parts."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from scorer.corpus import lines
from scorer.corpus.pieces import Span, document, open_file
from scorer.corpus.rows import MAX_ROW
from scorer.errors import InputError
from scorer.models.base import model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scorer.corpus.inputs import File

# Bytes of input in a part, about. Between half of it and twice of it a part ends before a server whose name says so, so that
# a server more or less moves the edges of few parts.
PART = 4 << 20
_ONE_IN = 64


@model
class Part:
    """Some servers that are scored together. weight: bytes of input, about."""

    index: int
    spans: tuple[Span, ...]
    rows: int
    weight: int

    @property
    def name(self) -> str:
        """The name of its file of results."""
        return f"part-{self.index:06d}.parquet"


@model
class Plan:
    """All parts, in the order of the input."""

    files: tuple[File, ...]
    parts: tuple[Part, ...]
    servers: int

    @property
    def rows(self) -> int:
        """Rows in all."""
        return sum(part.rows for part in self.parts)


class _Mark(NamedTuple):
    """A row as the planner sees it."""

    server: str | None
    span: Span
    weight: int


def make_plan(files: Sequence[File], size: int = PART, watch: Callable[[int], None] = lambda _: None) -> Plan:
    """The parts of these files; each is read once, the servers' names alone are kept (as eight bytes of their hash).

    size: bytes of input in a part, about. watch: told the bytes of a file after it was read. Raises InputError where the rows of a server stand apart.
    """
    cutter = _Cutter(size)
    for index, file in enumerate(files):
        for mark in _marks(index, file):
            cutter.take(mark, file)
        watch(file.size)
    return Plan(tuple(files), tuple(cutter.finish()), len(cutter.seen))


class _Cutter:
    def __init__(self, size: int) -> None:
        self.least, self.most = size // 2, size * 2
        self.parts: list[Part] = []
        self.seen: set[int] = set()
        self.server: str | None = None
        self.spans: list[Span] = []
        self.rows = self.weight = 0

    def take(self, mark: _Mark, file: File) -> None:
        if mark.server is not None and mark.server != self.server:
            self._next_server(mark.server, file, mark.span)
        span, last = mark.span, self.spans[-1] if self.spans else None
        if last is not None and last.file == span.file:
            self.spans[-1] = Span(last.file, last.start, span.stop, last.first)
        else:
            self.spans.append(span)
        self.rows += 1
        self.weight += mark.weight

    def _next_server(self, name: str, file: File, span: Span) -> None:
        key = int.from_bytes(sha256(name.encode("utf-8", "surrogatepass")).digest()[:8])
        if key in self.seen:
            number = span.first if file.kind == "lines" else span.start + 1
            raise InputError(
                f"the rows of {name[:80]} do not stand together: one more, after other servers, at {file.name}:{number}",
                "Pass --sort to have the rows sorted by server first, on disk.",
            )
        self.seen.add(key)
        self.server = name
        ends_here = self.weight >= self.least and crc32(name.encode("utf-8", "surrogatepass")) % _ONE_IN == 0
        if ends_here or self.weight >= self.most:
            self._cut()

    def _cut(self) -> None:
        self.parts.append(Part(len(self.parts), tuple(self.spans), self.rows, self.weight))
        self.spans, self.rows, self.weight = [], 0, 0

    def finish(self) -> list[Part]:
        if self.spans:
            self._cut()
        return self.parts


def _marks(index: int, file: File) -> Iterator[_Mark]:
    try:
        with open_file(file) as handle:
            yield from {"lines": _of_lines, "parquet": _of_parquet, "document": _of_document}[file.kind](
                handle, index, file
            )
    except OSError as error:
        raise InputError(f"{file.name} cannot be read: {error.strerror or error}") from None


def _of_lines(handle: object, index: int, file: File) -> Iterator[_Mark]:
    for number, (start, line) in enumerate(lines.lines(handle), 1):
        row = lines.row(file.name, number, line)
        if row is not None:
            yield _Mark(row.server, Span(index, start, start + len(line), number), len(line))


def _of_parquet(handle: object, index: int, file: File) -> Iterator[_Mark]:
    from scorer.corpus import parquet  # noqa: PLC0415 - not every corpus has any

    opened = parquet.opened(handle, file.name)
    groups = (opened.metadata.row_group(group).total_byte_size for group in range(opened.num_row_groups))
    weight = sum(groups) // max(opened.metadata.num_rows, 1)
    for number, name in parquet.names(opened, parquet.columns(opened, file.name).server):
        yield _Mark(name, Span(index, number, number + 1), weight)


def _of_document(handle: object, index: int, file: File) -> Iterator[_Mark]:
    row = document(file, handle.read(MAX_ROW + 1))  # type: ignore[attr-defined]
    yield _Mark(row.server, Span(index, 0, file.size), file.size)
