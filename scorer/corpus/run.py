"""A corpus scored from end to end: planned, compared with what is there, handed to an engine, and tidied up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from scorer.corpus import manifest, spool
from scorer.corpus.inputs import find_files
from scorer.corpus.part import Job
from scorer.corpus.plan import PART, Earlier, make_plan
from scorer.corpus.previous import read_previous
from scorer.corpus.store import UNFINISHED, address, open_store
from scorer.errors import InputError, ToolmarkError, UsageError
from scorer.models.base import model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scorer.corpus.inputs import File
    from scorer.corpus.part import Done
    from scorer.corpus.plan import Part, Plan
    from scorer.corpus.store import Store

    # Scores parts and tells of each when its file is there.
    Engine = Callable[[Sequence[Part], Job], Iterator[Done]]


class Watch(Protocol):
    """Told how far a run is."""

    def note(self, line: str) -> None:
        """Something that takes a while has begun."""

    def planning(self, read: int, size: int) -> None:
        """So many bytes of the input were looked through."""

    def planned(self, plan: Plan, left: Sequence[Part]) -> None:
        """The parts are known, and which of them are still to be scored."""

    def scored(self, done: Done) -> None:
        """A part was written."""


class Silent:
    """Tells nobody."""

    def note(self, line: str) -> None: ...

    def planning(self, read: int, size: int) -> None: ...

    def planned(self, plan: Plan, left: Sequence[Part]) -> None: ...

    def scored(self, done: Done) -> None: ...


@model
class Summary:
    """What a run did. tools, servers, parts: of the whole corpus. resumed: parts that an earlier start had written.

    graded, copied, errors: tools graded now and copied now, and rows that could not be graded, in the parts written now.
    """

    rows: int
    servers: int
    parts: int
    resumed: int
    graded: int
    copied: int
    errors: int


def score_corpus(  # noqa: PLR0913 - what a run can be told
    source: str,
    output: str,
    engine: Engine,
    *,
    previous: str | None = None,
    sort: bool = False,
    part_size: int = PART,
    watch: Watch | None = None,
) -> Summary:
    """Score every tool of a corpus into a folder of Parquet parts (columns: `scorer.corpus.table.schema`).

    source: a file, folder, glob or fsspec address of JSON lines or Parquet. output: a folder or address, new or of the same run
    that was ended before. engine: runs the parts (`run_local`). previous: an earlier output, whose unchanged servers are copied.
    sort: sort the rows by server first, on disk. part_size: bytes of input in a part, about. Raises ToolmarkError. May be killed at any time and started again.
    """
    watch = watch or Silent()
    files, store = find_files(source), open_store(output)
    wanted = manifest.describe(address(source), files, part_size=part_size, is_sorted=sort)
    resumes = manifest.begin(store, wanted)
    try:
        files = _readable(files, store, watch, sort=sort, resumes=resumes)
        earlier = _earlier(previous, output) if previous else None
        if previous and earlier is None:
            watch.note(f"Nothing is copied from {previous}: another rubric or version scored it")
        plan = make_plan(files, part_size, _adding_up(watch, files), earlier)
    except ToolmarkError:
        if not resumes:
            _give_back(store)
        raise
    left = _left(store, plan)
    watch.planned(plan, left)
    job = Job(plan.files, output, manifest.stamp(), earlier.previous if earlier else None)
    tools = copied = errors = 0
    for done in _running(engine, left, job):
        tools, copied, errors = tools + done.tools, copied + done.copied, errors + done.errors
        watch.scored(done)
    if lost := _left(store, plan):
        raise InputError(f"{len(lost)} of {len(plan.parts)} parts were not written", "The same command writes them.")
    store.remove(spool.NAME)
    resumed = len(plan.parts) - len(left)
    return Summary(plan.rows, plan.servers, len(plan.parts), resumed, tools - copied, copied, errors)


def _running(engine: Engine, left: Sequence[Part], job: Job) -> Iterator[Done]:
    try:
        yield from engine(left, job)
    except OSError as error:
        raise InputError(
            f"a part cannot be written to {job.output}: {error.strerror or error}",
            "Make room; the same command goes on.",
        ) from None


def _readable(files: list[File], store: Store, watch: Watch, *, sort: bool, resumes: bool) -> list[File]:
    """The files, or the one that they were rewritten into where they cannot be read in pieces as they are."""
    if not (sort or any(spool.is_needed(file) for file in files)):
        return files
    if not (resumes and spool.NAME in store.names()):
        watch.note("Sorting the rows by server" if sort else "Unpacking the input")
        spool.write(files, store, sort=sort)
    return [spool.as_file(store)]


def _adding_up(watch: Watch, files: list[File]) -> Callable[[int], None]:
    size, read = sum(file.size for file in files), 0

    def add(more: int) -> None:
        nonlocal read
        read += more
        watch.planning(read, size)

    return add


def _give_back(store: Store) -> None:
    """Leave the folder as it was found, so that the same command with another option may have it."""
    store.remove(spool.NAME)
    store.remove(manifest.NAME)


def _left(store: Store, plan: Plan) -> list[Part]:
    """The parts without a file; files that were being written when a run was ended are removed."""
    there = set(store.names())
    for name in there:
        if name.endswith(UNFINISHED):
            store.remove(name)
    return [part for part in plan.parts if part.name not in there]


def _earlier(address: str, output: str) -> Earlier | None:
    """The index of an earlier run, None where another rubric or version scored it, so that nothing of it holds any more."""
    store = open_store(address)
    said = manifest.read(store)
    if said is None:
        raise UsageError(f"{address} holds no results", "Name the folder that an earlier `corpus score` wrote.")
    if store.root == open_store(output).root:
        raise UsageError("--previous is the output itself", "Name a new folder for the new results.")
    if said["stamp"] != manifest.stamp():
        return None
    return Earlier(read_previous(address, part_names(store)), manifest.stamp())


def part_names(store: Store) -> list[str]:
    """The files of results in a folder, in order."""
    return [name for name in store.names() if name.startswith("part-") and name.endswith(".parquet")]
