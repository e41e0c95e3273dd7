"""One part, scored: what runs in every process, on this machine or another, and depends on nothing but its arguments."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scorer import engine
from scorer.catalog import load_rubric
from scorer.corpus.definitions import listed
from scorer.corpus.pieces import Span, read_spans
from scorer.corpus.previous import SERVERS, Kept, key_of
from scorer.corpus.rows import servers
from scorer.corpus.store import open_store
from scorer.corpus.table import schema, server_rows, table, to_bytes
from scorer.models.base import model

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from scorer.corpus.inputs import File
    from scorer.corpus.plan import Part
    from scorer.corpus.previous import Previous
    from scorer.corpus.rows import Server


@model
class Job:
    """What every part of a run has in common. output: the folder's address. stamp: names the rubric and the version that score."""

    files: tuple[File, ...]
    output: str
    stamp: str
    previous: Previous | None = None


@model
class Done:
    """What became of a part: tools graded, of those copied from the earlier run, and rows that could not be graded."""

    part: int
    weight: int
    tools: int
    copied: int
    errors: int


def score_part(part: Part, job: Job) -> Done:
    """Grade a part's servers and write its file, whole or not at all; run twice it writes the same bytes twice.

    Raises InputError when its input cannot be read any more, OSError when its file cannot be written.
    """
    if (whole := _whole(part, job)) is not None:
        rows = sum(step.rows for step in part.steps if isinstance(step, Kept))
        open_store(job.output).write(part.name, whole)
        return Done(part.index, part.weight, rows, rows, 0)
    result = _Result(job)
    spans: list[Span] = []
    for step in part.steps:
        if isinstance(step, Span):
            spans.append(step)
            continue
        result.read(spans)
        result.keep(step)
        spans = []
    result.read(spans)
    open_store(job.output).write(part.name, result.to_bytes())
    return Done(part.index, part.weight, result.tools, result.copied, result.errors)


def _whole(part: Part, job: Job) -> bytes | None:
    """The file of an earlier run where nothing in the part has changed: the same rows would give the same bytes."""
    only = part.steps[0] if len(part.steps) == 1 else None
    return job.previous.whole(only) if job.previous is not None and isinstance(only, Kept) else None


class _Result:
    """The rows of a part as they come: freshly graded ones as tuples until they are many, copied ones as slices."""

    def __init__(self, job: Job) -> None:
        self.job, self.rubric = job, load_rubric()
        self.columns = schema(self.rubric)
        self.fresh: list[tuple[Any, ...]] = []
        self.pieces: list[pa.Table] = []
        self.kept: Kept | None = None
        self.servers: list[tuple[int, int]] = []
        self.tools = self.copied = self.errors = 0

    def read(self, spans: Sequence[Span]) -> None:
        """Take in the servers of some pieces of the input, which follow each other."""
        for server in servers(read_spans(self.job.files, spans)):
            self._add(server)

    def _add(self, server: Server) -> None:
        key = key_of(server, self.job.stamp)
        kept = self.job.previous.find(key) if self.job.previous is not None else None
        if kept is not None:
            self.keep(kept)
        else:
            self._grade(server, key)

    def keep(self, kept: Kept) -> None:
        """Copy these rows, in one piece with those before them where they stood together in the earlier run, too."""
        self.tools += kept.rows
        self.copied += kept.rows
        joined = self.kept.joined(kept) if self.kept is not None else None
        if joined is None:
            self._flush()
        self.kept = joined or kept

    def _grade(self, server: Server, key: int) -> None:
        self._flush_kept()
        found = listed(server)
        rows = server_rows(found, engine.grade(found.tools, rubric=self.rubric), self.rubric)
        bad = sum(row[4] is not None for row in rows)
        self.fresh += rows
        self.servers.append((0 if bad else key, len(rows)))
        self.tools += len(rows) - bad
        self.errors += bad

    def _flush_kept(self) -> None:
        if self.kept is not None and self.job.previous is not None:
            self.pieces.append(self.job.previous.rows(self.kept))
            self.servers += self.job.previous.servers(self.kept)
            self.kept = None

    def _flush(self) -> None:
        self._flush_kept()
        if self.fresh:
            self.pieces.append(table(self.fresh, self.columns))
            self.fresh = []

    def to_bytes(self) -> bytes:
        import pyarrow as pa  # noqa: PLC0415 - where the types of this file come from

        self._flush()
        whole = pa.concat_tables(self.pieces or [table((), self.columns)])
        return to_bytes(whole, {SERVERS: json.dumps(self.servers, separators=(",", ":"))})
