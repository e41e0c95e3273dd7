"""Which tools of a scored corpus are worth a judge's answer; the same results and numbers choose the same tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.errors import UsageError
from scorer.models.rubric import NO_DESCRIPTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.corpus.query import Results
    from scorer.models.corpus_judgement import Selection
    from scorer.models.rubric import Rubric

EDGE, DISAGREE, SAMPLE, PICK = "edge", "disagree", "sample", "pick"


class Chosen(NamedTuple):
    """A tool to judge, as the results know it. why: the reasons, in the order above. scores: of the dimensions, in the rubric's order."""

    server: str
    position: int
    tool: str
    input_hash: str
    tdqs: float
    tier: str
    scores: tuple[int | None, ...]
    why: tuple[str, ...]


def choose(results: Results, selection: Selection, rubric: Rubric) -> list[Chosen]:
    """The tools of the view `tools`, by server and position. Without a description there is nothing to judge, so such tools are left out.

    Raises UsageError when nothing is asked for, nothing is found, or a pick is neither a server nor a tool of these results.
    """
    dimensions = [dimension.id for dimension in rubric.tool]
    _make_view(results, dimensions, selection.seed)
    _check_picks(results, selection.picks)
    reasons: dict[tuple[str, int], list[str]] = {}
    for why, query, values in _queries(selection, rubric):
        for server, position in results.rows(f"SELECT server, position FROM judgeable {query}", values):  # noqa: S608 - words of ours
            reasons.setdefault((server, position), []).append(why)
    if not reasons:
        raise UsageError(
            "no tool is chosen",
            "Choose some: --edges N, --disagree N, --sample N, or --pick with a server or an input hash.",
        )
    return list(_rows(results, reasons, dimensions))


def _make_view(results: Results, dimensions: Sequence[str], seed: int) -> None:
    # MD5, because DuckDB's own hash may change with its version, and a sample must not.
    results.connection.execute(f"""
        CREATE TEMP TABLE judgeable AS
        SELECT server, position, tool, input_hash, tdqs, tier, {", ".join(dimensions)},
            greatest({", ".join(dimensions)}) - least({", ".join(dimensions)}) AS spread, len(untold) AS unanswered,
            md5(concat_ws(chr(0), '{seed:d}', server, position)) AS dice
        FROM tools WHERE tdqs IS NOT NULL AND NOT list_contains(flags, '{NO_DESCRIPTION}')""")  # noqa: S608 - likewise


def _queries(selection: Selection, rubric: Rubric) -> Iterator[tuple[str, str, list[object]]]:
    """Per reason: why, the rest of the query, and its values."""
    # Half a tenth off, so that the last score below an edge is as near to it as the first above.
    edges = ", ".join(f"abs(10 * tdqs - {round(10 * tier.at_least)} + 0.5)" for tier in rubric.tiers[:-1])
    yield EDGE, f"ORDER BY round(least({edges}), 1), dice LIMIT ?", [selection.edges]
    yield DISAGREE, "ORDER BY spread DESC NULLS LAST, unanswered DESC, dice LIMIT ?", [selection.disagree]
    yield SAMPLE, "ORDER BY dice LIMIT ?", [selection.sample]
    if selection.picks:
        picks = list(selection.picks)
        yield PICK, "WHERE list_contains(?, server) OR list_contains(?, input_hash)", [picks, picks]


def _check_picks(results: Results, picks: Sequence[str]) -> None:
    query = "SELECT p FROM (SELECT unnest(?::VARCHAR[]) AS p) WHERE p NOT IN (SELECT server FROM tools) AND p NOT IN (SELECT input_hash FROM tools WHERE input_hash IS NOT NULL)"
    unknown = [name for (name,) in results.rows(query, [list(picks)])] if picks else []
    if unknown:
        raise UsageError(
            f"{', '.join(unknown[:5])}{' and others are' if len(unknown) > 5 else ' is' if len(unknown) == 1 else ' are'} not in these results",
            "Pick servers by the name in the column `server`, tools by `input_hash`.",
        )


def _rows(results: Results, reasons: dict[tuple[str, int], list[str]], dimensions: Sequence[str]) -> Iterator[Chosen]:
    results.connection.execute("CREATE TEMP TABLE chosen (server VARCHAR, position INTEGER)")
    results.connection.executemany("INSERT INTO chosen VALUES (?, ?)", [list(key) for key in reasons])
    query = f"""
        SELECT server, position, tool, input_hash, tdqs, tier, {", ".join(dimensions)} FROM judgeable
        JOIN chosen USING (server, position) ORDER BY server, position"""  # noqa: S608 - likewise
    for server, position, tool, input_hash, tdqs, tier, *scores in results.rows(query):
        yield Chosen(server, position, tool, input_hash, tdqs, tier, tuple(scores), tuple(reasons[server, position]))
