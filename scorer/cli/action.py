"""`toolmark action`: what the GitHub Action runs. Its inputs come through the environment, its results go to the runner's files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scorer.cli import console, gating, grading, judged, reporting, settings, writing
from scorer.cli.ask import Ask
from scorer.cli.options import Color
from scorer.cli.writing import Target
from scorer.errors import ToolmarkError, UsageError
from scorer.models.config import Demands

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorer.cli.settings import Planned
    from scorer.github.event import Event
    from scorer.models.card import Report
    from scorer.models.config import Config

_INPUTS = ("path", "server", "url", "config", "fail-under", "fail-under-tool", "baseline", "max-drop", "judge")


class _Wanted(NamedTuple):
    """The Action's inputs; "" where nothing was given."""

    path: str
    server: str
    url: str
    config: str
    fail_under: str
    fail_under_tool: str
    baseline: str
    max_drop: str
    judge: str


def action() -> None:
    """Grade, and write summary, annotations, report files and outputs for a GitHub Actions step.

    Inputs are read from INPUT_PATH, INPUT_FAIL_UNDER and so on. Ends with 0 once everything is graded, so that later steps can
    publish the report; the output `passed` says whether the gate is met.
    """
    from scorer.github.event import read_event  # noqa: PLC0415 - not for `--help`

    env = os.environ
    wanted = _Wanted(*(env.get(f"INPUT_{name.upper().replace('-', '_')}", "").strip() for name in _INPUTS))
    try:
        event = read_event(env)
        reports = _graded(wanted, event)
    except ToolmarkError as error:
        _annotate_failure(error)
        raise
    _publish(reports, env)


def _graded(wanted: _Wanted, event: Event) -> list[Report]:
    config = settings.read_config(Path(wanted.config) if wanted.config else None, none=False)
    ask = Ask.of(wanted.path or None, wanted.server or None, wanted.url or None, start=True, lenient=True)
    if not (wanted.path or wanted.server or wanted.url or (config and config.servers)):
        raise UsageError(
            "there is nothing to grade",
            "Give the Action `path` (a tools.json, a snapshot folder), `server` or `url`, or commit a toolmark.toml that does.",
        )
    plans = settings.planned(ask, config)
    empty = bool(config and config.allow_empty)
    demands = Demands(wanted.fail_under or None, wanted.fail_under_tool or None, None, wanted.max_drop or None)
    given = gating.baseline_of(wanted.baseline or None, config)
    gating.refuse_demands(demands, [plan.server for plan in plans], config, given, beside=True)
    graded = grading.grade(plans, grading.Wishes(allow_empty=empty, judge=_judge(wanted)))
    earlier = given or _base(plans, event)
    if earlier is None and (wanted.max_drop or (config and config.demands.max_drop is not None)):
        # On a push there is nothing to fall from; the same inputs must serve both events.
        console.say("note: max-drop is not checked: there is no base to compare with")
        demands = Demands(demands.fail_under, demands.fail_under_tool)
        config = _without_drop(config)
    return gating.gated(graded, demands, config, earlier, quiet=False)


def _judge(wanted: _Wanted) -> judged.Wanted | None:
    """The judge that was asked for; None without a key, as on every pull request from a fork, which is said and is no error."""
    if wanted.judge.lower() != "true":
        return None
    if not os.environ.get("ANTHROPIC_API_KEY"):
        console.say("note: the judge was not asked: there is no ANTHROPIC_API_KEY here. The heuristics graded alone.")
        return None
    return judged.Wanted(
        True, None, None, None, cached=False, votes=None, jobs=None, max_cost=None, dry_run=False, quiet=True
    )


def _without_drop(config: Config | None) -> Config | None:
    from dataclasses import replace  # noqa: PLC0415 - rare

    if config is None:
        return None
    servers = tuple(replace(one, demands=replace(one.demands, max_drop=None)) for one in config.servers)
    return replace(config, demands=replace(config.demands, max_drop=None), servers=servers)


def _base(plans: Sequence[Planned], event: Event) -> str | None:
    """The base of the pull request as `git:REV`, None where there is none or it cannot be seen, which is said."""
    from scorer.cli.git_earlier import base_of  # noqa: PLC0415 - likewise

    if event.number is None or event.base is None:
        return None
    if any(plan.ask.source in (None, "-") for plan in plans):
        console.say("note: a live server is compared with a baseline only: commit one with `toolmark baseline write`")
        return None
    revision = base_of(Path.cwd(), event.base)
    if revision is None:
        console.say(
            "note: the base commit is not here to compare with: set `fetch-depth: 0` (or 2) in actions/checkout"
        )
    return f"git:{revision}" if revision else None


def _annotate_failure(error: ToolmarkError) -> None:
    from scorer.outputs.github import command  # noqa: PLC0415 - likewise
    from scorer.outputs.results import Result  # noqa: PLC0415 - likewise

    writing.write_stdout(command(Result("toolmark", "error", str(error), None, None, None, error.tip)))


def _publish(reports: Sequence[Report], env: Mapping[str, str]) -> None:
    from scorer.github.files import write_outputs, write_summary  # noqa: PLC0415 - likewise
    from scorer.outputs import render  # noqa: PLC0415 - likewise

    folder = Path(env.get("TOOLMARK_OUTPUT") or Path(env.get("RUNNER_TEMP") or ".", "toolmark"))
    folder.mkdir(parents=True, exist_ok=True)
    document = reporting.joined(reports)
    files = {"json": folder / "report.json", "html": folder / "report.html", "sarif": folder / "toolmark.sarif"}
    targets = [Target("github", None), *(Target(name, path) for name, path in files.items())]
    reporting.publish(document, targets, Color.never)
    write_summary(env, render(document, "markdown"))
    passed = gating.tell(reports, quiet=False)
    write_outputs(
        env,
        {
            **_numbers(reports),
            "passed": str(passed).lower(),
            **{f"{key}-path": str(path) for key, path in files.items()},
        },
    )


def _numbers(reports: Sequence[Report]) -> dict[str, str]:
    """Of the worst server: what a later step may compare."""
    worst = min(reports, key=lambda one: one.server_score.overall_score or 0.0)
    seen, score = worst.comparison, worst.server_score.overall_score
    before = seen.overall_before if seen else None
    gates = [one.gate for one in reports if one.gate]
    return {
        "score": "" if score is None else f"{score:.1f}",
        "tier": worst.server_score.overall_tier or "",
        "change": "" if score is None or before is None else f"{score - before:.1f}",
        "tools": str(sum(one.server_score.tool_count for one in reports)),
        "tokens": str(sum(one.tokens for one in reports)),
        "findings": str(sum(found.suppressed is None for gate in gates for found in gate.findings)),
    }
