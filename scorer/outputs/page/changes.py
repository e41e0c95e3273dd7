"""What changed since the earlier report, beside the cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.outputs.words import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorer.models.card import Report
    from scorer.models.comparison import Comparison, DimensionChange, ToolChange

_ORDER = ("changed", "renamed", "added", "removed")


class Moved(NamedTuple):
    """One dimension that moved: its label, the change, and the ids of the facts that began and ceased."""

    label: str
    change: DimensionChange


class ChangeRow(NamedTuple):
    """A tool that is not what it was; `moved`: its dimensions that are not; `score`, `tokens`: the differences as signed texts."""

    change: ToolChange
    moved: list[Moved]
    score: str
    tokens: str
    trend: str


class Changes(NamedTuple):
    """The comparison with its rows in order, and by the tool's name; `same`: how many tools are what they were; `moved`: dimensions of the set."""

    comparison: Comparison
    rows: list[ChangeRow]
    by_name: dict[str, ChangeRow]
    score: str
    tokens: str
    same: int
    moved: list[Moved]


def changes(report: Report) -> Changes | None:
    """None for a report without comparison."""
    found = report.comparison
    if found is None:
        return None
    labels = {dim.id: dim.label for dim in (*report.legend.dimensions, *report.legend.server_dimensions)}
    rows = [_row(change, labels) for change in found.tools if change.change != "unchanged" or _has_moved(change)]
    rows.sort(key=lambda row: _ORDER.index(row.change.change) if row.change.change in _ORDER else len(_ORDER))
    by_name = {row.change.name: row for row in rows if row.change.change != "removed"}
    score = difference(found.overall_before, found.overall_after)
    tokens = signed(found.tokens_after - found.tokens_before)
    return Changes(
        found, rows, by_name, score, tokens, len(found.tools) - len(rows), _moved(found.server_dimensions, labels)
    )


def _has_moved(change: ToolChange) -> bool:
    return bool(change.dimensions) or change.tdqs_before != change.tdqs_after


def _moved(dimensions: Iterable[DimensionChange], labels: dict[str, str]) -> list[Moved]:
    return [Moved(labels.get(one.dimension, one.dimension), one) for one in dimensions]


def _row(change: ToolChange, labels: dict[str, str]) -> ChangeRow:
    moved = _moved(change.dimensions, labels)
    before, after = change.tokens_before, change.tokens_after
    tokens = "" if before is None or after is None else signed(after - before)
    return ChangeRow(change, moved, difference(change.tdqs_before, change.tdqs_after), tokens, _trend(change))


def _trend(change: ToolChange) -> str:
    if change.tdqs_before is None or change.tdqs_after is None or change.tdqs_before == change.tdqs_after:
        return "same"
    return "better" if change.tdqs_after > change.tdqs_before else "worse"


def difference(before: float | None, after: float | None) -> str:
    """`+0.4`, `−0.2`, `±0.0`; "" where one of the two is not known."""
    if before is None or after is None:
        return ""
    # In tenths, as scores are written: floats would say 0.39999.
    tenths = round(10 * after) - round(10 * before)
    return f"{'+' if tenths > 0 else '−' if tenths else '±'}{number(abs(tenths) / 10)}"


def signed(value: int) -> str:
    """`+1,204`, `−3`, `±0`."""
    return f"{'+' if value > 0 else '−' if value else '±'}{abs(value):,}"
