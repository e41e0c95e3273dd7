"""`toolmark corpus judge`: a judge's answers on a selection of a scored corpus, by batch."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from scorer.cli import judged, options, writing
from scorer.cli.corpus_extra import need
from scorer.cli.corpus_judging import Wanted, judge_corpus
from scorer.errors import UsageError
from scorer.models.corpus_judgement import Selection


def _chosen(name: str, text: str, **more: Any) -> Any:
    return typer.Option(name, metavar=more.pop("metavar", "N"), help=text, rich_help_panel="Which tools", **more)


Results = Annotated[str, typer.Argument(metavar="OUT", help="A folder that `corpus score` wrote.", show_default=False)]
Edges = Annotated[int, _chosen("--edges", "So many that stand nearest to the edge between two tiers.", min=0)]
Disagree = Annotated[
    int, _chosen("--disagree", "So many whose dimensions are farthest apart, or that left most unanswered.", min=0)
]
Sample = Annotated[int, _chosen("--sample", "So many at random: the agreement is measured on these.", min=0)]
Seed = Annotated[int, _chosen("--seed", "Another random sample.", min=0, metavar="S")]
Pick = Annotated[
    list[str] | None,
    _chosen("--pick", "All tools of this server, or those with this input hash. Repeatable.", metavar="NAME|HASH"),
]
PickFile = Annotated[
    Path | None, _chosen("--pick-file", "The same, one a line in this file.", metavar="FILE", show_default=False)
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="IN", help="Where the definitions are. Default: where they were when scored."),
]
To = Annotated[str | None, typer.Option("--to", metavar="FOLDER", help="Where the results go. Default: OUT/judged.")]
Labels = Annotated[
    Path | None,
    typer.Option("--labels", metavar="FILE", help="Also write the sample as labels for `toolmark calibrate`."),
]
Json = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Also write the summary as JSON there.")]
Budget = Annotated[
    float | None,
    typer.Option(
        "--budget",
        "--max-cost",
        metavar="USD",
        min=0,
        help="The selection may cost no more than this in all.",
        rich_help_panel="The judge (an LLM as second witness)",
    ),
]

NoWait = Annotated[
    bool, typer.Option("--no-wait", metavar="", help="Hand in and leave; the same command later takes the answers.")
]


def judge(  # noqa: PLR0913 - a command line has that many options
    results: Results,
    *,
    edges: Edges = 0,
    disagree: Disagree = 0,
    sample: Sample = 0,
    seed: Seed = 0,
    pick: Pick = None,
    pick_file: PickFile = None,
    source: From = None,
    to: To = None,
    labels: Labels = None,
    json: Json = None,
    budget: Budget = None,
    no_wait: NoWait = False,
    model: options.Model = None,
    judge_url: options.JudgeUrl = None,
    judge_cache: options.JudgeCache = None,
    judge_cached: options.JudgeCached = False,
    dry_run: options.DryRun = False,
    quiet: options.Quiet = False,
) -> None:
    """Ask an LLM about some tools of a scored corpus, by batch at half the price, and say how far it agrees with the scores.

    - `toolmark corpus judge scores --edges 500 --disagree 500 --sample 400 --dry-run`

    - `toolmark corpus judge scores --edges 500 --disagree 500 --sample 400 --budget 5 --labels judged.jsonl`

    Needs ANTHROPIC_API_KEY. It may be ended at any time, even killed: the same command goes on, and no answer is paid for twice.
    """
    need("pyarrow", "duckdb", "fsspec")
    writing.check([labels, json])
    selection = Selection(edges, disagree, sample, seed, _picks(pick or [], pick_file))
    wanted = Wanted(
        results,
        selection,
        source,
        to,
        labels,
        json,
        budget,
        wait=not no_wait,
        ask=not judge_cached,
        dry_run=dry_run,
        quiet=quiet,
    )
    # The panel itself asks nothing: answers come by batch, and it reads those that are kept.
    judge_corpus(wanted, judged.Wanted(True, model, judge_url, judge_cache, True, 1, None, None, dry_run, True))


def _picks(given: list[str], file: Path | None) -> tuple[str, ...]:
    """Every pick once, in order. Raises UsageError for a file that cannot be read."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines() if file else []
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{file} cannot be read ({type(error).__name__})", "Name a text file, a server or an input hash a line."
        ) from None
    return tuple(dict.fromkeys([*given, *(line.strip() for line in lines if line.strip())]))
