"""Why a dimension's score is another in one report than in the other: the facts, the base, the cap or gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorer.models.card import Justification, ToolCard
    from scorer.models.fact import Fact


def causes(dimension: str, old: ToolCard, new: ToolCard) -> list[dict[str, Any]]:
    """What gave other points than before, strongest first: facts by id, `base`, and `cap` for the cap or gate that decided.

    answer: whether the fact now holds, holds no more, or has other points. A fact without points counts where a cap changed.
    """
    a, b = old.justifications.get(dimension), new.justifications.get(dimension)
    capped = _cap(a) != _cap(b)
    found = list(_facts(_held(dimension, old.facts), _held(dimension, new.facts), capped=capped))
    if _base(a) != _base(b):
        found.append(_cause("base", _base(a), _base(b), "other points"))
    if capped:
        found.append({"fact": "cap", "old": _cap(a), "new": _cap(b), "points": 0.0, "answer": "another limit"})
    return sorted(
        found, key=lambda cause: (-abs(float(cause["points"])), "/" not in str(cause["fact"]), str(cause["fact"]))
    )


def _facts(before: dict[str, float], after: dict[str, float], *, capped: bool) -> Iterator[dict[str, Any]]:
    for fact in sorted({*before, *after}):
        old, new = before.get(fact, 0.0), after.get(fact, 0.0)
        answer = "now holds" if fact not in before else "holds no more" if fact not in after else "other points"
        if old != new or (capped and answer != "other points"):
            yield _cause(fact, old, new, answer)


def _cause(name: str, old: float, new: float, answer: str) -> dict[str, Any]:
    return {"fact": name, "old": old, "new": new, "points": round(new - old, 1), "answer": answer}


def _held(dimension: str, facts: Iterable[Fact]) -> dict[str, float]:
    return {fact.id: fact.points for fact in facts if fact.holds and fact.dimension == dimension}


def _base(reason: Justification | None) -> float:
    return reason.base if reason is not None and reason.base is not None else 0.0


def _cap(reason: Justification | None) -> int | None:
    return reason.cap if reason is not None else None
