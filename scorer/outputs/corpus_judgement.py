"""What a judge said of a corpus: plain lines for a terminal, or JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scorer.outputs.escape import clipped, folded
from scorer.outputs.json import plain
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.corpus_judgement import CorpusJudgement

_NAME = 28
# Below so many tools a share moves by several percent with each of them.
_FEW = 50


def render(found: CorpusJudgement) -> str:
    """The summary as text, ending in a newline."""
    return "\n".join((*_head(found), "", *_agreement(found))) + "\n"


def render_json(found: CorpusJudgement) -> str:
    """The same as JSON: the fields of `CorpusJudgement`, in camelCase."""
    return json.dumps(plain(found), indent=2, ensure_ascii=False) + "\n"


def _head(found: CorpusJudgement) -> Iterator[str]:
    yield f"{counted(found.judged, 'tool')} of {found.tools:,} judged by {found.model}, in {counted(found.servers, 'server')}"
    chosen = ", ".join(f"{share.name} {share.count:,}" for share in found.selected)
    yield f"Chosen as: {chosen}"
    for share in found.heuristics_only:
        yield f"  without a judgement: {share.count:,}, {clipped(folded(share.name), 70)}"
    usage = found.usage
    cost = "at an unknown price" if usage.dollars is None else f"${usage.dollars:.4f}"
    yield f"Answers: {usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens:,} tokens in, {usage.output_tokens:,} out, {cost}"
    yield f"Results: {folded(found.location, 80)}"


def _agreement(found: CorpusJudgement) -> Iterator[str]:
    if not found.sample:
        yield "No random sample was judged, so nothing is said of the whole corpus: add --sample N."
        return
    few = ": few, so take the figures as a hint" if found.sample < _FEW else ""
    yield f"Heuristics beside both witnesses, random sample of {counted(found.sample, 'tool')} (seed {found.selection.seed}){few}"
    yield f"  {'':<{_NAME - 2}}{'tools':>7}{'same':>9}{'within 1':>10}{'apart':>8}{'judged -':>10}{'kappa':>8}"
    for one in found.agreement:
        kappa = "-" if one.kappa is None else f"{one.kappa:.2f}"
        yield (
            f"  {one.label:<{_NAME - 2}}{one.tools:>7,}{one.exact:>7.1f} %{one.within_one:>8.1f} %{one.mae:>8.2f}{one.bias:>+10.2f}{kappa:>8}"
        )
    yield f"  {'Same tier':<{_NAME - 2}}{found.sample:>7,}{found.same_tier or 0:>7.1f} %"
    yield "  apart: mean absolute difference; judged -: judged minus heuristic score, on average; kappa: Cohen's, quadratic weights"
