"""What each edit would add over a whole corpus: the scorecard's own arithmetic, once for every combination of facts that occurs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from scorer.corpus.spreads import percent
from scorer.models.corpus import CommonFix
from scorer.models.rubric import NO_DESCRIPTION
from scorer.scorecard.book import books
from scorer.scorecard.fixes import described
from scorer.scorecard.tdqs import weigh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.corpus.query import Results
    from scorer.models.rubric import FactRule, Rubric
    from scorer.scorecard.book import Book

_SHOWN = 25


class Fixes(NamedTuple):
    """The edits that would add most to the mean of all tools, and the commonest defects among them all."""

    best: tuple[CommonFix, ...]
    defects: tuple[CommonFix, ...]


class _Effect(NamedTuple):
    """An edit's effect on some tools that are alike: how many, and what it adds to the TDQS of each."""

    rule: FactRule
    tools: int
    gain: float


def common_fixes(results: Results, rubric: Rubric) -> Fixes:
    """What each edit would add to the mean of all tools.

    A defect counts wherever it holds, a missing merit where it would raise anything; of a tool without a description only
    that, because nothing else helps it before.
    """
    book = books(rubric).tool
    _make_bits(results, book)
    tools: dict[str, int] = defaultdict(int)
    gains: dict[str, float] = defaultdict(float)
    rules = {}
    for effect in (*_effects(results, book), *_bare_effects(results, book)):
        rules[effect.rule.id] = effect.rule
        tools[effect.rule.id] += effect.tools
        gains[effect.rule.id] += effect.tools * effect.gain
    total = results.row("SELECT count(*) FROM graded")[0]
    order = sorted(rules, key=lambda fact: (-gains[fact], -tools[fact], book.order[fact]))
    fixes = [_fix(rules[fact], tools[fact], gains[fact], total) for fact in order]
    defects = sorted((fix for fix in fixes if fix.kind == "defect"), key=lambda fix: -fix.tools)
    return Fixes(tuple(fixes[:_SHOWN]), tuple(defects[:_SHOWN]))


def _fix(rule: FactRule, tools: int, gain: float, total: int) -> CommonFix:
    return CommonFix(
        fact=rule.id,
        dimension=rule.dimension,
        kind=rule.kind,
        remedy=rule.remedy,
        tools=tools,
        percent=percent(tools, total),
        gain=round(gain / tools, 3),
        corpus_gain=round(gain / total, 4),
    )


def _make_bits(results: Results, book: Book) -> None:
    """The table `bits`: of every graded tool, per dimension, the facts that hold (h0, h1, ...) and those without an answer (u0, ...)."""
    results.connection.execute("CREATE TEMP TABLE rules (fact VARCHAR, dimension INTEGER, bit BIGINT)")
    rows = [(fact, slot.position, slot.bit) for fact, slot in book.slots.items()]
    results.connection.executemany("INSERT INTO rules VALUES (?, ?, ?)", rows)
    count = range(len(book.scales))
    measured = " + ".join(
        f"CASE WHEN {scale.dimension.id} IS NULL THEN {1 << index} ELSE 0 END"
        for index, scale in enumerate(book.scales)
    )
    either = ", ".join(
        f"coalesce(bit_or(bit) FILTER (dimension = {i} AND {'' if holds else 'NOT'} holds), 0) AS {name}{i}"
        for name, holds in (("h", True), ("u", False))
        for i in count
    )
    results.connection.execute(f"""
        CREATE TEMP TABLE bits AS
        WITH numbered AS (
            SELECT row_number() OVER () AS id, facts, untold, {measured} AS unmeasured,
                list_contains(flags, '{NO_DESCRIPTION}') AS bare
            FROM graded
        ), said AS (
            SELECT id, unmeasured, bare, unnest(facts) AS fact, true AS holds FROM numbered
            UNION ALL SELECT id, unmeasured, bare, unnest(untold), false FROM numbered
        )
        SELECT unmeasured, bare, {either} FROM said JOIN rules USING (fact) GROUP BY id, unmeasured, bare""")  # noqa: S608 - names of ours


def _effects(results: Results, book: Book) -> Iterator[_Effect]:
    weights = [scale.weight for scale in book.scales]
    for position, scale in enumerate(book.scales):
        everything = (1 << len(scale.rows)) - 1
        query = f"""
            SELECT h{position}, u{position}, unmeasured, count(*) FROM bits
            WHERE NOT bare AND unmeasured & {1 << position} = 0 GROUP BY ALL"""  # noqa: S608 - likewise
        for holds, untold, unmeasured, tools in results.rows(query):
            total = sum(weight for index, weight in enumerate(weights) if not unmeasured >> index & 1)
            for flip in scale.outcome(holds, everything & ~untold).flips:
                if flip.rule.remedy:
                    yield _Effect(flip.rule, tools, flip.gain * scale.weight / total)


def _bare_effects(results: Results, book: Book) -> Iterator[_Effect]:
    rule, count = book.rule(NO_DESCRIPTION), len(book.scales)
    if rule is None:
        return
    columns = ", ".join(f"{name}{index}" for name in "hu" for index in range(count))
    for *bits, unmeasured, tools in results.rows(
        f"SELECT {columns}, unmeasured, count(*) FROM bits WHERE bare GROUP BY ALL"  # noqa: S608 - likewise
    ):
        skipped = frozenset(index for index in range(count) if unmeasured >> index & 1)
        told = [(1 << len(scale.rows)) - 1 & ~untold for scale, untold in zip(book.scales, bits[count:], strict=True)]
        weighted, total = weigh(book, described(book, bits[:count], told, skipped).scores)
        if total:
            yield _Effect(rule, tools, weighted / total - 1)
