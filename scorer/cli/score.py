"""`toolmark score`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from scorer.cli import gating, grading, judged, narrowing, options, reporting, settings, writing
from scorer.cli.ask import Ask
from scorer.models.config import Demands

if TYPE_CHECKING:
    from collections.abc import Sequence


def score(  # noqa: PLR0913 - a command line has that many options
    source: options.Input = None,
    *,
    server: options.Server = None,
    url: options.Url = None,
    header: options.Header = None,
    env: options.Env = None,
    cwd: options.Cwd = None,
    timeout: options.Timeout = 30.0,
    save_snapshot: options.SaveSnapshot = None,
    only: options.Only = None,
    start: options.Start = False,
    format: options.FormatOption = options.Format.text,  # noqa: A002 - the option's name
    output: options.Output = None,
    json: options.Json = None,
    markdown: options.Markdown = None,
    html: options.Html = None,
    sarif: options.Sarif = None,
    name: options.Name = None,
    tool: options.ToolName = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    fail_under: options.FailUnder = None,
    fail_under_tool: options.FailUnderTool = None,
    fail_on: options.FailOn = None,
    fail_on_risk: options.FailOnRisk = None,
    max_drop: options.MaxDrop = None,
    baseline: options.BaselineOption = None,
    config: options.ConfigOption = None,
    no_config: options.NoConfig = False,
    allow_empty: options.AllowEmpty = False,
    color: options.ColorOption = options.Color.auto,
    quiet: options.Quiet = False,
    judge: options.Judge = False,
    model: options.Model = None,
    judge_url: options.JudgeUrl = None,
    judge_cache: options.JudgeCache = None,
    judge_cached: options.JudgeCached = False,
    votes: options.Votes = None,
    jobs: options.Jobs = None,
    max_cost: options.MaxCost = None,
    dry_run: options.DryRun = False,
) -> None:
    """Grade a server's tool definitions and print the report card.

    - `toolmark score tools.json`
    - `toolmark score tools.json --json report.json --html card.html`
    - `toolmark score --server "npx -y @modelcontextprotocol/server-filesystem ."`
    - `toolmark score tools.json --judge --dry-run`
    - `toolmark score .mcp.json --only github --start`
    - `toolmark score tools.json --fail-under-tool B --baseline git:main`

    Without an input, the servers of the configuration are graded.
    """
    wanted = judged.Wanted(judge, model, judge_url, judge_cache, judge_cached, votes, jobs, max_cost, dry_run, quiet)
    judged.refuse_alone(wanted)
    ask = Ask(source, server, url, header or (), env or (), cwd, timeout, only or (), start)
    targets = writing.targets(format.value, output, {"json": json, "markdown": markdown, "html": html, "sarif": sarif})
    writing.check([*(target.path for target in targets), save_snapshot], source)
    found = settings.read_config(config, none=no_config)
    keep = _fact_filter(select or (), ignore or ())
    risks = tuple(fail_on_risk) if fail_on_risk else None
    demands = Demands(fail_under, fail_under_tool, tuple(fail_on) if fail_on else None, max_drop, risks)
    earlier = gating.baseline_of(baseline, found)
    places = bool(found or earlier or demands != Demands() or any(target.format != "text" for target in targets))
    empty = allow_empty or bool(found and found.allow_empty)
    gating.refuse_demands(demands, [None], found, earlier)
    plans = settings.planned(ask, found)
    gating.refuse_demands(demands, [plan.server for plan in plans], found, earlier)
    wishes = grading.Wishes(
        name, save_snapshot, empty, places, quiet, wanted if judge else None, tool or (), partly=True
    )
    if dry_run:
        judged.tell_estimate(grading.read(plans, wishes), wanted)
        return
    verdicts = gating.gated(grading.grade(plans, wishes), demands, found, earlier, quiet=quiet)
    reports = narrowing.show_tools(verdicts, tool or ())
    if keep:
        reports = [narrowing.show_facts(report, keep) for report in reports]
    reporting.publish(reporting.joined(reports), targets, color)
    if not quiet:
        reporting.tell_written(targets)
    passed = gating.tell(verdicts, quiet=quiet)
    grading.refuse_unlisted(verdicts)
    if not passed:
        raise typer.Exit(gating.NOT_MET)


def _fact_filter(select: Sequence[str], ignore: Sequence[str]) -> narrowing.Keep | None:
    if not select and not ignore:
        return None
    return narrowing.fact_filter(select, ignore, settings.known_facts())
