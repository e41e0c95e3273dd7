"""Small rubrics in code, and tools that are nothing but their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scorer.models.fact import Fact, Place
from scorer.models.rubric import Corpus, DimensionRubric, FactRule, Rubric, Tier
from scorer.models.signals import AnnotationValues, ContextSignals, Signals
from scorer.models.tool import Tool
from scorer.scorecard import grade_tool

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorer.models.card import ToolCard

TOOL = (
    ("purpose_clarity", "Purpose", "purpose", 25),
    ("usage_guidelines", "Usage Guidelines", "usage", 20),
    ("behavioral_transparency", "Behavior", "behavior", 20),
    ("parameter_semantics", "Parameters", "parameters", 15),
    ("conciseness_structure", "Conciseness", "concise", 10),
    ("contextual_completeness", "Completeness", "context", 10),
)
SERVER = (
    ("disambiguation", "Disambiguation", "apart", 25),
    ("naming_consistency", "Naming", "naming", 25),
    ("tool_count_appropriateness", "Tool Count", "count", 25),
    ("completeness", "Completeness", "surface", 25),
)
TIERS = tuple(Tier(letter, edge) for letter, edge in (("A", 3.5), ("B", 3.0), ("C", 2.0), ("D", 1.0), ("F", 0.0)))
CORPUS = Corpus(1, 3.57, {}, {}, {})
ANCHORS = ((5, "Best."), (4, "Good."), (3, "Fair."), (2, "Thin."), (1, "Nothing."))


class Bench:
    """Builders that every test of this folder shares."""

    def rule(self, fact: str, kind: str = "merit", points: float = 0.0, **fields: Any) -> FactRule:
        """A rule by its id ("usage/says-when"); its texts can be told from its id."""
        prefix, _, name = fact.partition("/")
        dimension = next((d for d, _, p, _ in (*TOOL, *SERVER) if p == prefix), prefix)
        texts = {
            "question": "?",
            "says": f"says {name}",
            "why": "why",
            "remedy": f"Mend {name}.",
            "before": "b",
            "after": "a",
        }
        return FactRule(fact, dimension, kind=kind, points=points, **{**texts, **fields})

    def rubric(
        self, rules: Iterable[FactRule] = (), base: float = 3.0, bases: dict[str, float] | None = None
    ) -> Rubric:
        """All ten dimensions, with these rules; every dimension starts at `base` unless `bases` says otherwise."""
        rules, bases = tuple(rules), bases or {}

        def dimension(name: str, label: str, prefix: str, weight: int) -> DimensionRubric:
            own = tuple(rule for rule in rules if rule.dimension == name)
            needs = name in ("parameter_semantics", "contextual_completeness")
            return DimensionRubric(name, label, prefix, weight, "?", "why", bases.get(name, base), ANCHORS, own, needs)

        return Rubric(
            "0", "1.3", TIERS, tuple(dimension(*d) for d in TOOL), tuple(dimension(*d) for d in SERVER), CORPUS
        )

    def pinned(self) -> Rubric:
        """A rubric in which a note can set every dimension to every score: `usage/is-4`."""
        dimensions = (*TOOL, *SERVER)
        return self.rubric(self.rule(f"{p}/is-{s}", "note", gate=s) for _, _, p, _ in dimensions for s in range(1, 6))

    def facts(
        self, rubric: Rubric, holding: Iterable[str] = (), silent: Iterable[str] = (), *, server: bool = False
    ) -> tuple[Fact, ...]:
        """An answer for every rule of one side: yes for `holding`, none for `silent`, no for the others."""
        holding, silent = frozenset(holding), frozenset(silent)
        rules = [rule for dimension in (rubric.server if server else rubric.tool) for rule in dimension.facts]
        return tuple(
            Fact(rule.id, rule.dimension, None, "cannot-tell", "the text is in another language")
            if rule.id in silent
            else self.yes(rule.id, rule.dimension)
            if rule.id in holding
            else Fact(rule.id, rule.dimension, False)
            for rule in rules
        )

    def yes(self, fact: str, dimension: str, quote: str | None = None, detail: str | None = None) -> Fact:
        place = Place("/description", 0, len(quote)) if quote else None
        return Fact(fact, dimension, True, quote=quote, place=place, detail=detail)

    def tool(self, description: str | None = "Words.", name: str = "a_tool", **fields: Any) -> Tool:
        return Tool(name, {"name": name, "description": description}, description=description, **fields)

    def signals(self, cost: int = 1) -> Signals:
        counts = dict.fromkeys((f for f in ContextSignals.__slots__ if f != "annotation_values"), 0)
        return Signals(ContextSignals(AnnotationValues(), **{**counts, "invocation_cost": cost}), tokens=7)

    def grade(
        self, rubric: Rubric, holding: Iterable[str] = (), silent: Iterable[str] = (), *, cost: int = 1, **tool: Any
    ) -> ToolCard:
        """The card of a tool of which these facts hold."""
        return grade_tool(self.tool(**tool), self.signals(cost), self.facts(rubric, holding, silent), rubric)


@pytest.fixture(scope="session")
def bench() -> Bench:
    return Bench()
