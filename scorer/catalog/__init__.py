"""The rubric as data and as pages: what `rubrics/` says, checked, and explained in Markdown."""

from scorer.catalog.load import build_rubric, load_rubric
from scorer.catalog.lookup import page
from scorer.catalog.risk_lookup import risk_index
from scorer.catalog.risk_rules import load_risk_rules

__all__ = ["build_rubric", "load_risk_rules", "load_rubric", "page", "risk_index"]
