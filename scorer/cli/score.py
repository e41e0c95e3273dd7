"""`toolmark score`."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from scorer.cli import console, inputs, narrowing, options, reporting, writing
from scorer.cli.ask import Ask
from scorer.cli.servers import NOT_LISTED
from scorer.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.card import Report
    from scorer.models.tool import Problem, ToolSet


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
    name: options.Name = None,
    tool: options.ToolName = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    allow_empty: options.AllowEmpty = False,
    color: options.ColorOption = options.Color.auto,
    quiet: options.Quiet = False,
) -> None:
    """Grade a server's tool definitions and print the report card.

    - `toolmark score tools.json`
    - `toolmark score tools.json --json report.json --html card.html`
    - `toolmark score --server "npx -y @modelcontextprotocol/server-filesystem ."`
    - `toolmark score .mcp.json --only github --start`
    """
    date = _date()
    ask = Ask(source, server, url, header or (), env or (), cwd, timeout, only or (), start)
    targets = writing.targets(format.value, output, {"json": json, "markdown": markdown, "html": html})
    writing.check([*(target.path for target in targets), save_snapshot], source)
    keep = _fact_filter(select or (), ignore or ())
    sets = [replace(found, server_name=name) if name else found for found in inputs.read(ask, quiet=quiet)]
    if save_snapshot:
        sets = inputs.save(sets, save_snapshot)
    _refuse_empty(sets, allow_empty=allow_empty)
    places = any(target.format != "text" for target in targets)
    reports = narrowing.show_tools(_score_all(sets, date, quiet=quiet, places=places), tool or ())
    if keep:
        reports = [narrowing.show_facts(report, keep) for report in reports]
    reporting.publish(reporting.joined(reports), targets, color)
    if not quiet:
        reporting.tell_written(targets)
    _refuse_unlisted(sets)


def _refuse_unlisted(sets: Sequence[ToolSet]) -> None:
    """A server that could not be listed is wrong input even beside others that were graded: their report is written first."""
    failed = [tools.server_name for tools in sets if any(problem.code == NOT_LISTED for problem in tools.problems)]
    if failed:
        raise InputError(
            f"{len(failed)} of {len(sets)} servers could not be listed: {', '.join(failed)}",
            "The report has the others; --only NAME chooses which are asked.",
        )


def _fact_filter(select: Sequence[str], ignore: Sequence[str]) -> narrowing.Keep | None:
    if not select and not ignore:
        return None
    from scorer.catalog import load_rubric  # noqa: PLC0415 - only when asked for

    rubric = load_rubric()
    known = [rule.id for dimension in (*rubric.tool, *rubric.server) for rule in dimension.facts]
    return narrowing.fact_filter(select, ignore, known)


def _refuse_empty(sets: Sequence[ToolSet], *, allow_empty: bool) -> None:
    """Nothing to grade is wrong input: a perfect score for an empty list would hide a server that is broken."""
    if any(tools.tools for tools in sets):
        return
    problems = [problem for tools in sets for problem in tools.problems]
    if problems:
        lines = "\n".join(_row(problem) for problem in problems[:5])
        raise InputError(f"nothing here can be graded:\n{lines}", "Mend one of these entries and try again.")
    if not allow_empty:
        raise InputError(
            f"there are no tools in {_where(sets)}", "Pass --allow-empty if a server without tools is fine."
        )


def _row(problem: Problem) -> str:
    return f"{problem.tool}: {problem.message}" if problem.tool else problem.message


def _where(sets: Sequence[ToolSet]) -> str:
    return ", ".join(tools.location or tools.server_name for tools in sets) or "the input"


def _score_all(sets: Sequence[ToolSet], date: str | None, *, quiet: bool, places: bool) -> list[Report]:
    from scorer import engine  # noqa: PLC0415 - `--help` needs none of it

    progress = None if quiet else _Progress()
    reports = [engine.score(tools, generated_at=date, progress=progress, places=places) for tools in sets]
    if progress:
        console.show_progress("")
    return reports


def _date() -> str | None:
    """SOURCE_DATE_EPOCH as a report date (reproducible-builds.org), None to take the present."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            "SOURCE_DATE_EPOCH is not a number of seconds", "Unset it, or give seconds since 1970."
        ) from None


class _Progress:
    """Tells how far the grading is, once it has taken a second, ten times a second at most."""

    def __init__(self) -> None:
        self.next = monotonic() + 1.0

    def __call__(self, done: int, total: int) -> None:
        if monotonic() >= self.next:
            self.next = monotonic() + 0.1
            console.show_progress(f"Graded {done} of {total} tools")
