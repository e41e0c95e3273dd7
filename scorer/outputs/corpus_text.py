"""The report of a corpus for a terminal: plain lines, of which those with an edit are the longest, 170 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.outputs.escape import clipped, folded
from scorer.outputs.words import number
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.models.corpus import CommonFix, CorpusReport, DimensionSpread, Drift, Share

_BAR, _NAME, _SERVERS, _FIXES = 24, 34, 10, 12
_BLOCKS = " ▏▎▍▌▋▊▉█"


def render(report: CorpusReport) -> str:
    """The report as text, ending in a newline."""
    parts = [
        _head(report),
        _tiers(report),
        _dimensions("Tools, by dimension", report.dimensions),
        _dimensions("Servers, as a set", report.server_dimensions),
        *(
            _shares(title, found)
            for title, found in (("Risk", report.risk_categories), ("Severity", report.risk_severities))
        ),
        _shares("Flags", report.flags),
        _worst(report),
        _fixes("What edits would add", report.fixes),
        _fixes("Commonest defects", report.defects),
        _shares("Rows that could not be graded", report.error_rows),
        *([_drift(report.drift)] if report.drift else []),
    ]
    return "\n\n".join("\n".join(part) for part in map(list, parts) if part) + "\n"


def _head(report: CorpusReport) -> Iterator[str]:
    yield f"{counted(report.tools, 'tool')} of {counted(report.servers, 'server')} in {folded(report.location, 60)}"
    said = [f"rubric {', '.join(report.rubric_versions)}"]
    if report.errors:
        said.append(f"{counted(report.errors, 'row')} could not be graded")
    yield "; ".join(said)
    if report.mean is not None:
        low, middle, high = report.quartiles
        yield (
            f"TDQS: mean {report.mean:.2f} (registry {report.published_mean:.2f}), median {middle:.1f}, "
            f"half of them from {low:.1f} to {high:.1f}. Servers: mean {_two(report.server_mean)}"
        )


def _tiers(report: CorpusReport) -> Iterator[str]:
    yield f"{'Tier':<{_NAME}}{'tools':>10}{'here':>9}{'registry':>10}"
    for tier in report.tiers:
        published = "" if tier.published is None else f"{tier.published:.1f} %"
        yield f"  {tier.letter:<{_NAME - 2}}{tier.count:>10,}{tier.percent:>7.1f} %{published:>10}  {bar(tier.percent)}".rstrip()


def _dimensions(title: str, spreads: Sequence[DimensionSpread]) -> Iterator[str]:
    yield f"{title:<{_NAME}}{'mean':>6}{'registry':>10}{'below 3':>10}{'registry':>10}    {'1':>5}{'2':>6}{'3':>6}{'4':>6}{'5':>6}"
    for spread in spreads:
        scored = sum(spread.counts) or 1
        shares = "".join(f"{100 * count / scored:>6.0f}" for count in spread.counts)
        yield (
            f"  {spread.label:<{_NAME - 2}}{_two(spread.mean):>6}{_two(spread.published_mean):>10}"
            f"{_percent(spread.below_three):>10}{_percent(spread.published_below_three):>10}   {shares} %"
        )
        if spread.unmeasured:
            yield f"    not measurable: {spread.unmeasured:,}"


def _worst(report: CorpusReport) -> Iterator[str]:
    if report.worst:
        yield f"{'Lowest servers':<{_NAME}}{'tools':>6}{'score':>8}   lowest tool"
    for server in report.worst[:_SERVERS]:
        yield (
            f"  {_name(server.server):<{_NAME - 2}}{server.tools:>6,}{server.overall:>6.1f} {server.tier}"
            f"   {number(server.lowest)} {folded(server.lowest_tool, 40)}"
        )


def _fixes(title: str, fixes: Sequence[CommonFix]) -> Iterator[str]:
    if fixes:
        yield f"{title:<{_NAME}}{'tools':>11}{'each':>7}{'mean':>7}   (TDQS; mean: of the whole corpus)"
    for fix in fixes[:_FIXES]:
        yield (
            f"  {fix.fact:<{_NAME - 2}}{fix.percent:>9.1f} %{fix.gain:>+7.2f}{fix.corpus_gain:>+7.2f}   {clipped(fix.remedy, 100)}"
        )


def _shares(title: str, found: Sequence[Share]) -> Iterator[str]:
    if found:
        yield title
    for share in found[:_FIXES]:
        yield f"  {clipped(folded(share.name), 56):<56}{share.count:>10,}{share.percent:>7.1f} %"


def _drift(drift: Drift) -> Iterator[str]:
    yield f"Since {folded(drift.location, 60)} (rubric {drift.rubric_version})"
    yield f"  {counted(drift.shared, 'tool')} in both, {drift.added:,} new, {drift.removed:,} gone; {drift.edited:,} were edited"
    yield (
        f"  {drift.up:,} rose and {drift.down:,} fell, {drift.moved_unedited:,} of them without an edit; "
        f"mean {drift.mean_before:.2f} -> {drift.mean_after:.2f}"
    )
    for dimension in drift.dimensions:
        if dimension.up or dimension.down:
            yield f"    {dimension.label:<20}{dimension.up:>9,} up{dimension.down:>9,} down{dimension.mean_change:>+8.2f}"
    if drift.tiers:
        yield f"  Tiers: {'; '.join(f'{move.before} -> {move.after} {move.count:,}' for move in drift.tiers)}"
    for mover in drift.movers[:_SERVERS]:
        yield f"    {mover.before:.1f} -> {mover.after:.1f}  {folded(mover.server, 30)} {folded(mover.tool, 40)}"


def bar(percent: float) -> str:
    """A share as a bar of block characters."""
    eighths = round(percent / 100 * _BAR * 8)
    return "█" * (eighths // 8) + _BLOCKS[eighths % 8].strip()


def _name(name: str) -> str:
    return folded(name, _NAME - 3)


def _two(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f} %"
