"""Two reports of the same tools: which scores moved, and by which facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.calibration.causes import causes
from scorer.models.card import Report, Reports

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorer.models.card import ToolCard

    # Server, tool, and which of that name it is: names may stand twice.
    Key = tuple[str, str, int]
    Cards = Mapping[Key, ToolCard]


def compare(old: Report | Reports, new: Report | Reports) -> dict[str, Any]:
    """What moved between two reports, as plain values for JSON.

    moved: one row per tool and dimension whose score changed, with the facts that did it and by how many points; `edited` says that
    the definition itself changed. dimensions, facts: counts. onlyOld, onlyNew: tools that stand in one report, as (server, tool).
    """
    before, after = _cards(old), _cards(new)
    both = [key for key in after if key in before]
    moved = [row for key in both for row in _moved(key, before[key], after[key])]
    return {
        "old": _versions(old),
        "new": _versions(new),
        "tools": len(both),
        "toolsMoved": len({(row["server"], row["tool"]) for row in moved}),
        "edited": sum(_hash(before[key]) != _hash(after[key]) for key in both),
        "tdqs": _tdqs(both, before, after),
        "dimensions": _by_dimension(both, before, after),
        "facts": _by_fact(moved),
        "moved": moved,
        "onlyOld": [list(key[:2]) for key in before if key not in after],
        "onlyNew": [list(key[:2]) for key in after if key not in before],
    }


def _reports(report: Report | Reports) -> tuple[Report, ...]:
    return report.servers if isinstance(report, Reports) else (report,)


def _cards(report: Report | Reports) -> dict[Key, ToolCard]:
    found: dict[Key, ToolCard] = {}
    for one in _reports(report):
        for card in one.tools:
            place = 0
            while (one.server.name, card.name, place) in found:
                place += 1
            found[one.server.name, card.name, place] = card
    return found


def _versions(report: Report | Reports) -> dict[str, Any]:
    parts = _reports(report)
    return {
        "rubricVersion": sorted({one.rubric_version for one in parts}),
        "gradedBy": sorted({one.graded_by for one in parts}),
        "servers": len(parts),
    }


def _hash(card: ToolCard) -> str:
    return card.context_signals.input_hash


def _moved(key: Key, old: ToolCard, new: ToolCard) -> Iterator[dict[str, Any]]:
    for dimension in new.scores:
        before, after = old.scores.get(dimension), new.scores[dimension]
        if before != after:
            yield {
                "server": key[0],
                "tool": key[1],
                "dimension": dimension,
                "old": before,
                "new": after,
                "edited": _hash(old) != _hash(new),
                "by": causes(dimension, old, new),
            }


def _tdqs(both: list[Key], before: Cards, after: Cards) -> dict[str, Any]:
    steps = [
        round(10 * new) - round(10 * old)
        for key in both
        if (old := before[key].tdqs) is not None and (new := after[key].tdqs) is not None
    ]
    return {**_counts(steps, 10), "tiers": _tiers(both, before, after)}


def _tiers(both: list[Key], before: Cards, after: Cards) -> dict[str, int]:
    moves: dict[str, int] = {}
    for key in both:
        a, b = before[key].tier, after[key].tier
        if a != b:
            moves[f"{a or '-'} to {b or '-'}"] = moves.get(f"{a or '-'} to {b or '-'}", 0) + 1
    return dict(sorted(moves.items()))


def _counts(steps: list[int], scale: int = 1) -> dict[str, Any]:
    raised, lowered = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    mean = round(sum(steps) / scale / len(steps), 3) if steps else 0.0
    return {"raised": raised, "lowered": lowered, "same": len(steps) - raised - lowered, "mean": mean}


def _by_dimension(both: list[Key], before: Cards, after: Cards) -> dict[str, dict[str, Any]]:
    names = dict.fromkeys(name for key in both for name in after[key].scores)
    found = {}
    for name in names:
        pairs = [(before[key].scores.get(name), after[key].scores.get(name)) for key in both]
        steps = [new - old for old, new in pairs if old is not None and new is not None]
        found[name] = _counts(steps) | {"measured": sum((old is None) != (new is None) for old, new in pairs)}
    return found


def _by_fact(moved: list[dict[str, Any]]) -> dict[str, int]:
    """In how many moved scores each fact had a part, most first."""
    count: dict[str, int] = {}
    for row in moved:
        for fact in {cause["fact"] for cause in row["by"]}:
            name = fact if "/" in fact else f"{row['dimension']} ({fact})"
            count[name] = count.get(name, 0) + 1
    return dict(sorted(count.items(), key=lambda item: (-item[1], item[0])))
