"""What is counted about tools and their siblings, never judged."""

from __future__ import annotations

from scorer.signals.fingerprint import TOKEN_METHOD, estimate_tokens
from scorer.signals.shadows import shadow_candidates
from scorer.signals.siblings import compare
from scorer.signals.tool import measure
from scorer.text.gates import gates

__all__ = ["TOKEN_METHOD", "compare", "estimate_tokens", "gates", "measure", "shadow_candidates"]
