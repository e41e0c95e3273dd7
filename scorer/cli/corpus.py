"""`toolmark corpus`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import console
from scorer.cli.corpus_extra import need
from scorer.cli.corpus_judge import judge
from scorer.cli.corpus_progress import progress_of
from scorer.cli.corpus_report import report
from scorer.corpus.shapes import SHAPES
from scorer.errors import InputError, UsageError
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from scorer.corpus.run import Engine, Summary

app = typer.Typer(name="corpus", help="Score whole registries: hundreds of thousands of tools.", no_args_is_help=True)


class EngineName(StrEnum):
    """Where the work is done."""

    local = "local"
    dask = "dask"


Input = Annotated[
    str,
    typer.Argument(
        metavar="IN", help="JSON lines or Parquet: a file, a folder, a glob, or an fsspec address.", show_default=False
    ),
]
Output = Annotated[
    str, typer.Argument(metavar="OUT", help="A new folder for the results, or one to go on with.", show_default=False)
]
PreviousRun = Annotated[
    str | None,
    typer.Option("--previous", metavar="OLD_OUT", help="Copy what is unchanged from this earlier output."),
]
Sort = Annotated[bool, typer.Option("--sort", help="Sort the rows by server first, on disk.")]
Workers = Annotated[int | None, typer.Option("--workers", min=1, help="Processes; all cores by default.")]
PartSize = Annotated[
    float, typer.Option("--part-size", min=0.001, help="Megabytes of input in one file of results, about.")
]
EngineChoice = Annotated[EngineName, typer.Option("--engine", help="local, or dask for more than one machine.")]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Dask's scheduler: tcp://host:8786.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing on stderr but errors.")]


@app.command()
def score(  # noqa: PLR0913 - a command line has that many options
    source: Input,
    output: Output,
    *,
    previous: PreviousRun = None,
    sort: Sort = False,
    workers: Workers = None,
    engine: EngineChoice = EngineName.local,
    scheduler: Scheduler = None,
    part_size: PartSize = 4.0,
    quiet: Quiet = False,
) -> None:
    """Score a corpus into a folder of Parquet files, a row a tool.

    IN holds a tool a row, `{"server": ..., "definition": {...}}`, or a server a row, `{"serverName": ..., "tools": [...]}`; the rows
    of one server stand together. A run may be ended at any time, even killed: the same command goes on where it was.

    - `toolmark corpus score registry.jsonl scores`

    - `toolmark corpus score registry.jsonl scores-today --previous scores`

    - `toolmark corpus score s3://registry/tools/*.parquet s3://registry/scores --engine dask --scheduler tcp://10.0.0.1:8786`
    """
    need("pyarrow", "duckdb", "fsspec")
    from scorer.corpus.run import score_corpus  # noqa: PLC0415 - pyarrow, not for `--help`

    chosen = _engine(engine, workers, scheduler)
    with progress_of(quiet=quiet) as watch:
        summary = score_corpus(
            source, output, chosen, previous=previous, sort=sort, part_size=round(part_size * 2**20), watch=watch
        )
    if not (summary.graded or summary.copied):
        _refuse_nothing(summary, source, output)
    if not quiet:
        console.say(_said(summary, output))


def _engine(name: EngineName, workers: int | None, scheduler: str | None) -> Engine:
    if name is EngineName.local:
        if scheduler is not None:
            raise UsageError("--scheduler belongs to --engine dask", "Add --engine dask.")
        from scorer.corpus.local import run_local  # noqa: PLC0415 - likewise

        return lambda parts, job: run_local(parts, job, workers)
    if workers is not None:
        raise UsageError("--workers belongs to --engine local", "Dask's scheduler knows its workers.")
    if scheduler is None:
        raise UsageError(
            "--engine dask needs --scheduler",
            "Start one with `dask scheduler`, and `dask worker ADDRESS` on each machine.",
        )
    need("distributed")
    from scorer.corpus.on_dask import run_on_dask  # noqa: PLC0415 - likewise

    return lambda parts, job: run_on_dask(parts, job, scheduler)


def _refuse_nothing(summary: Summary, source: str, output: str) -> None:
    """Raises InputError where no tool of the whole corpus was graded: nobody wants such results in silence."""
    from scorer.corpus.query import first_error, graded  # noqa: PLC0415 - DuckDB, mostly not needed

    if not summary.rows:
        raise InputError(f"there is no row in {source}", SHAPES)
    if not graded(output):
        first = first_error(output)
        what = f"could be graded; the first: {first}" if first else "holds a tool"
        raise InputError(f"none of {counted(summary.rows, 'row')} {what}", SHAPES)


def _said(summary: Summary, output: str) -> str:
    parts = [f"{counted(summary.graded, 'tool')} graded"]
    if summary.copied:
        parts.append(f"{summary.copied:,} copied unchanged")
    if summary.errors:
        parts.append(f"{counted(summary.errors, 'row')} could not be graded (column `error`)")
    if summary.resumed:
        parts.append(f"{summary.resumed:,} of {summary.parts:,} parts were there already")
    return f"{'; '.join(parts)}. Results: {output}\nLook at them with: toolmark corpus report {output}"


app.command()(report)
app.command()(judge)
