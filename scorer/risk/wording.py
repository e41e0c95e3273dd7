"""Signals about the text itself: orders to the agent, traps, and silence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.risk.cues import cue
from scorer.risk.subject import Said

if TYPE_CHECKING:
    from scorer.risk.category import Verdict
    from scorer.risk.subject import Subject


def steering(subject: Subject, _verdict: Verdict) -> Said | None:
    return cue(subject, "steering")


def poisoning(subject: Subject, _verdict: Verdict) -> Said | None:
    return cue(subject, "poisoning")


_EMPTY = frozenset(
    "a an the to of for in on from this that tool function is it by and or with your you mcp api all".split()
)


def thin_definition(subject: Subject, _verdict: Verdict) -> Said | None:
    lower = subject.description.lower()
    told = set(re.findall(r"[^\W\d_]+", lower))
    known = {form for part in subject.name_parts for form in (part, part.rstrip("s"), f"{part}s", f"{part}es")} | _EMPTY
    new = {word for word in told if word not in known}
    repeats = len(subject.name_parts) > 1 and subject.tool.name.lower() in lower and len(new) <= 2
    return Said(subject.description[:80], "/description") if not new or repeats else None
