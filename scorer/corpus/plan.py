"""A corpus cut into parts, each some thousand tools of whole servers; the same input gives the same parts."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from scorer.corpus.marks import marks
from scorer.corpus.pieces import Span
from scorer.corpus.previous import Kept, Key
from scorer.errors import InputError
from scorer.models.base import model

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorer.corpus.inputs import File
    from scorer.corpus.marks import Mark
    from scorer.corpus.previous import Previous

# Bytes of input in a part, about. Between half of it and twice of it a part ends before a server whose name says so, so that
# a server more or less moves the edges of few parts.
PART = 4 << 20
_ONE_IN = 64


@model
class Part:
    """Some servers that are scored together, or copied from an earlier run. weight: bytes of input, about; fresh: those to be graded."""

    index: int
    steps: tuple[Span | Kept, ...]
    rows: int
    weight: int
    fresh: int

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


class Earlier(NamedTuple):
    """An earlier run, and the stamp of what scores now."""

    previous: Previous
    stamp: str


def make_plan(
    files: Sequence[File],
    size: int = PART,
    watch: Callable[[int], None] = lambda _: None,
    earlier: Earlier | None = None,
) -> Plan:
    """The parts of these files; each is read once, the servers' names alone are kept (as eight bytes of their hash).

    size: bytes of input in a part, about. watch: told the bytes of a file after it was read. earlier: where what is unchanged is copied from.
    Raises InputError where the rows of a server stand apart.
    """
    cutter = _Cutter(size, earlier)
    for index, file in enumerate(files):
        for mark in marks(index, file):
            cutter.take(mark, file)
        watch(file.size)
    return Plan(tuple(files), tuple(cutter.finish()), len(cutter.seen))


class _Open:
    """The server whose rows are being read."""

    def __init__(self, name: str, earlier: Earlier | None) -> None:
        self.name, self.weight = name, 0
        self.spans: list[Span] = []
        self.key = Key(name, earlier.stamp) if earlier else None

    def take(self, mark: Mark) -> None:
        _extend(self.spans, mark.span)
        self.weight += mark.weight
        if mark.text is None:
            self.key = None
        elif self.key is not None:
            self.key.add(mark.text)


def _extend(spans: list[Span] | list[Span | Kept], span: Span) -> None:
    """Add a piece, in one with the last where that is of the same file."""
    last = spans[-1] if spans else None
    if isinstance(last, Span) and last.file == span.file:
        spans[-1] = Span(last.file, last.start, span.stop, last.first)
    else:
        spans.append(span)


class _Cutter:
    def __init__(self, size: int, earlier: Earlier | None) -> None:
        self.least, self.most, self.earlier = size // 2, size * 2, earlier
        self.parts: list[Part] = []
        self.seen: set[int] = set()
        self.steps: list[Span | Kept] = []
        self.rows = self.weight = self.fresh = 0
        self.server = _Open("", earlier)

    def take(self, mark: Mark, file: File) -> None:
        if mark.server is not None and (mark.server != self.server.name or not self.seen):
            self._next_server(mark.server, file, mark.span)
        self.server.take(mark)
        self.rows += 1
        self.weight += mark.weight

    def _next_server(self, name: str, file: File, span: Span) -> None:
        self._close()
        key = int.from_bytes(sha256(name.encode("utf-8", "surrogatepass")).digest()[:8])
        if key in self.seen:
            number = span.first if file.kind == "lines" else span.start + 1
            raise InputError(
                f"the rows of {name[:80]} do not stand together: one more, after other servers, at {file.name}:{number}",
                "Pass --sort to have the rows sorted by server first, on disk.",
            )
        self.seen.add(key)
        self.server = _Open(name, self.earlier)
        ends_here = self.weight >= self.least and crc32(name.encode("utf-8", "surrogatepass")) % _ONE_IN == 0
        if ends_here or self.weight >= self.most:
            self._cut()

    def _close(self) -> None:
        """The server is read: what is to be done about it becomes a step."""
        server = self.server
        kept = self.earlier.previous.find(int(server.key)) if self.earlier and server.key and server.spans else None
        if kept is None:
            self.fresh += server.weight
            # Behind a copied server a piece of its own: what lies between is not to be read.
            for span in server.spans:
                _extend(self.steps, span)
        elif self.steps and isinstance(last := self.steps[-1], Kept) and (joined := last.joined(kept)):
            self.steps[-1] = joined
        else:
            self.steps.append(kept)

    def _cut(self) -> None:
        self.parts.append(Part(len(self.parts), tuple(self.steps), self.rows, self.weight, self.fresh))
        self.steps, self.rows, self.weight, self.fresh = [], 0, 0, 0

    def finish(self) -> list[Part]:
        self._close()
        if self.steps:
            self._cut()
        return self.parts
