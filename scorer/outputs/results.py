"""The report as a list of results with places, which all formats for machines share: what fails, what is wrong, what would help."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from scorer.outputs.alarms import alarms
from scorer.outputs.changes import moved
from scorer.outputs.escape import folded
from scorer.outputs.words import lines_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.card import Report, ToolCard
    from scorer.models.fact import Fact, Place
    from scorer.models.gate import Finding, Level
    from scorer.models.tool import Reference

# Missing merits of a tool that are worth a note: the first of its fixes.
_NOTES = 3


class Result(NamedTuple):
    """One result. level: `error` fails the gate, `warning` is a defect, `note` is an edit that would help. lines: the source to change."""

    rule: str
    level: Level
    message: str
    tool: str | None
    place: Place | None
    suppressed: str | None = None
    fix: str = ""
    lines: Reference | None = None

    def fingerprint(self, server: str) -> str:
        """32 hexadecimal digits that stay when lines move: of server, rule, tool and the place inside the definition."""
        # The gate's rules are about the whole tool, wherever its first edit goes.
        pointer = self.place.pointer if self.place and not self.rule.startswith("gate/") else ""
        text = "\n".join((server, self.rule, self.tool or "", pointer))
        return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def results(report: Report) -> list[Result]:
    """What the gate found, then every defect and the best edits, tool by tool; each rule once a tool."""
    cards = {card.name: card for card in report.tools}
    found = [_of_gate(one, cards.get(one.tool or "")) for one in (report.gate.findings if report.gate else ())]
    told = {(one.rule, one.tool) for one in found}
    more = [one for card in shown(report) for one in _of_card(card, report)]
    return found + [one for one in more if (one.rule, one.tool) not in told]


def news(report: Report) -> list[Result]:
    """The results about tools that changed since the earlier report; all of them when there is none."""
    if report.comparison is None:
        return results(report)
    changed = {one.change.name for one in moved(report)}
    return [one for one in results(report) if one.level == "error" or one.tool in changed]


def _of_gate(finding: Finding, card: ToolCard | None) -> Result:
    fix = next((fix for fix in card.fixes if fix.place == finding.place), None) if card and finding.place else None
    return Result(
        finding.rule,
        "warning" if finding.suppressed else "error",
        folded(finding.message),
        finding.tool,
        finding.place,
        finding.suppressed,
        folded(finding.fix),
        lines_of(fix, card) if fix and card else None,
    )


def _of_risk(card: ToolCard, report: Report) -> Iterator[Result]:
    """A text that tries to take the agent over, at the words that are to go."""
    alarm = next((one for one in alarms(card, report) if one.grave), None)
    if alarm is None or card.risk is None or all(signal.id != "poisoning" for signal in card.risk.signals):
        return
    facts = report.legend.facts
    fix = next((one for one in card.fixes if one.fact in facts and facts[one.fact].hostile), None)
    message = f"{folded(card.name, 80)}: {folded(alarm.sentence(), 300)}"
    place, lines = (fix.place, lines_of(fix, card)) if fix else (None, None)
    yield Result("risk/poisoning", "warning", message, card.name, place, None, folded(fix.text) if fix else "", lines)


def _of_card(card: ToolCard, report: Report) -> Iterator[Result]:
    yield from _of_risk(card, report)
    facts = {fact.id: fact for fact in card.facts}
    notes = 0
    for fix in card.fixes:
        text, fact = report.legend.facts.get(fix.fact), facts.get(fix.fact)
        defect = text is not None and text.kind == "defect"
        notes += not defect
        if defect or (notes <= _NOTES and fix.gain > 0):
            question = text.question if text else fix.fact
            message = f"{folded(card.name, 80)}: {folded(question)} {_answer(fact, defect=defect)}"
            yield Result(
                fix.fact,
                "warning" if defect else "note",
                message,
                card.name,
                fix.place,
                None,
                folded(fix.text),
                lines_of(fix, card),
            )


def _answer(fact: Fact | None, *, defect: bool) -> str:
    """`Yes ("Adds").`, `No.`"""
    shown_words = folded(fact.detail or fact.quote or "", 160) if fact and fact.holds else ""
    return f"{'Yes' if defect else 'No'}{f' ({shown_words})' if shown_words else ''}."
