"""The rubric as data and as pages: what `rubrics/` says, checked, and explained in Markdown."""

from scorer.catalog.load import build_rubric, load_rubric
from scorer.catalog.lookup import page

__all__ = ["build_rubric", "load_rubric", "page"]
