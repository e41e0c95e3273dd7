"""From what was asked for to graded reports: what `score`, `baseline` and `hook` have in common."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from scorer.cli import console, inputs, narrowing
from scorer.cli.judged import judging
from scorer.cli.servers import NOT_LISTED
from scorer.cli.settings import Graded
from scorer.errors import InputError, ServerError, UsageError
from scorer.models.tool import Problem, ToolSet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from scorer.cli.judged import Wanted
    from scorer.cli.settings import Planned
    from scorer.models.card import Report
    from scorer.models.config import ConfiguredServer


class Wishes(NamedTuple):
    """How to grade. name: what to call the server. shown: tools that must be there. places: whether the report says where things stand in files. judge: None for none.

    partly: of several servers, those that cannot be listed become rows without tools, for `refuse_unlisted` afterwards.
    """

    name: str | None = None
    save_snapshot: Path | None = None
    allow_empty: bool = False
    places: bool = True
    quiet: bool = False
    judge: Wanted | None = None
    shown: Sequence[str] = ()
    partly: bool = False


class _Read(NamedTuple):
    tools: ToolSet
    server: ConfiguredServer | None
    source: str | None


def grade(plans: Sequence[Planned], wishes: Wishes) -> list[Graded]:
    """A graded report for every server. Raises ToolmarkError."""
    date = report_date()
    return list(_scored(_all(plans, wishes), date, wishes))


def read(plans: Sequence[Planned], wishes: Wishes) -> list[ToolSet]:
    """What would be graded. Raises ToolmarkError."""
    return [one.tools for one in _all(plans, wishes)]


def _all(plans: Sequence[Planned], wishes: Wishes) -> list[_Read]:
    partly = wishes.partly and len(plans) > 1
    found = [one for plan in plans for one in (_read_or_not(plan, wishes) if partly else _read(plan, wishes))]
    # Before the judge is paid for tools that nobody will be shown.
    narrowing.refuse_unknown(wishes.shown, [tool.name for one in found for tool in one.tools.tools])
    if wishes.save_snapshot:
        saved = inputs.save([one.tools for one in found], wishes.save_snapshot)
        found = [one._replace(tools=tools) for one, tools in zip(found, saved, strict=True)]
    _refuse_empty([one.tools for one in found], allow_empty=wishes.allow_empty)
    return found


def _read(plan: Planned, wishes: Wishes) -> Iterator[_Read]:
    sets = inputs.read(plan.ask, quiet=wishes.quiet)
    configured = plan.server.name if plan.server and len(sets) == 1 else None
    for tools in sets:
        name = wishes.name or configured
        yield _Read(replace(tools, server_name=name) if name else tools, plan.server, plan.ask.source)


def _read_or_not(plan: Planned, wishes: Wishes) -> list[_Read]:
    try:
        return list(_read(plan, wishes))
    except (InputError, ServerError) as error:
        console.fail(str(error), error.tip)
        ask = plan.ask
        name = (plan.server.name if plan.server else None) or ask.source or "server"
        kind = "stdio server" if ask.server else "HTTP server" if ask.url else ""
        tools = ToolSet(name, (), None, kind, ask.source, (Problem(NOT_LISTED, str(error)),))
        return [_Read(tools, plan.server, ask.source)]


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


def refuse_unlisted(reports: Sequence[Report]) -> None:
    """A server that could not be listed is wrong input even beside others that were graded: their report is written first."""
    failed = [one.server.name for one in reports if any(problem.code == NOT_LISTED for problem in one.errors)]
    if failed:
        raise InputError(
            f"{len(failed)} of {len(reports)} servers could not be listed: {', '.join(failed)}",
            "The report has the others; --only NAME chooses which are asked.",
        )


def _row(problem: Problem) -> str:
    return f"{problem.tool}: {problem.message}" if problem.tool else problem.message


def _where(sets: Sequence[ToolSet]) -> str:
    return ", ".join(tools.location or tools.server_name for tools in sets) or "the input"


def _scored(found: Sequence[_Read], date: str | None, wishes: Wishes) -> Iterator[Graded]:
    from scorer import engine  # noqa: PLC0415 - `--help` needs none of it

    def again(tools: ToolSet) -> Report:
        with judging([tools], wishes.judge) as panel:
            return engine.score(tools, generated_at=date, panel=panel)

    progress = None if wishes.quiet else _Progress()
    with judging([one.tools for one in found], wishes.judge) as panel:
        for one in found:
            # Source code has its places at hand, and they are what its reader goes to.
            places = wishes.places or any(tool.texts for tool in one.tools.tools)
            report = engine.score(one.tools, generated_at=date, progress=progress, places=places, panel=panel)
            yield Graded(report, one.server, one.source, again)
    if progress:
        console.show_progress("")


def report_date() -> str | None:
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
