"""`toolmark hook`: what pre-commit calls with the files of a commit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import console, gating, grading, hooked, options, settings
from scorer.cli.ask import Ask
from scorer.errors import UsageError
from scorer.models.config import Demands

if TYPE_CHECKING:
    from scorer.cli.settings import Planned
    from scorer.models.config import Config

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILES",
        help="Files of the commit; those that hold no tool definitions are passed over.",
        show_default=False,
    ),
]
Configured = Annotated[
    bool, typer.Option("--configured", metavar="", help="Grade the servers of the configuration instead of files.")
]


def hook(  # noqa: PLR0913 - a command line has that many options
    files: Files = None,
    *,
    configured: Configured = False,
    start: options.Start = False,
    fail_under: options.FailUnder = None,
    fail_under_tool: options.FailUnderTool = None,
    fail_on: options.FailOn = None,
    max_drop: options.MaxDrop = None,
    baseline: options.BaselineOption = None,
    config: options.ConfigOption = None,
) -> None:
    """Stop a commit that makes a definition worse; silent when nothing did.

    Compares with the baseline of the configuration, else with git:HEAD. Where nothing else is asked, no score may drop.
    """
    found = settings.read_config(config, none=False)
    given = Demands(fail_under, fail_under_tool, tuple(fail_on) if fail_on else None, max_drop)
    plans = settings.planned(Ask.of(None, start=start), found) if configured else _plans(files or (), found)
    if not plans or (configured and not (found and found.servers)):
        if configured:
            raise UsageError("no server is configured", "Say in toolmark.toml where it is: path, server or url.")
        return
    gating.refuse_demands(
        given, [plan.server for plan in plans], found, gating.baseline_of(baseline, found), beside=True
    )
    graded = grading.grade(plans, grading.Wishes(allow_empty=bool(found and found.allow_empty), quiet=True))
    earlier = gating.baseline_of(baseline, found) or hooked.head(plans)
    judged = gating.gated(graded, _demands(given, found, earlier), found, earlier, quiet=True)
    if not gating.tell(judged, quiet=True):
        console.say("tip: `toolmark score FILE` shows the whole card; `toolmark explain FACT` tells what a fact asks.")
        raise typer.Exit(gating.NOT_MET)


def _plans(files: list[str] | tuple[str, ...], config: Config | None) -> list[Planned]:
    return [
        settings.planned(Ask.of(source), config)[0] for source in hooked.inputs([Path(name) for name in files], config)
    ]


def _demands(given: Demands, config: Config | None, earlier: str | None) -> Demands:
    """What is asked, and that no score drops where nothing is."""
    levels = [given, *([config.demands, *(one.demands for one in config.servers)] if config else [])]
    if all(level == Demands() for level in levels) and earlier is not None:
        return Demands(max_drop=0)
    return given
