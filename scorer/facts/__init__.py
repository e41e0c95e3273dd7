"""The heuristic witness: code that answers the rubric's questions from text, schema, annotations and siblings."""

from __future__ import annotations

from scorer.facts.server import examine_set
from scorer.facts.witness import examine

__all__ = ["examine", "examine_set"]
