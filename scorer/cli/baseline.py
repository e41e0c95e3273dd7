"""`toolmark baseline`: a committed file of how good the definitions are, so that only what is new or worse fails."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import console, gating, grading, options, settings, writing
from scorer.cli.ask import Ask
from scorer.cli.earlier import read_baseline
from scorer.cli.settings import planned
from scorer.errors import UsageError
from scorer.models.config import Demands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.cli.settings import Graded
    from scorer.models.baseline import Baseline, KnownServer, KnownTool
    from scorer.models.card import Report
    from scorer.models.config import Config

app = typer.Typer(name="baseline", rich_markup_mode="markdown")

File = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="The baseline file. Default: the configuration's, else toolmark-baseline.json.",
        show_default=False,
    ),
]


@app.callback(invoke_without_command=True)
def baseline(context: typer.Context) -> None:
    """Keep a small file of how good the definitions are, so that only what is new or worse fails.

    Without an input, the servers of the configuration are graded.
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def write(  # noqa: PLR0913 - a command line has that many options
    source: options.Input = None,
    *,
    server: options.Server = None,
    url: options.Url = None,
    baseline: File = None,
    start: options.Start = False,
    config: options.ConfigOption = None,
    no_config: options.NoConfig = False,
    quiet: options.Quiet = False,
) -> None:
    """Record all scores as they are now, better or worse."""
    found = settings.read_config(config, none=no_config)
    path = Path(gating.target_of(found, baseline))
    graded = _graded(Ask.of(source, server, url, start=start), found, path, quiet=quiet)
    _save(path, _now(graded), quiet=quiet)


@app.command()
def check(  # noqa: PLR0913 - likewise
    source: options.Input = None,
    *,
    server: options.Server = None,
    url: options.Url = None,
    baseline: File = None,
    max_drop: options.MaxDrop = None,
    start: options.Start = False,
    config: options.ConfigOption = None,
    no_config: options.NoConfig = False,
    quiet: options.Quiet = False,
) -> None:
    """Exit with 1 when anything is worse than recorded, or misses a threshold and is new. Writes nothing."""
    found = settings.read_config(config, none=no_config)
    path = Path(gating.target_of(found, baseline))
    asked = max_drop if max_drop is not None else (found.demands.max_drop if found else None)
    demands = Demands(max_drop=asked if asked is not None else 0)
    gating.refuse_demands(demands, [None], found, str(path))
    graded = _graded(Ask.of(source, server, url, start=start), found, None, quiet=quiet)
    judged = gating.gated(graded, demands, found, str(path), quiet=quiet)
    if not gating.tell(judged, quiet=quiet):
        raise typer.Exit(gating.NOT_MET)


@app.command()
def update(  # noqa: PLR0913 - likewise
    source: options.Input = None,
    *,
    server: options.Server = None,
    url: options.Url = None,
    baseline: File = None,
    start: options.Start = False,
    config: options.ConfigOption = None,
    no_config: options.NoConfig = False,
    quiet: options.Quiet = False,
) -> None:
    """Take over what is new, gone or better; a tool that got worse keeps its old record and is told (exit code 1)."""
    found = settings.read_config(config, none=no_config)
    path = Path(gating.target_of(found, baseline))
    before = read_baseline(path)
    graded = _graded(Ask.of(source, server, url, start=start), found, path, quiet=quiet)
    now = _now(graded)
    if before.rubric_version != now.rubric_version and not quiet:
        console.say(f"Upgraded {path} from rubric {before.rubric_version} to {now.rubric_version}")
    held = [_tools_alone(one) for one in gating.gated(graded, Demands(max_drop=0), None, str(path), quiet=True)]
    worse = {finding.tool for report in held if report.gate for finding in report.gate.findings}
    _save(path, _merged(before, now, worse), quiet=quiet)
    if not gating.tell(held, quiet=quiet):
        console.say("tip: mend them, or accept them with `toolmark baseline write`.")
        raise typer.Exit(gating.NOT_MET)


def _graded(ask: Ask, config: Config | None, written: Path | None, *, quiet: bool) -> list[Graded]:
    writing.check([written], ask.source)
    allow_empty = bool(config and config.allow_empty)
    return grading.grade(planned(ask, config), grading.Wishes(allow_empty=allow_empty, quiet=quiet))


def _now(graded: Sequence[Graded]) -> Baseline:
    from scorer.gate import of_reports  # noqa: PLC0415 - `--help` needs none of it
    from scorer.models.card import SCHEMA_VERSION, Reports  # noqa: PLC0415 - likewise

    names = [one.report.server.name for one in graded]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise UsageError(
            f"two servers are called {twice}", "Name them in the configuration: [tool.toolmark.servers.NAME]."
        )
    return of_reports(Reports(SCHEMA_VERSION, tuple(one.report for one in graded)))


def _tools_alone(report: Report) -> Report:
    """The report with the findings about tools: that a new tool lowers the server's score is for `check` to say."""
    gate = report.gate
    if gate is None:
        return report
    findings = tuple(finding for finding in gate.findings if finding.tool is not None)
    return replace(report, gate=replace(gate, findings=findings, passed=not findings))


def _merged(before: Baseline, now: Baseline, worse: set[str | None]) -> Baseline:
    known = {server.name: server for server in before.servers}
    return replace(now, servers=tuple(_kept(server, known.get(server.name), worse) for server in now.servers))


def _kept(now: KnownServer, before: KnownServer | None, worse: set[str | None]) -> KnownServer:
    """The server as it is now, but with the old records of the tools that got worse, and with what they add up to."""
    if before is None:
        return now
    old = {tool.name: tool for tool in before.tools}
    tools: tuple[KnownTool, ...] = tuple(
        old[tool.name] if tool.name in worse and tool.name in old else tool for tool in now.tools
    )
    held = replace(now, tools=tools, tokens=now.tokens + sum(tool.tokens for tool in tools) - _tokens(now))
    fell = (now.overall_score or 0) < (before.overall_score or 0)
    if tools == now.tools or not fell:
        return held
    # What the held tools cost the server is not taken over either.
    return replace(held, overall_score=before.overall_score, overall_tier=before.overall_tier)


def _tokens(server: KnownServer) -> int:
    return sum(tool.tokens for tool in server.tools)


def _save(path: Path, baseline: Baseline, *, quiet: bool) -> None:
    from scorer.gate.baseline_file import dump  # noqa: PLC0415 - likewise

    text = dump(baseline)
    if path.is_file() and path.read_bytes() == text.encode():
        if not quiet:
            console.say(f"{path} needs no change")
        return
    writing.write_file(path, text)
    if not quiet:
        count = sum(len(server.tools) for server in baseline.servers)
        console.say(f"Wrote {path} ({count} {'tool' if count == 1 else 'tools'}): commit it")
