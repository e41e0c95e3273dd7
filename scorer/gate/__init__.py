"""The gate: whether a report meets what was asked of it, beside an earlier report or baseline, with suppressions."""

from __future__ import annotations

from scorer.gate.baseline import earlier_server, of_reports
from scorer.gate.comparing import compare
from scorer.gate.judging import judge

__all__ = ["compare", "earlier_server", "judge", "of_reports"]
