"""Whether a report passes: what was asked of it, what it fails, and what is let through with a reason."""

from __future__ import annotations

from typing import Literal, NamedTuple

from scorer.models.base import model
from scorer.models.fact import Place

# The rules of the gate itself; beside them every fact id is a rule. All can be suppressed.
FAIL_UNDER, FAIL_UNDER_TOOL, MAX_DROP = "gate/fail-under", "gate/fail-under-tool", "gate/max-drop"
Level = Literal["error", "warning", "note"]


class About(NamedTuple):
    """A rule of the gate in words. says: when it fails. asked: how it is asked for. remedy: what a person can do."""

    says: str
    asked: str
    remedy: str


_HOW = "Write the first fixes of the card; a finding that is known and accepted stands in the baseline, or under `[[suppress]]`."
ABOUT = {
    FAIL_UNDER: About(
        "The server scores less than it must.",
        "The threshold is `fail-under`, a letter or a score.",
        f"Follow the plan of the report: it is the shortest way to the next letter. {_HOW}",
    ),
    FAIL_UNDER_TOOL: About(
        "A tool scores less than every tool must.", "The threshold is `fail-under-tool`, a letter or a score.", _HOW
    ),
    MAX_DROP: About(
        "A score fell by more than it may.",
        "The threshold is `max-drop`, in points, beside the baseline.",
        "Give back what the sentence says is gone, or accept the new score with `toolmark baseline write`.",
    ),
}


@model
class Thresholds:
    """What a report must reach; None asks for nothing.

    fail_under, fail_under_tool: the least score of the server and of every tool. fail_on: ids of facts that no tool may
    have against it, and patterns, which mean the defects among theirs. max_drop: by how much the server's score or a tool's may fall below the baseline, in score units.
    fail_on_risk: rules of `gate.risk`, and ids of signals, that no tool may have.
    """

    fail_under: float | None = None
    fail_under_tool: float | None = None
    fail_on: tuple[str, ...] = ()
    max_drop: float | None = None
    fail_on_risk: tuple[str, ...] = ()


@model
class Suppression:
    """A finding that is let through on purpose.

    fact: id or pattern of facts or gate rules. tool: pattern of tool names. reason: why, in the maintainers' words.
    expires: ISO date of the last day on which it counts, None for no end.
    """

    fact: str
    reason: str
    tool: str = "*"
    expires: str | None = None


@model
class Finding:
    """One thing that fails the gate, or would if it were not suppressed.

    rule: a fact id, or one of the gate's own rules. tool: None for the server as a whole. message: one sentence.
    fix: the edit that would help most, "" when there is none. place: where, None for a live server.
    suppressed: the reason given for letting it through, None when it fails the gate.
    """

    rule: str
    message: str
    tool: str | None = None
    fix: str = ""
    place: Place | None = None
    suppressed: str | None = None


@model
class Gate:
    """The verdict. known: how many findings the baseline has already, which therefore do not fail.

    unused, expired: suppressions that matched nothing, and those whose day has passed. expired ones no longer count.
    """

    passed: bool
    thresholds: Thresholds
    findings: tuple[Finding, ...] = ()
    known: int = 0
    unused: tuple[Suppression, ...] = ()
    expired: tuple[Suppression, ...] = ()
