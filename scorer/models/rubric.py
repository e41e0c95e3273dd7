"""The rubric: dimensions, facts, points, tiers and weights, as read from `rubrics/`."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from scorer.models.base import model

Kind = Literal["merit", "defect", "note"]

NO_DESCRIPTION = "No Description"
TAUTOLOGICAL_DESCRIPTION = "Tautological Description"
ANNOTATION_CONTRADICTION = "Annotation Contradiction"
SHADOWING_RISK = "Shadowing Risk"
# The specification's flags on a tool, in its order; `SHADOWING_RISK` is the one that the server puts on a tool.
TOOL_FLAGS = (NO_DESCRIPTION, TAUTOLOGICAL_DESCRIPTION, ANNOTATION_CONTRADICTION)


@model
class FactRule:
    """One fact as the rubric describes it.

    kind: a merit never lowers a score, a defect never raises one, a note is shown and gives its points either way.
    points: signed points given to the dimension when the fact holds, in tenths precision.
    cap: the dimension's score is at most this when the fact holds. gate: it is exactly this.
    says: the clause for the reason when it holds; lacks: when it does not ("" keeps silent).
    remedy: the edit to make. before, after: a worked example by us.
    flag: the specification's flag that goes up when it holds.
    settles: ids of facts of the same dimension that the same edit settles: defects that go, merits that come.
    hostile: it shows text that is not for the agent's good; taking that out comes before every other edit.
    """

    id: str
    dimension: str
    question: str
    kind: Kind
    points: float
    says: str
    why: str
    remedy: str
    before: str
    after: str
    lacks: str = ""
    cap: int | None = None
    gate: int | None = None
    flag: str | None = None
    settles: tuple[str, ...] = ()
    hostile: bool = False


@model
class DimensionRubric:
    """One dimension: its question, weight, anchors, and the scorecard (base plus the points of its facts).

    weight: percent of TDQS for tool dimensions, of coherence for server dimensions.
    base: the raw score when no fact holds. needs_schema, needs_language: not
    measurable where the schema is unknown, or where the text is in a language that the facts do not read.
    anchors: what 5, 4, 3, 2 and 1 mean, in our words.
    """

    id: str
    label: str
    prefix: str
    weight: int
    question: str
    why: str
    base: float
    anchors: tuple[tuple[int, str], ...]
    facts: tuple[FactRule, ...]
    needs_schema: bool = False
    needs_language: bool = False


@model
class Tier:
    """A letter, and the lowest score that earns it (inclusive)."""

    letter: str
    at_least: float


@model
class Corpus:
    """The registry's published corpus, for comparison: mean and share below 3 per dimension, shares of the tiers in percent."""

    definitions: int
    mean_tdqs: float
    means: dict[str, float]
    below_three: dict[str, float]
    tiers: dict[str, float]


@model
class Limits:
    """The numbers beside weights and points; shares are percent, and the defaults are the specification's.

    published_share: the server's scores are published once so many of its tools are scored.
    mean_share, min_share: the tools' mean and their worst in description quality.
    description_share, coherence_share: the two halves of the overall score.
    smell_below: a dimension below this score is a smell. plan_edits: no plan is longer.
    quote_characters, remedy_characters: the most that a reason quotes, and that a remedy may say.
    """

    published_share: int = 80
    mean_share: int = 60
    min_share: int = 40
    description_share: int = 70
    coherence_share: int = 30
    smell_below: int = 3
    plan_edits: int = 50
    quote_characters: int = 120
    remedy_characters: int = 160


@model
class Rubric:
    """All dimensions and numbers. `tool` and `server` keep the order in which dimensions are shown."""

    version: str
    spec_version: str
    tiers: tuple[Tier, ...]
    tool: tuple[DimensionRubric, ...]
    server: tuple[DimensionRubric, ...]
    corpus: Corpus
    limits: Limits = field(default_factory=Limits)
