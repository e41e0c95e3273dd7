"""What a judge said of some tools of a corpus, and how far it agrees with the heuristics."""

from __future__ import annotations

from scorer.models.base import model
from scorer.models.corpus import Share
from scorer.models.judge import JudgeUsage

JUDGEMENT_SCHEMA_VERSION = "1.0"


@model
class Selection:
    """Which tools to judge; a tool may be chosen for several reasons.

    edges: so many that stand nearest to the edge between two tiers. disagree: so many whose dimensions are farthest apart, and among
    equals those with the most questions that the heuristics could not answer. sample: so many at random, by `seed`; a larger sample holds
    the smaller one of the same seed. picks: names of servers, and input hashes of tools.
    """

    edges: int = 0
    disagree: int = 0
    sample: int = 0
    seed: int = 0
    picks: tuple[str, ...] = ()


@model
class WitnessAgreement:
    """How the scores of both witnesses stand to those of the heuristics, over the random sample alone.

    id: a dimension's, or "tdqs". tools: with both scores. exact, within_one: percent. mae: mean absolute difference.
    bias: mean of judged minus heuristic score. kappa: Cohen's, with quadratic weights; None where both scores never vary.
    """

    id: str
    label: str
    tools: int
    exact: float
    within_one: float
    mae: float
    bias: float
    kappa: float | None


@model
class CorpusJudgement:
    """A judged selection. rubric_version names the judge, too.

    selected: tools by why they were chosen. heuristics_only: tools without a judgement, by reason. usage: what the answers cost, whenever
    that was. sample: judged tools of the random sample, which `agreement` and `same_tier` (percent) are about.
    """

    schema_version: str
    location: str
    model: str
    rubric_version: str
    selection: Selection
    tools: int
    servers: int
    judged: int
    selected: tuple[Share, ...]
    heuristics_only: tuple[Share, ...]
    usage: JudgeUsage
    sample: int
    same_tier: float | None
    agreement: tuple[WitnessAgreement, ...]
