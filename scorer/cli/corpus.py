"""`toolmark corpus`."""

from __future__ import annotations

from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import console, writing
from scorer.cli.corpus_progress import progress_of
from scorer.errors import UsageError

if TYPE_CHECKING:
    from scorer.corpus.run import Engine, Summary
    from scorer.models.corpus import CorpusReport

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
    _need("pyarrow", "duckdb", "fsspec")
    from scorer.corpus.run import score_corpus  # noqa: PLC0415 - pyarrow, not for `--help`

    chosen = _engine(engine, workers, scheduler)
    with progress_of(quiet=quiet) as watch:
        summary = score_corpus(
            source, output, chosen, previous=previous, sort=sort, part_size=round(part_size * 2**20), watch=watch
        )
    if not quiet:
        console.say(_said(summary, output))


class ReportFormat(StrEnum):
    """How the report of a corpus is written."""

    text = "text"
    json = "json"
    html = "html"


Results = Annotated[str, typer.Argument(metavar="OUT", help="A folder that `corpus score` wrote.", show_default=False)]
Since = Annotated[
    str | None, typer.Option("--previous", metavar="OLD_OUT", help="Also say what moved since this earlier run.")
]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Also write the HTML page there.")]
Json = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Also write the report as JSON there.")]
Written = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of stdout.")]
Format = Annotated[ReportFormat, typer.Option("--format", "-f", help="text, json or html.")]


@app.command()
def report(  # noqa: PLR0913 - likewise
    results: Results,
    *,
    previous: Since = None,
    format: Format = ReportFormat.text,  # noqa: A002 - the option's name
    output: Written = None,
    json: Json = None,
    html: Html = None,
) -> None:
    """Say how a scored corpus stands: spreads beside the registry's own, the lowest servers, and what which edit would add.

    - `toolmark corpus report scores`

    - `toolmark corpus report scores-today --previous scores --html corpus.html`
    """
    _need("pyarrow", "duckdb", "fsspec")
    targets = writing.targets(format.value, output, {"json": json, "html": html})
    writing.check([target.path for target in targets])
    from scorer.corpus.report import report_corpus  # noqa: PLC0415 - DuckDB, not for `--help`

    found = report_corpus(results, previous)
    for target in targets:
        text = _rendered(found, target.format)
        if target.path is None:
            writing.write_stdout(text)
        else:
            writing.write_file(target.path, text)


def _rendered(found: CorpusReport, format: str) -> str:  # noqa: A002 - the option's name
    match format:
        case "json":
            from scorer.outputs.corpus_json import render  # noqa: PLC0415 - one of them is needed, mostly
        case "html":
            from scorer.outputs.corpus_html import render  # noqa: PLC0415 - likewise
        case _:
            from scorer.outputs.corpus_text import render  # noqa: PLC0415 - likewise
    return render(found)


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
    _need("distributed")
    from scorer.corpus.on_dask import run_on_dask  # noqa: PLC0415 - likewise

    return lambda parts, job: run_on_dask(parts, job, scheduler)


def _need(*packages: str) -> None:
    missing = [package for package in packages if find_spec(package) is None]
    if missing:
        raise UsageError(f"`corpus` needs {', '.join(missing)}", "Install the extra: `pip install 'toolmark[corpus]'`.")


def _said(summary: Summary, output: str) -> str:
    parts = [f"{summary.graded:,} tools graded"]
    if summary.copied:
        parts.append(f"{summary.copied:,} copied unchanged")
    if summary.errors:
        parts.append(f"{summary.errors:,} rows could not be graded (column `error`)")
    if summary.resumed:
        parts.append(f"{summary.resumed:,} of {summary.parts:,} parts were there already")
    return f"{'; '.join(parts)}. Results: {output}\nLook at them with: toolmark corpus report {output}"
