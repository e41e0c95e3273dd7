"""What was read beside what is served: figures, and the misses by cause."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scorer.signals import measure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorer.models.tool import Tool

FIELDS = ("description", "names", "required")
_POINTERS = {"description": "/description", "names": "/inputSchema", "required": "/inputSchema"}


class Score(NamedTuple):
    """Counts of tools. extra: read and not served, plain_extra: of them those without a condition.

    description, names, required: the value read is the one served, where the environment is empty. sure_*: and nothing says that it may be another.
    """

    served: int = 0
    found: int = 0
    extra: int = 0
    plain_extra: int = 0
    description: int = 0
    names: int = 0
    required: int = 0
    sure_description: int = 0
    sure_names: int = 0
    sure_required: int = 0
    same: int = 0

    def plus(self, other: Score) -> Score:
        """The counts of both."""
        return Score(*(a + b for a, b in zip(self, other, strict=True)))


def compare(
    listed: Mapping[str, Tool], read: Mapping[str, Tool], gaps: tuple[str, ...] = ()
) -> tuple[Score, Counter[str]]:
    """Figures for one server, and why its fields differ. gaps: what the reader said of registrations that it could not follow."""
    pairs = [(listed[name], read[name]) for name in listed if name in read]
    causes: Counter[str] = Counter()
    if missing := len(listed) - len(pairs):
        causes["tool not found, and a gap is said" if gaps else "tool not found: NOT NOTICED"] = missing
    same = {key: [_equal(key, a, b) for a, b in pairs] for key in FIELDS}
    sure = {key: [ok and not _gap(b, key) for ok, (_, b) in zip(same[key], pairs, strict=True)] for key in FIELDS}
    for key in FIELDS:
        causes.update(
            f"{key} {_cause(tool, key, same=ok)}"
            for (_, tool), ok, certain in zip(pairs, same[key], sure[key], strict=True)
            if not certain
        )
    extra = [tool for name, tool in read.items() if name not in listed]
    counts = [sum(answers[key]) for answers in (same, sure) for key in FIELDS]
    hashes = sum(measure(a).context.input_hash == measure(b).context.input_hash for a, b in pairs)
    plain = sum(not tool.conditional for tool in extra)
    return Score(len(listed), len(pairs), len(extra), plain, *counts, hashes), causes


def _equal(key: str, a: Tool, b: Tool) -> bool:
    if key == "description":
        return (a.description or "") == (b.description or "")
    field = "properties" if key == "names" else "required"
    return sorted((a.input_schema or {}).get(field, ())) == sorted((b.input_schema or {}).get(field, ()))


def _gap(tool: Tool, key: str) -> str | None:
    """Why the reader says that this field may be another."""
    wanted = _POINTERS[key]
    whole = {"", wanted, f"{wanted}/properties" if key == "names" else f"{wanted}/required"}
    return next((gap.reason for gap in tool.unread if gap.pointer in whole), None)


def _cause(tool: Tool, key: str, *, same: bool) -> str:
    reason = _gap(tool, key)
    if reason is None:
        return "differs: NOT NOTICED"
    kind = re.sub(r" at \S+:\d+.*", "", reason).split(" ", 1)[-1]
    return f"{kind} (said{'; the value read is the one served' if same else ''})"
