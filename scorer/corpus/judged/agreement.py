"""How far both witnesses agree with the heuristics alone, over the random sample of a judged selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.corpus.spreads import percent, shares
from scorer.models.corpus_judgement import JUDGEMENT_SCHEMA_VERSION, CorpusJudgement, WitnessAgreement
from scorer.models.judge import JudgeUsage

if TYPE_CHECKING:
    from scorer.corpus.query import Results
    from scorer.models.corpus_judgement import Selection
    from scorer.models.rubric import Rubric

_SUMS = ("input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens")


def judgement(results: Results, location: str, selection: Selection, rubric: Rubric) -> CorpusJudgement:
    """The summary of the view `judged`, whose columns are those of `table.schema`. location: where its rows are."""
    results.connection.execute(
        "CREATE TEMP VIEW sample AS SELECT * FROM judged WHERE judged AND list_contains(why, 'sample')"
    )
    tools, servers, judged, model, version = results.row(
        "SELECT count(*), count(DISTINCT server), count(*) FILTER (judged), any_value(model), any_value(rubric_version) FROM judged"
    )
    sample, same = results.row("SELECT count(*), count(*) FILTER (tier = heuristic_tier) FROM sample")
    wanted = [("tdqs", "TDQS"), *((dimension.id, dimension.label) for dimension in rubric.tool)]
    return CorpusJudgement(
        schema_version=JUDGEMENT_SCHEMA_VERSION,
        location=location,
        model=model,
        rubric_version=version,
        selection=selection,
        tools=tools,
        servers=servers,
        judged=judged,
        selected=shares(results, "why", "judged", unnest=True),
        heuristics_only=shares(results, "problem", "judged"),
        usage=_usage(results),
        sample=sample,
        same_tier=percent(same, sample) if sample else None,
        agreement=tuple(found for key, label in wanted if (found := _agreement(results, key, label)) is not None),
    )


def _usage(results: Results) -> JudgeUsage:
    sums = ", ".join(f"coalesce(sum({name}), 0)::BIGINT" for name in _SUMS)
    calls, dollars, tokens_in, tokens_out, read, written = results.row(
        "SELECT count(*) FILTER (output_tokens > 0), CASE WHEN count(dollars) = count(*) THEN round(sum(dollars), 6) END, "  # noqa: S608 - names of ours
        f"{sums} FROM judged"
    )
    return JudgeUsage(calls, tokens_in, tokens_out, read, written, dollars)


def _agreement(results: Results, key: str, label: str) -> WitnessAgreement | None:
    # With quadratic weights Cohen's kappa is a matter of moments alone: 2 cov / (var + var + (difference of the means)^2).
    query = f"""
        SELECT count(*), count(*) FILTER (b = a), count(*) FILTER (abs(b - a) <= 1), avg(abs(b - a)), avg(b - a),
            2 * covar_pop(a, b) / nullif(var_pop(a) + var_pop(b) + pow(avg(a) - avg(b), 2), 0)
        FROM (SELECT heuristic_{key}::DOUBLE AS a, {key}::DOUBLE AS b FROM sample) WHERE a IS NOT NULL AND b IS NOT NULL"""  # noqa: S608 - likewise
    tools, exact, near, mae, bias, kappa = results.row(query)
    if not tools:
        return None
    return WitnessAgreement(key, label, tools, percent(exact, tools), percent(near, tools), mae, bias, kappa)
