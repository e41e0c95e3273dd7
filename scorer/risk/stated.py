"""How often a text says that its tool may be called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorer.risk.subject import Subject

_NUMBERS = {"one": 1, "once": 1, "two": 2, "twice": 2, "three": 3, "four": 4, "five": 5, "ten": 10}


def stated_limit(subject: Subject) -> str:
    """`1/day` for "Limited to one a day."; "" where nothing is stated."""
    found = subject.rules.patterns["stated_limit"].search(subject.lower)
    if found is None:
        return ""
    calls = _NUMBERS.get(found[1]) or int(found[1])
    return f"{calls}/{found[2]}" if calls else ""
