"""The report as one page that needs nothing but itself: no request, no script, readable on paper and on a phone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from scorer.assets import read_asset
from scorer.outputs import words
from scorer.outputs.escape import visible
from scorer.outputs.page import server_view

if TYPE_CHECKING:
    from scorer.models.card import Report, Reports


def render(report: Report | Reports) -> str:
    """The page of one server or of several. Raises RubricError when the template is not installed."""
    views = [server_view(one, position) for position, one in enumerate(words.servers(report), 1)]
    return _environment().get_template("report.html.j2").render(servers=views) + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,  # by name it would miss `*.html.j2`
        loader=FunctionLoader(lambda name: read_asset(f"templates/{name}")),
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "counted": words.counted,
        "gain": words.gain,
        "grade": words.grade,
        "named": words.named,
        "number": words.number,
        "plan_title": words.plan_title,
        "points": words.points,
        "tier_class": _tier_class,
        "score_class": _score_class,
    }
    return environment


def _shown(value: Any) -> Any:
    """Applied to every expression of the template, before it is escaped: no character may hide or turn the others around."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _tier_class(tier: str | None) -> str:
    return {"A": "good", "B": "good", "C": "fair", "D": "poor", "F": "poor"}.get(tier or "", "none")


def _score_class(score: int | None) -> str:
    return "none" if score is None else "good" if score > 3 else "fair" if score > 2 else "poor"
