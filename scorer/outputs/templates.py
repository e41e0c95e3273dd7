"""How the pages' templates are read: everything in them is escaped, and nothing in them hides."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from scorer.assets import read_asset
from scorer.outputs.escape import visible
from scorer.text.plurals import counted

_TIERS = {"A": "s5", "B": "s4", "C": "s3", "D": "s2", "F": "s1"}


def templates() -> Environment:
    """The templates of `reports/templates`, with what all pages use. Rendering raises RubricError when one is not installed."""
    environment = Environment(
        autoescape=True,  # by name it would miss `*.html.j2`
        loader=FunctionLoader(lambda name: read_asset(f"templates/{name}")),
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"counted": counted, "tier_class": tier_class}
    return environment


def tier_class(tier: str) -> str:
    """The style of a tier: that of the score which it stands for."""
    return _TIERS.get(tier, "s0")


def _shown(value: Any) -> Any:
    """Applied to every expression of a template, before it is escaped: no character may hide or turn the others around."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
