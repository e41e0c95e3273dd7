"""GitHub workflow commands: annotations on the lines, few enough that a step may show them all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.outputs.escape import folded
from scorer.outputs.results import Result, news
from scorer.outputs.words import servers, stretch
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.models.card import Report, Reports

# A step shows ten annotations of each kind, and drops the rest without a word.
MOST = 10
_KINDS = {"error": "error", "warning": "warning", "note": "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def render(report: Report | Reports) -> str:
    """An `::error` for each finding that fails the gate, a `::warning` for each tool with defects; with a baseline, of changed tools alone."""
    found = [one for server in servers(report) for one in _of_server(server)]
    lines = [line for kind in ("error", "warning") for line in _bounded([one for one in found if one.level == kind])]
    return "\n".join(lines) + "\n" if lines else "\n"


def _of_server(report: Report) -> list[Result]:
    new = [one for one in news(report) if one.suppressed is None]
    return [one for one in new if one.level == "error"] + _by_tool([one for one in new if one.level == "warning"])


def _by_tool(found: Sequence[Result]) -> list[Result]:
    """One result for each tool: its first, with the number of the others."""
    tools: dict[str | None, list[Result]] = {}
    for one in found:
        tools.setdefault(one.tool, []).append(one)
    return [_joined(first, len(rest)) for first, *rest in tools.values()]


def _joined(first: Result, more: int) -> Result:
    return first._replace(message=f"{first.message} And {counted(more, 'more defect')}.") if more else first


def _bounded(found: Sequence[Result]) -> Iterator[str]:
    kept = found if len(found) <= MOST else found[: MOST - 1]
    yield from (command(one) for one in kept)
    if len(kept) < len(found):
        rest = found[len(kept)]
        message = f"... and {len(found) - len(kept)} more: see the report, or run toolmark score"
        yield command(rest._replace(message=message, fix="", rule="toolmark"))


def command(one: Result) -> str:
    """One workflow command; whatever the message holds, it is one line and one command."""
    place = one.place
    properties = (
        {"file": place.file, "line": str(place.line), "col": str(place.column or 1)} if place and place.file else {}
    )
    properties["title"] = one.rule if one.tool is None else f"{one.rule} ({one.tool[:80]})"
    shown = ",".join(f"{key}={_escaped(value, _PROPERTY)}" for key, value in properties.items())
    fix = f"\nFix: {one.fix}" if one.fix else ""
    now = f"\nNow, at {stretch(one.lines)}: {folded(one.lines.code, 200)}" if one.fix and one.lines else ""
    return f"::{_KINDS[one.level]} {shown}::{_escaped(one.message + fix + now, _DATA)}"


def _escaped(text: str, table: dict[str, str]) -> str:
    return re.sub("[%\r\n:,]", lambda match: table.get(match.group(), match.group()), text)
