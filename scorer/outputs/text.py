"""The report for a terminal: one line that sums up, a table of the tools, then what to mend first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.models.tool import NOT_READ
from scorer.outputs import notes, risk_words
from scorer.outputs.cells import Page, Paint, cut, padded, painter, wrapped
from scorer.outputs.escape import folded
from scorer.outputs.second import told
from scorer.outputs.words import grade, named, number, partly, servers, shown, worst_first
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.models.card import Report, Reports, ToolCard

# Up to 40 tools all have a row; of more, the worst 30 do: a screen or two, whatever the server.
_ALL, _WORST = 40, 30
_SMALLEST = 64
# A terminal is at most this wide for a line of prose to be read; the table uses no more either.
_WIDEST = 120
# The narrowest page that has room for the column of the risk.
_ROOM_FOR_RISK = 76
_RISK = 2 + risk_words.WIDTH


def render(report: Report | Reports, *, color: bool = False, width: int = 80) -> str:
    """The report in lines of at most `width` columns (64 to 120); with colour, between ANSI codes."""
    page = Page(min(max(width, _SMALLEST), _WIDEST), painter(color=color))
    reports = servers(report)
    parts = [_overview(reports, page)] if len(reports) != 1 else []
    parts += ["\n".join(_server(one, page)) for one in reports]
    return ("\n\n" + "=" * page.width + "\n\n").join(parts) + "\n"


def _overview(reports: tuple[Report, ...], page: Page) -> str:
    rows = [page.paint(counted(len(reports), "server"), "bold")]
    for one in reports:
        score = padded(grade(one.server_score.overall_score, one.server_score.overall_tier), 16)
        tools = counted(one.server_score.tool_count, "tool")
        rows.append(f"  {padded(folded(named(one)), page.width - 32)} {score}{tools:>13}")
    return "\n".join(rows)


def _server(report: Report, page: Page) -> Iterator[str]:
    yield _headline(report, page)
    counts = wrapped(_counts(report), page.width, 20) if report.shown else [cut(_counts(report), page.width)]
    yield from (page.paint(line, "dim") for line in counts)
    if partly(report):
        yield from (page.paint(line, "yellow") for line in wrapped(partly(report), page.width, 3))
    if report.judge:
        yield from (page.paint(line, "dim") for line in wrapped(folded(told(report)), page.width, 3))
    if report.risk is not None:
        yield from wrapped(f"Risk: {folded(report.risk.sentence)}", page.width, 2)
    if report.tools or report.errors:
        yield ""
        yield from _table(report, page)
    for section in notes.sections(report, page):
        yield ""
        yield from section


def _headline(report: Report, page: Page) -> str:
    score = report.server_score
    overall = grade(score.overall_score, score.overall_tier)
    rest = f"   descriptions {_short(score.description_quality_score, score.description_quality_tier)}"
    rest += f"   coherence {_short(score.coherence_score, score.coherence_tier)}"
    name = cut(folded(named(report)), page.width - len(overall) - len(rest) - 3)
    return f"{page.paint(name, 'bold')}   {page.paint(overall, _style(score.overall_tier))}{rest}"


def _counts(report: Report) -> str:
    score = report.server_score
    parts = [counted(score.tool_count, "tool"), counted(report.tokens, "token")]
    wrong = len(report.errors) - report.server.not_read
    if wrong:
        parts.append(counted(wrong, "error row"))
    if report.shown is not None:
        parts.append(f"{len(shown(report))} shown")
    source = " ".join(part for part in (report.server.kind, report.server.location) if part)
    return ", ".join(parts) + (f" ({folded(source)})" if source else "")


def _table(report: Report, page: Page) -> Iterator[str]:
    dims = report.legend.dimensions
    cards = worst_first(shown(report))
    rows = cards if len(cards) <= _ALL else cards[:_WORST]
    risky = any(card.risk for card in cards) and page.width >= _ROOM_FOR_RISK
    room = page.width - 17 - 4 * len(dims) - (_RISK if risky else 0)
    heads = "".join(f" {padded(folded(dim.label)[:3], 3)}" for dim in dims)
    yield page.paint(f"{padded('Tool', room)}  TDQS {heads}  Tokens{'  Risk' if risky else ''}", "bold")
    for card in rows:
        yield _row(card, [dim.id for dim in dims], room, page.paint) + (_risk(card, page.paint) if risky else "")
    if len(rows) < len(cards):
        yield cut(
            f"... and {len(cards) - len(rows)} tools that score better; --html FILE shows all, --tool NAME one",
            page.width,
        )
    for problem in report.errors[:5]:
        if problem.code == NOT_READ:
            yield from wrapped(f"not read: {folded(problem.message)}", page.width, 2)
        else:
            yield cut(
                f"{padded(folded(problem.tool or 'input'), room)}  not graded: {folded(problem.code)}", page.width
            )
    yield from _unread(cards, room, page)
    yield from notes.legend(report, page)


def _unread(cards: Sequence[ToolCard], room: int, page: Page) -> Iterator[str]:
    """What the source code did not give, of the first few tools, and how many there are."""
    gaps = [(card.name, gap) for card in cards for gap in card.unread]
    for name, gap in gaps[:5]:
        yield cut(f"{padded(folded(name), room)}  not read: {folded(gap.reason)}", page.width)
    if len(gaps) > 5:
        yield f"... and {len(gaps) - 5} more fields that could not be read from the source"
    maybe = sum(card.conditional for card in cards)
    if maybe:
        found = f"{counted(maybe, 'tool')} registered only under a condition, or in a loop that cannot be followed"
        yield from wrapped(found, page.width, 3)


def _row(card: ToolCard, dims: list[str], room: int, paint: Paint) -> str:
    name = padded(folded(card.name), room)
    score = paint(f"{number(card.tdqs):>4} {card.tier or ' '}", _style(card.tier))
    digits = "".join(_digit(card.scores.get(dim), paint) for dim in dims)
    return f"{name}  {score}{digits}{card.tokens:>7}"


def _risk(card: ToolCard, paint: Paint) -> str:
    style = {"critical": "red", "high": "red", "medium": "yellow"}.get(card.risk.severity if card.risk else "", "")
    return "  " + paint(risk_words.short(card.risk), style)


def _digit(score: int | None, paint: Paint) -> str:
    return f"  {paint(str(score), 'red') if score < 3 else score} " if score is not None else "  - "


def _short(score: float | None, tier: str | None) -> str:
    return "-" if score is None else grade(score, tier)


def _style(tier: str | None) -> str:
    return {"A": "green", "B": "green", "C": "yellow", "D": "red", "F": "red"}.get(tier or "", "")
