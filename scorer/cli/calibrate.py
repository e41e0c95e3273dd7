"""`toolmark calibrate`: fit the rubric's points to published scores, and measure how well they agree."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from scorer.cli import calibrating, calibration_files, console, judge_calibration, judged, options, writing

app = typer.Typer(name="calibrate", rich_markup_mode="markdown")
OBSERVATIONS = Path("rubrics/calibration/observations.csv")


class Format(StrEnum):
    """How figures are written."""

    text = "text"
    json = "json"
    markdown = "markdown"


def _file(*names: str, text: str, metavar: str = "FILE") -> Any:
    return typer.Option(*names, metavar=metavar, help=text, show_default=False)


Labels = Annotated[
    Path,
    typer.Argument(metavar="LABELS", help="A folder of labels as JSON lines, or one such file.", show_default=False),
]
Known = Annotated[
    Path,
    typer.Argument(metavar="LABELS", help="Labels, or observations made from them (.csv).", show_default=False),
]
Definitions = Annotated[
    Path | None,
    _file(
        "--definitions",
        text="The tools that a jury rated, a JSON list of servers. Default: livemcpbench.json beside the labels, if there.",
    ),
]
Servers = Annotated[
    Path | None,
    _file(
        "--servers",
        metavar="DIR",
        text="Captured tool lists, the corpus at hand. Default: the folder servers beside the labels, if there.",
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", metavar="FORMAT", help="text, json or markdown.")]
Output = Annotated[Path | None, _file("--output", "-o", text="Write there instead of stdout.")]
Rubrics = Annotated[
    Path | None, _file("--rubrics", metavar="DIR", text="The rubric's folder. Default: the one that toolmark uses.")
]


@app.callback(invoke_without_command=True)
def calibrate(context: typer.Context) -> None:
    """Fit the rubric's points to published scores, and measure how well they agree."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def observe(
    labels: Labels,
    *,
    definitions: Definitions = None,
    servers: Servers = None,
    output: Annotated[Path, _file("--output", "-o", text=f"Where to write. Default: {OBSERVATIONS}.")] = OBSERVATIONS,
) -> None:
    """Turn labelled definitions, and servers with coherence scores, into rows of numbers: facts, counts and scores, no text."""
    writing.check([output])
    found = {output: calibrating.observed(labels, definitions, servers)}
    if sets := calibrating.observed_sets(labels):
        found[calibrating.sets_beside(output)] = sets
    for path, text in found.items():
        writing.write_file(path, text)
        console.say(f"Wrote {text.count(chr(10)) - 1} rows to {path}")


@app.command()
def fit(  # noqa: PLR0913 - a command line has that many options
    observations: Annotated[
        Path, _file("--observations", text=f"What `observe` wrote. Default: {OBSERVATIONS}.")
    ] = OBSERVATIONS,
    *,
    write: Annotated[bool, typer.Option("--write", help="Write points, provenance and pages into the rubric.")] = False,
    only: Annotated[
        list[str] | None, _file("--only", metavar="DIMENSION", text="Fit this dimension alone. Repeatable.")
    ] = None,
    seeds: Annotated[
        int, typer.Option("--seeds", metavar="N", min=1, max=50, help="Shuffles of the cross-validation.")
    ] = 3,
    select: Annotated[
        bool, typer.Option("--select", help="Sparser: drop facts that earn nothing in an inner cross-validation. Slow.")
    ] = False,
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="YYYY-MM-DD",
            help="Date of the fit. Default: SOURCE_DATE_EPOCH, or today.",
            show_default=False,
        ),
    ] = None,
    rubrics: Rubrics = None,
    format: FormatOption = Format.text,  # noqa: A002 - the option's name
    output: Output = None,
) -> None:
    """Fit the points of the dimensions, in cross-validation by server; those of the set from coherence.csv beside the observations."""
    writing.check([output])
    folder = calibration_files.rubric_folder(rubrics)
    wanted = calibrating.Wanted(tuple(only or ()), seeds, select, calibrating.day(date))
    document = calibrating.fitted(observations, folder, wanted)
    _publish(calibrating.shown_fit(document, folder, format.value), output)
    if write:
        console.say(f"Wrote {', '.join(calibration_files.written(document, folder)) or 'nothing: all is as it was'}")


@app.command()
def agreement(  # noqa: PLR0913 - likewise
    labels: Known,
    *,
    definitions: Definitions = None,
    servers: Servers = None,
    svg: Annotated[Path | None, _file("--svg", text="Also draw scatters and grids there.")] = None,
    rubrics: Rubrics = None,
    format: FormatOption = Format.text,  # noqa: A002 - the option's name
    output: Output = None,
) -> None:
    """Measure how far the rubric's scores agree with labels, beside baselines."""
    writing.check([output, svg], str(labels))
    table = calibrating.table_of(labels, definitions, servers)
    folder = calibration_files.rubric_folder(rubrics)
    _publish(calibrating.shown_agreement(table, calibrating.set_table_of(labels), folder, format.value), output)
    if svg:
        writing.write_file(svg, calibrating.drawn(table, folder))
        console.say(f"Wrote {svg}")


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD.json", help="A report from before.", show_default=False)],
    new: Annotated[
        Path, typer.Argument(metavar="NEW.json", help="One of the same tools from after.", show_default=False)
    ],
    *,
    format: FormatOption = Format.text,  # noqa: A002 - the option's name
    output: Output = None,
) -> None:
    """Show which scores moved between two JSON reports of the same tools, and by which facts."""
    writing.check([output])
    _publish(calibrating.compared(old, new, format.value), output)


@app.command()
def judge(  # noqa: PLR0913 - likewise
    labels: Labels,
    *,
    model: options.Model = None,
    judge_url: options.JudgeUrl = None,
    judge_cache: options.JudgeCache = None,
    judge_cached: options.JudgeCached = False,
    jobs: options.Jobs = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write the model's corrections into the rubric's judge/models.yaml.")
    ] = False,
    rubrics: Rubrics = None,
    format: FormatOption = Format.text,  # noqa: A002 - the option's name
    output: Output = None,
) -> None:
    """Measure how far a model's judgements agree with labels, and what corrects its bias. Costs money: one call per label."""
    writing.check([output], str(labels))
    wanted = judged.Wanted(True, model, judge_url, judge_cache, judge_cached, 1, jobs, None, False, False)
    document = judge_calibration.measured(labels, wanted)
    _publish(judge_calibration.shown(document, format.value), output)
    if write:
        console.say(f"Wrote {judge_calibration.written(document, calibration_files.rubric_folder(rubrics))}")


def _publish(text: str, output: Path | None) -> None:
    if output in (None, Path("-")):
        writing.write_stdout(text)
    else:
        writing.write_file(output, text)
        console.say(f"Wrote {output}")
