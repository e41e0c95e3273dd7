"""One dimension of a card or of the set: score, reason, arithmetic, the facts that hold, and in a word those that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.outputs.page.glossary import short
from scorer.outputs.words import points

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorer.models.card import DimensionText, Fix, Justification
    from scorer.models.fact import Fact
    from scorer.models.judge import Disagreement, JudgeCard
    from scorer.outputs.page.glossary import Glossary

_NO = {"merit": "Not found", "defect": "Clear of", "note": "No"}
_STATUS = {"does-not-apply": "Does not apply", "cannot-tell": "Cannot tell"}


class FactRow(NamedTuple):
    """A fact with the rubric's words for it.

    anchor: its question's entry. others: what further witnesses answered. where: the place of its quote in a few characters, path: its
    file, as far as the two say more than that it stands in the description.
    """

    fact: Fact
    kind: str
    question: str
    number: int | None
    anchor: str
    others: tuple[Fact, ...] = ()
    where: str = ""
    path: str = ""

    @property
    def counts(self) -> bool:
        """Whether it moved the score, or has more to say than that it holds."""
        return bool(self.fact.points or self.others) or not self.fact.holds

    @property
    def disputed(self) -> bool:
        """Whether the witnesses disagree."""
        return any(other.holds != self.fact.holds for other in self.others)


class Quiet(NamedTuple):
    """Facts that need no row: what they have in common, and each one's short name with its question's entry.

    open: they are worth reading one by one even where there is little room, because an edit would change them.
    """

    label: str
    facts: list[tuple[str, str]]

    @property
    def open(self) -> bool:
        return self.label == _NO["merit"]


class Second(NamedTuple):
    """What the judge, the second witness, says of a dimension.

    reason: in its own words, "" for nothing. alone: the score by the heuristics alone where it is another one. apart: by how much the votes
    differ. disputes: the questions that the two answered differently.
    """

    reason: str
    alone: int | None
    apart: int
    disputes: list[Dispute]


class Dispute(NamedTuple):
    """A question that the witnesses answered differently, with its entry among all questions."""

    question: str
    anchor: str
    between: Disagreement


class Section(NamedTuple):
    """A dimension: its words, its score with the reason, how the score comes about, what holds, what does not, its fixes, and the judge."""

    dim: DimensionText
    number: int
    reason: Justification | None
    sum: str
    found: list[FactRow]
    quiet: list[Quiet]
    fixes: list[Fix]
    second: Second | None = None


class Answers(NamedTuple):
    """What is known of a tool or of a set: reasons by dimension, facts and fixes, the words for them, the input's own file, and the judge."""

    reasons: dict[str, Justification]
    facts: Sequence[Fact]
    fixes: Sequence[Fix]
    glossary: Glossary
    file: str | None = None
    judge: JudgeCard | None = None


def sections(dims: Iterable[DimensionText], known: Answers) -> list[Section]:
    """One section for every dimension, in the legend's order."""
    return [_section(dim, number, known) for number, dim in enumerate(dims)]


def _section(dim: DimensionText, number: int, known: Answers) -> Section:
    reason, rows = known.reasons.get(dim.id), _rows(dim, known)
    found = [row for row in rows if _is_news(row)]
    quiet = _quiet([row for row in rows if not _is_news(row)], known.glossary)
    fixes = [fix for fix in known.fixes if fix.dimension == dim.id]
    return Section(dim, number, reason, _sum(reason, rows), found, quiet, fixes, _second(dim.id, reason, known))


def _second(dimension: str, score: Justification | None, known: Answers) -> Second | None:
    judge = known.judge
    if judge is None or judge.status != "judged":
        return None
    alone = judge.heuristic_scores.get(dimension)
    disputes = [
        Dispute(known.glossary.question(one.fact), known.glossary.anchor(one.fact), one)
        for one in judge.disagreements
        if one.dimension == dimension
    ]
    differs = score is not None and alone != score.score
    return Second(
        judge.reasons.get(dimension, ""), alone if differs else None, judge.spread.get(dimension, 0), disputes
    )


def _rows(dim: DimensionText, known: Answers) -> list[FactRow]:
    """A row for every fact id, the answers of further witnesses with it; the most telling first."""
    answers: dict[str, list[Fact]] = {}
    for fact in known.facts:
        if fact.dimension == dim.id:
            answers.setdefault(fact.id, []).append(fact)
    rows = [_row(found, known) for found in answers.values()]
    return sorted(rows, key=lambda row: -abs(row.fact.points))


def _row(answers: list[Fact], known: Answers) -> FactRow:
    first, *others = answers
    words = known.glossary
    return FactRow(
        first,
        words.kind(first.id),
        words.question(first.id),
        words.number(first.id),
        words.anchor(first.id),
        tuple(others),
        *_where(first, known.file),
    )


def _where(fact: Fact, file: str | None) -> tuple[str, str]:
    """`line 313` in the file that was scored, `src/x.py:12` in another, else the pointer."""
    place = fact.place
    if place is None or not fact.quote:
        return "", ""
    if place.file and place.line:
        return (f"line {place.line}", place.file) if place.file == file else (f"{place.file}:{place.line}", place.file)
    return ("" if place.pointer == "/description" else place.pointer), ""


def _is_news(row: FactRow) -> bool:
    return bool(row.fact.holds) or row.fact.status == "error" or row.disputed


def _quiet(rows: Sequence[FactRow], glossary: Glossary) -> list[Quiet]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        groups.setdefault(_label(row), []).append((short(row.fact.id), glossary.anchor(row.fact.id)))
    return [Quiet(label, facts) for label, facts in sorted(groups.items(), key=lambda group: _order(group[0]))]


def _label(row: FactRow) -> str:
    fact = row.fact
    if fact.status == "answered":
        return _NO[row.kind]
    label = _STATUS.get(fact.status, fact.status)
    return f"{label}: {fact.reason}" if fact.reason else label


def _order(label: str) -> int:
    known = [*_NO.values(), *_STATUS.values()]
    return next((place for place, name in enumerate(known) if label.startswith(name)), len(known))


def _sum(reason: Justification | None, rows: Sequence[FactRow]) -> str:
    """`base 2 + 1.9 + 0.4 = 4.3`, as far as the report says it; what holds the sum elsewhere is named."""
    if reason is None or reason.base is None or reason.raw is None:
        return ""
    given = [row.fact.points for row in rows if row.fact.points]
    total = f"base {reason.base:g}{''.join(map(_term, given))}"
    if reason.cap is not None:
        return f"{total}, held at {reason.cap}"
    # The scale ends at 1 and 5, and so does the sum.
    return (
        f"{total} = {reason.raw:g}"
        if abs(reason.base + sum(given) - reason.raw) < 0.05
        else f"{total}, so {reason.raw:g}"
    )


def _term(value: float) -> str:
    sign = points(value)
    return f" {'−' if sign[0] == '-' else '+'} {sign[1:]}"
