"""The parts of a run on the cores of this machine."""

from __future__ import annotations

import gc
import os
import signal
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING

from scorer.corpus.part import Done, score_part
from scorer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.corpus.part import Job
    from scorer.corpus.plan import Part

# How often a part may take its process down (a kill for memory, most often) before the run gives up.
_TRIES = 3
# Bytes of input to be graded for which it pays to start one more process; copying goes faster than that.
_WORTH = 2 << 20


def run_local(parts: Sequence[Part], job: Job, workers: int | None = None) -> Iterator[Done]:
    """Score the parts in as many processes (by default all cores, or fewer where little is to be graded), and tell of each when it is written, in any order.

    With one worker everything happens in this process. A process that dies is replaced and its parts are scored again. Raises InputError for a part
    that took three processes with it, and whatever `score_part` raises.
    """
    count = min(workers or min(cores(), sum(part.fresh for part in parts) // _WORTH), len(parts))
    if count <= 1:
        yield from (score_part(part, job) for part in parts)
        return
    left = {part.index: part for part in parts}
    for attempt in range(1, _TRIES + 1):
        try:
            for done in _run(list(left.values()), job, count):
                del left[done.part]
                yield done
        except BrokenProcessPool:
            if attempt == _TRIES:
                raise InputError(
                    "the processes that score were ended three times, perhaps because memory ran out",
                    "Run the same command again with a smaller --workers; it goes on where it was.",
                ) from None
        else:
            return


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _run(parts: Sequence[Part], job: Job, count: int) -> Iterator[Done]:
    waiting = iter(parts)
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=prepare, initargs=(job,))
    try:
        # One part in hand for each process, and one more on its desk: neither idles, and little is lost by an end.
        running = {pool.submit(_score, part) for part in islice(waiting, 2 * count)}
        while running:
            finished, running = _wait(running)
            for future in finished:
                yield future.result()
                running |= {pool.submit(_score, part) for part in islice(waiting, 1)}
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _wait(running: set[Future[Done]]) -> tuple[set[Future[Done]], set[Future[Done]]]:
    finished, left = wait(running, return_when=FIRST_COMPLETED)
    return finished, left


_JOB: list[Job] = []


def prepare(job: Job) -> None:
    """Make a process ready: Ctrl-C is the parent's business, one thread is enough, and what is loaded now stays."""
    import pyarrow as pa  # noqa: PLC0415 - likewise loaded once

    from scorer.catalog import load_risk_rules, load_rubric  # noqa: PLC0415 - read now, not with the first part

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    load_rubric()
    load_risk_rules()
    gc.freeze()
    _JOB[:] = [job]


def _score(part: Part) -> Done:
    return score_part(part, _JOB[0])
