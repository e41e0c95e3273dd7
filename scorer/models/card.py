"""The report document: everything that any output shows, complete enough to render again without scoring again.

Published as JSON Schema (`toolmark schema`). Keys are camelCase in JSON; the keys of maps by dimension stay snake_case.
A superset of the public TDQS score report: a strict reader of that format can read every report whose tools are all
`complete`.
"""

from __future__ import annotations

from typing import Literal

from scorer.models.base import model
from scorer.models.comparison import Comparison
from scorer.models.fact import Fact, Place
from scorer.models.gate import Gate
from scorer.models.judge import JudgeCard, JudgeSummary
from scorer.models.risk import RiskCard, RiskSummary
from scorer.models.rubric import Corpus
from scorer.models.signals import ContextSignals, Overlap
from scorer.models.tool import JsonObject, Origin, Problem, Reference, Unread

SCHEMA_VERSION = "1.0"

Letter = Literal["A", "B", "C", "D", "F"]


@model
class Justification:
    """A dimension's score with its reason.

    score: 1-5, or None when the dimension cannot be measured (the reason says why).
    justification: one to three sentences built from the facts. raw: the score before rounding (base plus points, after caps), None with score.
    base, cap: the scorecard's starting value, and the cap or gate that was applied (None if none was).
    """

    score: int | None
    justification: str
    raw: float | None = None
    base: float | None = None
    cap: int | None = None


@model
class Fix:
    """One edit and what it would bring.

    fact: id of the fact that the edit flips. text: the remedy, specific to this tool where it can be.
    gain: TDQS points (one decimal) that this edit alone would add; raw_gain: the same before rounding, for the order
    among edits that only together cross a rounding edge. before, after: the rubric's worked example.
    place: the words or the field to edit, None when it is not known where they stand. lines: position in the card's `implementation` of the
    source lines that hold them as they are now, None where no source was read.
    start: what to write, begun with this tool's own names; what stands in <...> is for its author. "" where nothing is known to begin with.
    """

    fact: str
    dimension: str
    text: str
    gain: float
    raw_gain: float = 0.0
    before: str = ""
    after: str = ""
    place: Place | None = None
    lines: int | None = None
    start: str = ""


@model
class ToolCard:
    """One tool's report card.

    scores: the six dimensions by id, None where not measurable. tdqs and tier are None when nothing could be measured.
    complete: every dimension has a score. smells: dimensions below 3. flags, server_flags: as in the specification.
    tokens: estimated tokens of the definition. definition: as read. errors: what kept parts from being graded.
    unread, implementation, conditional: for a tool read from source code, see `Tool.unread`, `references` and `conditional`; behind the
    references stand the lines that fixes change.
    judge: the second witness, None when none was asked.
    """

    name: str
    title: str | None
    description: str | None
    tdqs: float | None
    tier: Letter | None
    scores: dict[str, int | None]
    justifications: dict[str, Justification]
    smells: tuple[str, ...]
    flags: tuple[str, ...]
    server_flags: tuple[str, ...]
    summary: str
    context_signals: ContextSignals
    definition: JsonObject
    tokens: int
    complete: bool
    facts: tuple[Fact, ...]
    fixes: tuple[Fix, ...]
    origin: Origin = Origin()
    errors: tuple[Problem, ...] = ()
    risk: RiskCard | None = None
    unread: tuple[Unread, ...] = ()
    implementation: tuple[Reference, ...] = ()
    conditional: bool = False
    judge: JudgeCard | None = None


@model
class ShadowingRisk:
    """A tool whose purpose a much cheaper sibling covers (specification field names)."""

    tool: str
    cheaper_sibling: str
    invocation_cost: int
    cheaper_sibling_invocation_cost: int
    justification: str


@model
class ServerScore:
    """The server rollup, by the specification's arithmetic.

    The three published scores are None when fewer than 80 % of the tools could be scored, or a coherence dimension could not.
    """

    overall_score: float | None
    overall_tier: Letter | None
    description_quality_score: float | None
    description_quality_tier: Letter | None
    coherence_score: float | None
    coherence_tier: Letter | None
    mean_tdqs: float | None
    min_tdqs: float | None
    disambiguation: int | None
    naming_consistency: int | None
    tool_count_appropriateness: int | None
    completeness: int | None
    coherence_justifications: dict[str, Justification]
    coherence_summary: str
    scored_tool_count: int
    tool_count: int
    shadowing_risks: tuple[ShadowingRisk, ...] = ()


@model
class ServerSummary:
    """Which server this is, and how it was read.

    not_read: places in its source code that register tools and could not be followed, and files that could not be read: where it is not 0,
    the scores are those of the tools that were read, and there may be more. Each stands in the report's `errors` as `not-read`.
    """

    name: str
    tool_count: int
    version: str | None = None
    kind: str = ""
    location: str | None = None
    not_read: int = 0


@model
class Edit:
    """One step of the plan: a fix on one tool, and what the server gains by it after the steps before it."""

    tool: str
    fact: str
    dimension: str
    text: str
    tool_gain: float
    server_score: float


@model
class Plan:
    """The shortest list of edits found that reaches the next tier.

    target: the tier aimed at, None when the server is in the highest. reached: whether the edits get there.
    """

    target: Letter | None
    reached: bool
    from_score: float | None
    to_score: float | None
    edits: tuple[Edit, ...] = ()


@model
class FactText:
    """What the report says of a fact id, so that it renders without the rubric. hostile: it shows text that no honest definition has."""

    id: str
    dimension: str
    kind: str
    question: str
    why: str
    remedy: str
    before: str
    after: str
    hostile: bool = False


@model
class DimensionText:
    """What the report says of a dimension, so that it renders without the rubric."""

    id: str
    label: str
    weight: int
    question: str
    why: str


@model
class Legend:
    """The rubric's words for what stands in this report: dimensions in the order of display, tiers with their lower edges, facts by id,
    how tokens were counted, and what the registry published to compare with (None in a report without it).
    """

    dimensions: tuple[DimensionText, ...]
    server_dimensions: tuple[DimensionText, ...]
    tiers: dict[str, float]
    facts: dict[str, FactText]
    token_method: str
    corpus: Corpus | None = None


@model
class Report:
    """One server, graded."""

    schema_version: str
    spec_version: str
    rubric_version: str
    generated_at: str
    graded_by: str
    model: str | None
    server: ServerSummary
    server_score: ServerScore
    tools: tuple[ToolCard, ...]
    server_facts: tuple[Fact, ...]
    overlaps: tuple[Overlap, ...]
    plan: Plan
    legend: Legend
    tokens: int
    errors: tuple[Problem, ...] = ()
    shown: tuple[str, ...] | None = None
    gate: Gate | None = None
    comparison: Comparison | None = None
    risk: RiskSummary | None = None
    judge: JudgeSummary | None = None


@model
class Reports:
    """Several servers graded in one run."""

    schema_version: str
    servers: tuple[Report, ...]
