"""The parts of a run on the workers of a Dask scheduler; they see the input and the output by the same addresses."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from scorer.corpus.part import Done, score_part
from scorer.errors import InputError, ToolmarkError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from distributed import Client, Future

    from scorer.corpus.part import Job
    from scorer.corpus.plan import Part

# A part is tried again on another worker when its own dies or fails.
_RETRIES = 3
_SECONDS = 30
# Parts in hand for each thread of the workers: enough that none waits, and few enough that ten million tools' parts are not all sent at once.
_AHEAD = 3


def run_on_dask(parts: Sequence[Part], job: Job, scheduler: str) -> Iterator[Done]:
    """Score the parts on the scheduler's workers, and tell of each when it is written, in any order.

    scheduler: `tcp://host:8786`. A worker may die: its parts are scored again by another, into files of the same names.
    Raises InputError when the scheduler cannot be reached, has no workers, or a part fails wherever it is tried.
    """
    from distributed import Client, as_completed  # noqa: PLC0415 - slow, and only here

    _check(scheduler)
    try:
        client = Client(scheduler, timeout=_SECONDS, set_as_default=False)
    except OSError as error:
        raise InputError(
            f"there is no Dask scheduler at {scheduler}: {error}", "Start one with `dask scheduler`."
        ) from None
    with client:
        ahead = _AHEAD * _threads(client, scheduler)
        # The index of an earlier run is sent to every worker once. Without one the job is small and goes with each part, so
        # that it cannot be lost with the workers that hold it.
        common = job if job.previous is None else client.scatter(job, broadcast=True, hash=False)
        waiting = iter(parts)
        running = as_completed(_submitted(client, waiting, common, ahead), loop=client.loop)
        for future in running:
            yield _result(future)
            for more in _submitted(client, waiting, common, 1):
                running.add(more)


def _check(scheduler: str) -> None:
    """Refuse what is no address before Dask waits for it. Raises UsageError."""
    from distributed.comm.addressing import parse_address, parse_host_port  # noqa: PLC0415 - likewise

    try:
        parse_host_port(parse_address(scheduler)[1])
    except ValueError:
        raise UsageError(f"{scheduler} is no address of a scheduler", "Write it as tcp://host:8786.") from None


def _threads(client: Client, scheduler: str) -> int:
    workers = client.scheduler_info(n_workers=-1)["workers"]
    if not workers:
        raise InputError(f"the scheduler at {scheduler} has no workers", f"Start some with `dask worker {scheduler}`.")
    return sum(worker["nthreads"] for worker in workers.values())


def _submitted(client: Client, waiting: Iterator[Part], job: Job | Future[Job], count: int) -> list[Future[Done]]:
    # Not pure: what counts is the file that it writes, so a result remembered by key would be wrong.
    return [client.submit(score_part, part, job, pure=False, retries=_RETRIES) for part in islice(waiting, count)]


def _result(future: Future[Done]) -> Done:
    try:
        done: Done = future.result()
    except ToolmarkError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a worker's machine is wrong with
        raise InputError(
            f"a part could not be scored: {type(error).__name__}: {error}",
            "Look at the logs of the workers; the same command goes on where this run was.",
        ) from None
    return done
