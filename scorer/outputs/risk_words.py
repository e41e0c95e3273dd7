"""A tool's risk in words, for renderers of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorer.models.card import Report
    from scorer.models.risk import RiskCard

# A table's column has no room for `Destructive, critical`.
_SHORT = {"Financial": "money", "Destructive": "loss", "Execute": "run", "Write": "write", "Read": "read"}
WIDTH = len("critical money")
LEGEND = "Risk: how severe, and the worst that a call can do: move money, lose data, run or steer something, write, or read alone."


def short(risk: RiskCard | None) -> str:
    """`critical loss`, `low read`."""
    return f"{risk.severity} {_SHORT[risk.category]}" if risk else "-"


def signal_labels(risk: RiskCard, report: Report) -> list[str]:
    """The signals as the report words them."""
    texts = report.risk.signal_texts if report.risk else {}
    return [texts[one.id].label if one.id in texts else one.id for one in risk.signals]


def explained(risk: RiskCard, report: Report) -> str:
    """Category, severity, why, where the hints say otherwise, and the signals."""
    shown = "; ".join(signal_labels(risk, report))
    parts = [f"{risk.category}, {risk.severity}.", risk.reason, risk.severity_reason, *risk.conflicts]
    return " ".join([part for part in parts if part] + ([f"Signals: {shown}."] if shown else []))
