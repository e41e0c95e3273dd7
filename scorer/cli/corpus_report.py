"""`toolmark corpus report`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import writing
from scorer.cli.corpus_extra import need

if TYPE_CHECKING:
    from scorer.models.corpus import CorpusReport


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
    need("pyarrow", "duckdb", "fsspec")
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
