"""How scores, tiers, flags and risk are spread over a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.models.corpus import DimensionSpread, Share, TierShare, WorstServer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.corpus.query import Results
    from scorer.models.rubric import DimensionRubric, Rubric

_WORST, _ERRORS = 20, 10


def spreads(
    results: Results, view: str, dimensions: Sequence[DimensionRubric], rubric: Rubric, prefix: str = ""
) -> tuple[DimensionSpread, ...]:
    """One spread per dimension. view: rows whose columns are the dimensions' ids behind the prefix."""
    columns = [f"{prefix}{dimension.id}" for dimension in dimensions]
    counted = [f"count(*) FILTER ({column} = {score})" for column in columns for score in range(1, 6)]
    found = results.row(f"SELECT {', '.join(counted)}, count(*) FROM {view}")  # noqa: S608 - names of ours
    *counts, total = found
    return tuple(
        _spread(dimension, counts[5 * index : 5 * index + 5], total, rubric)
        for index, dimension in enumerate(dimensions)
    )


def _spread(dimension: DimensionRubric, counts: Sequence[int], total: int, rubric: Rubric) -> DimensionSpread:
    scored = sum(counts)
    return DimensionSpread(
        id=dimension.id,
        label=dimension.label,
        counts=tuple(counts),
        unmeasured=total - scored,
        mean=sum(score * count for score, count in enumerate(counts, 1)) / scored if scored else None,
        below_three=percent(counts[0] + counts[1], scored) if scored else None,
        published_mean=rubric.corpus.means.get(dimension.id),
        published_below_three=rubric.corpus.below_three.get(dimension.id),
    )


def percent(part: int, whole: int) -> float:
    """Percent with two decimals; 0 of nothing."""
    return round(100 * part / whole, 2) if whole else 0.0


def tiers(results: Results, rubric: Rubric) -> tuple[TierShare, ...]:
    """The tools of each tier, from A down."""
    counts = dict(results.rows("SELECT tier, count(*) FROM graded GROUP BY tier"))
    total = sum(counts.values())
    return tuple(
        TierShare(letter, count, percent(count, total), rubric.corpus.tiers.get(letter))
        for letter in (tier.letter for tier in rubric.tiers)
        for count in (counts.get(letter, 0),)
    )


def shares(results: Results, column: str, view: str = "graded", *, unnest: bool = False) -> tuple[Share, ...]:
    """How many rows have each value of a column, the commonest first; a list's values are counted each."""
    total = results.row(f"SELECT count(*) FROM {view}")[0]  # noqa: S608 - names of ours
    values = f"SELECT unnest({column}) AS value FROM {view}" if unnest else f"SELECT {column} AS value FROM {view}"  # noqa: S608
    query = f"SELECT value, count(*) AS n FROM ({values}) WHERE value IS NOT NULL GROUP BY value ORDER BY n DESC, value"  # noqa: S608
    return tuple(Share(value, count, percent(count, total)) for value, count in results.rows(query))


def worst_servers(results: Results) -> tuple[WorstServer, ...]:
    """The servers with the lowest overall score, each with its lowest tool."""
    query = """
        SELECT server, count(*) AS tools, any_value(server_tdqs) AS overall, any_value(server_tier), min(tdqs), arg_min(tool, tdqs)
        FROM graded WHERE server_tdqs IS NOT NULL GROUP BY server ORDER BY overall, tools DESC, server LIMIT ?"""
    return tuple(WorstServer(*row) for row in results.rows(query, [_WORST]))


def errors(results: Results) -> tuple[Share, ...]:
    """The commonest reasons why rows could not be graded."""
    query = """
        SELECT regexp_replace(error, '[0-9,]+|`[^`]*`', '…', 'g') AS reason, count(*) AS n
        FROM tools WHERE error IS NOT NULL GROUP BY reason ORDER BY n DESC, reason LIMIT ?"""
    found = results.rows(query, [_ERRORS])
    total = results.row("SELECT count(*) FROM tools WHERE error IS NOT NULL")[0]
    return tuple(Share(reason, count, percent(count, total)) for reason, count in found)
