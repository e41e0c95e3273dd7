"""Two runs compared: which tools moved, and whether their definitions did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.models.corpus import DimensionDrift, Drift, Mover, TierMove

if TYPE_CHECKING:
    from scorer.corpus.query import Results
    from scorer.models.rubric import Rubric

_MOVERS, _TIERS = 15, 12


def drift(results: Results, location: str, rubric: Rubric) -> Drift:
    """What moved since the results of the view `earlier`. location: where they are."""
    _join(results, rubric)
    shared, edited, up, down, unedited, before, after = results.row("""
        SELECT count(*), count(*) FILTER (edited), count(*) FILTER (after > before), count(*) FILTER (after < before),
            count(*) FILTER (after <> before AND NOT edited), coalesce(avg(before), 0), coalesce(avg(after), 0)
        FROM moves""")
    added, removed = (
        results.row(f"SELECT count(*) FROM {one} ANTI JOIN {other} USING (server, tool, copy)")[0]  # noqa: S608 - names of ours
        for one, other in (("new_tools", "old_tools"), ("old_tools", "new_tools"))
    )
    versions = results.rows("SELECT DISTINCT rubric_version FROM earlier WHERE rubric_version IS NOT NULL ORDER BY 1")
    return Drift(
        location=location,
        rubric_version=", ".join(version for (version,) in versions),
        shared=shared,
        added=added,
        removed=removed,
        edited=edited,
        up=up,
        down=down,
        moved_unedited=unedited,
        mean_before=before,
        mean_after=after,
        dimensions=tuple(_dimension(results, dimension.id, dimension.label) for dimension in rubric.tool),
        tiers=_tier_moves(results),
        movers=_movers(results),
    )


def _join(results: Results, rubric: Rubric) -> None:
    """The table `moves`: every tool that both runs graded. Tools of one name in one server are told apart by their order."""
    dimensions = [dimension.id for dimension in rubric.tool]
    for name, view in (("new_tools", "graded"), ("old_tools", "earlier")):
        results.connection.execute(f"""
            CREATE TEMP TABLE {name} AS
            SELECT server, tool, row_number() OVER (PARTITION BY server, tool ORDER BY position) AS copy, tdqs, tier, input_hash,
                {", ".join(dimensions)}
            FROM {view} WHERE tdqs IS NOT NULL""")  # noqa: S608 - names of ours
    both = ", ".join(f"old_tools.{name} AS before_{name}, new_tools.{name} AS after_{name}" for name in dimensions)
    results.connection.execute(f"""
        CREATE TEMP TABLE moves AS
        SELECT server, tool, old_tools.tdqs AS before, new_tools.tdqs AS after, old_tools.tier AS old_tier, new_tools.tier AS new_tier,
            old_tools.input_hash <> new_tools.input_hash AS edited, {both}
        FROM new_tools JOIN old_tools USING (server, tool, copy)""")  # noqa: S608 - likewise


def _dimension(results: Results, name: str, label: str) -> DimensionDrift:
    old, new = f"before_{name}", f"after_{name}"
    return DimensionDrift(
        name,
        label,
        *results.row(
            f"SELECT count(*) FILTER ({new} > {old}), count(*) FILTER ({new} < {old}), coalesce(avg({new} - {old}), 0) FROM moves"  # noqa: S608
        ),
    )


def _tier_moves(results: Results) -> tuple[TierMove, ...]:
    query = """
        SELECT old_tier, new_tier, count(*) AS n FROM moves WHERE old_tier <> new_tier
        GROUP BY ALL ORDER BY n DESC, old_tier, new_tier LIMIT ?"""
    return tuple(TierMove(*row) for row in results.rows(query, [_TIERS]))


def _movers(results: Results) -> tuple[Mover, ...]:
    query = """
        SELECT server, tool, before, after FROM moves WHERE after <> before
        ORDER BY abs(after - before) DESC, server, tool LIMIT ?"""
    return tuple(Mover(*row) for row in results.rows(query, [_MOVERS]))
