"""What is said of a tool before all else: that its text tries to take the agent over, steers it, speaks to a grader, or hides."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorer.models.card import Report, ToolCard

_SIGNALS = {"poisoning": True, "steering": False}


class Alarm(NamedTuple):
    """label: what it is, in the report's words. quote: the words that show it. where: pointer of their text. grave: no honest text has it."""

    label: str
    quote: str
    where: str
    advice: str
    grave: bool

    def sentence(self) -> str:
        """`Tries to take the agent over: "Ignore previous instructions." Do not install this server.`"""
        place = f" ({self.where})" if self.where not in ("", "/description") else ""
        shown = f': "{self.quote}"' if self.quote else "."
        return f"{self.label}{shown}{place} {self.advice}".rstrip()


def alarms(card: ToolCard, report: Report) -> list[Alarm]:
    """The alarms of one tool, poisoning first; none for nearly every tool."""
    found = list(_of_signals(card, report))
    quoted = [one.quote for one in found if one.grave]
    return found + [one for one in _of_facts(card, report) if not any(one.quote[:40] in quote for quote in quoted)]


def _of_signals(card: ToolCard, report: Report) -> Iterator[Alarm]:
    texts = report.risk.signal_texts if report.risk else {}
    signals = {one.id: one for one in card.risk.signals} if card.risk else {}
    for name, grave in _SIGNALS.items():
        if name in signals:
            signal, text = signals[name], texts.get(name)
            where = signal.place.pointer if signal.place else ""
            label, advice = (text.label, text.advice) if text else (name, "")
            yield Alarm(label, signal.quote or "", where, advice, grave)


def _of_facts(card: ToolCard, report: Report) -> Iterator[Alarm]:
    for fact in card.facts:
        text = report.legend.facts.get(fact.id)
        if fact.holds and text and text.hostile:
            quote = "" if fact.detail else fact.quote or ""
            detail = f" ({fact.detail})" if fact.detail else ""
            yield Alarm(f"{text.question} Yes{detail}", quote, fact.place.pointer if fact.place else "", "", grave=True)


def alarmed(cards: Iterable[ToolCard], report: Report) -> list[tuple[ToolCard, Alarm]]:
    """The tools with an alarm, each with its first, grave ones in front."""
    found = ((card, next(iter(alarms(card, report)), None)) for card in cards)
    return sorted(((card, one) for card, one in found if one), key=lambda pair: not pair[1].grave)
