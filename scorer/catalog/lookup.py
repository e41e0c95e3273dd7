"""Which page a person means: by id, label, prefix, or the bare name of a fact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.catalog.entry import nearest
from scorer.catalog.load import load_rubric
from scorer.catalog.pages import dimension_page, fact_page
from scorer.catalog.risk_lookup import risk_index, risk_pages
from scorer.catalog.risk_rules import load_risk_rules
from scorer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.rubric import DimensionRubric, FactRule, Rubric


def page(name: str, others: Sequence[str] = (), also: Sequence[str] = ()) -> str:
    """The Markdown page of a dimension, a fact or a word of risk of the shipped rubric.

    name: an id, a label or a prefix of a dimension ("usage", "Usage Guidelines"), a fact's id ("usage/says-when") or its
    name alone ("says-when"); `risk`, a category, a severity or a signal. Where several are called that: all their pages.
    others: pages of that name from elsewhere; also: names from there, for the tip. Raises UsageError with the nearest names.
    """
    rubric = load_rubric()
    pages = [dimension_page(found, rubric) for found in _dimensions(name, rubric)]
    pages = pages or [fact_page(found, rubric) for found in _facts(name, rubric)]
    pages += [*others, *risk_pages(name, load_risk_rules())]
    if not pages:
        raise UsageError(f"nothing is called {name[:80]!r}", _tip(name, rubric, also))
    return "\n".join(pages)


def _normal(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", name.strip().lower())


def _names(dimension: DimensionRubric) -> set[str]:
    return {dimension.id, dimension.prefix, _normal(dimension.label)}


def _dimensions(name: str, rubric: Rubric) -> list[DimensionRubric]:
    return [dimension for dimension in (*rubric.tool, *rubric.server) if _normal(name) in _names(dimension)]


def _facts(name: str, rubric: Rubric) -> list[FactRule]:
    wanted = _normal(name)
    rules = [rule for dimension in (*rubric.tool, *rubric.server) for rule in dimension.facts]
    return [rule for rule in rules if wanted in (_normal(rule.id), _normal(rule.id.partition("/")[2]))]


def _tip(name: str, rubric: Rubric, also: Sequence[str]) -> str:
    dimensions = (*rubric.tool, *rubric.server)
    known = [name for dimension in dimensions for name in _names(dimension)]
    known += [rule.id for dimension in dimensions for rule in dimension.facts]
    known += [rule.id.partition("/")[2] for dimension in dimensions for rule in dimension.facts]
    known += [*also, *(word for word, _ in risk_index(load_risk_rules()))]
    known = list(dict.fromkeys(known))
    near = nearest(_normal(name).replace("_", "-"), known, 3) or nearest(_normal(name), known, 3)
    if near:
        return f"Did you mean {', '.join(near)}?"
    return f"Dimensions: {', '.join(dimension.id for dimension in dimensions)}; `toolmark explain` lists facts, gate and risk."
