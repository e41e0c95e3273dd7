"""A folder of results, looked at as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.catalog import load_rubric
from scorer.corpus import spreads
from scorer.corpus.drift import drift
from scorer.corpus.gains import common_fixes
from scorer.corpus.query import Results
from scorer.errors import InputError
from scorer.models.corpus import CORPUS_SCHEMA_VERSION, CorpusReport

if TYPE_CHECKING:
    from scorer.models.rubric import Rubric


def report_corpus(location: str, previous: str | None = None) -> CorpusReport:
    """The report of a folder that `score_corpus` wrote, with what moved since an earlier one.

    location, previous: folders or fsspec addresses. Raises UsageError for one without results, InputError for one that was graded by
    a rubric with other dimensions.
    """
    rubric, results = load_rubric(), Results()
    results.add("tools", location)
    if previous is not None:
        results.add("earlier", previous)
    _check(results, [dimension.id for dimension in rubric.tool])
    _make_views(results, rubric)
    tools, mean, *quartiles = results.row(
        "SELECT count(*), avg(tdqs), quantile_cont(tdqs, 0.25), median(tdqs), quantile_cont(tdqs, 0.75) FROM graded"
    )
    versions = results.rows("SELECT DISTINCT rubric_version FROM tools WHERE rubric_version IS NOT NULL ORDER BY 1")
    servers, server_mean = results.row("SELECT count(*), avg(server_tdqs) FROM by_server")
    fixes = common_fixes(results, rubric)
    return CorpusReport(
        schema_version=CORPUS_SCHEMA_VERSION,
        location=location,
        rubric_versions=tuple(version for (version,) in versions),
        tools=tools,
        servers=servers,
        errors=results.row("SELECT count(*) FROM tools WHERE error IS NOT NULL")[0],
        mean=mean,
        quartiles=tuple(quartiles) if tools else (),
        published_mean=rubric.corpus.mean_tdqs,
        tiers=spreads.tiers(results, rubric),
        dimensions=spreads.spreads(results, "graded", rubric.tool, rubric),
        server_dimensions=spreads.spreads(results, "by_server", rubric.server, rubric, "server_"),
        server_tiers=spreads.shares(results, "server_tier", "by_server"),
        server_mean=server_mean,
        flags=spreads.shares(results, "flags || server_flags", unnest=True),
        risk_categories=spreads.shares(results, "risk_category"),
        risk_severities=spreads.shares(results, "risk_severity"),
        worst=spreads.worst_servers(results),
        fixes=fixes.best,
        defects=fixes.defects,
        error_rows=spreads.errors(results),
        drift=drift(results, previous, rubric) if previous is not None else None,
    )


def _check(results: Results, dimensions: list[str]) -> None:
    there = {row[0] for row in results.rows("DESCRIBE tools")}
    if not {*dimensions, "facts", "server_tdqs"} <= there:
        raise InputError("these results were made by another version of toolmark", "Score the corpus again.")


def _make_views(results: Results, rubric: Rubric) -> None:
    results.connection.execute("CREATE VIEW graded AS SELECT * FROM tools WHERE tdqs IS NOT NULL")
    columns = ("server_tdqs", "server_tier", *(f"server_{dimension.id}" for dimension in rubric.server))
    chosen = ", ".join(f"any_value({column}) AS {column}" for column in columns)
    results.connection.execute(
        f"CREATE TEMP TABLE by_server AS SELECT server, count(*) AS tools, {chosen} FROM tools GROUP BY server"  # noqa: S608 - names of ours
    )
