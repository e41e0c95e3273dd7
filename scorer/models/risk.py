"""What a tool can do to the world, and which rule should stand between it and an agent."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from scorer.models.base import model
from scorer.models.fact import Place

Category = Literal["Read", "Write", "Execute", "Destructive", "Financial"]
Severity = Literal["low", "medium", "high", "critical"]
Confidence = Literal["high", "medium", "low"]


@model
class RiskSignal:
    """One risk that the category does not say: an id of the closed list in `rubrics/risk.yaml`, the words that show it, and their place."""

    id: str
    quote: str | None = None
    place: Place | None = None


@model
class PolicyExcerpt:
    """The recommended rule for one tool in one format, ready to be copied.

    format: `policylayer`, `intercept`, `claude-code` or `codex`. profile: `recommended`, `strict` or `permissive`.
    text: a whole document that holds the rule for this tool alone. effect: what the rule means, in a sentence.
    placeholders: what a person must fill in before the rule allows anything.
    """

    format: str
    profile: str
    text: str
    effect: str
    placeholders: tuple[str, ...] = ()


@model
class RiskCard:
    """One tool's risk, read from its definition alone.

    category: the worst that the tool can do, by the precedence Financial > Destructive > Execute > Write > Read.
    reason: a sentence that opens with "From the tool's definition". quote, place: the words that decided it, None when only silence did.
    severity_reason: a sentence on what raised or lowered the severity from where the category starts.
    actions: what a tool with many actions can do, the worst first; () for a tool with one.
    stated_limit: how often the text says that it may be called, such as `1/day`, "" where it says nothing.
    conflicts: sentences on where the annotations say something else than the text.
    """

    category: Category
    confidence: Confidence
    severity: Severity
    reason: str
    severity_reason: str = ""
    quote: str | None = None
    place: Place | None = None
    signals: tuple[RiskSignal, ...] = ()
    actions: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    policies: tuple[PolicyExcerpt, ...] = ()
    stated_limit: str = ""


@model
class RiskText:
    """What the report says of a category or a signal: a short label, what it means, and what to do about it."""

    id: str
    label: str
    means: str
    advice: str


@model
class RiskSummary:
    """The server's risk: one sentence, how many tools are in each category and of each severity, and the words for what occurs.

    categories, severities: every one in its order, the worst first, 0 where none is. category_texts: by category.
    signal_texts: by id, those that a tool of this report has.
    """

    sentence: str
    categories: dict[str, int]
    severities: dict[str, int]
    category_texts: dict[str, RiskText] = field(default_factory=dict)
    signal_texts: dict[str, RiskText] = field(default_factory=dict)
