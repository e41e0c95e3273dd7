"""What an edit does to risk: of every new or changed tool what it can do, and whether its text works against the agent."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.outputs.alarms import Alarm, alarms
from scorer.outputs.changes import moved

if TYPE_CHECKING:
    from scorer.models.card import Report
    from scorer.models.risk import RiskCard

_RANK = {"critical": 0, "high": 1, "medium": 2, "low": 3}


class RiskChange(NamedTuple):
    """tool: its name. new: whether it was not there. risk: what it is now. before: its severity then, None where that is not known."""

    tool: str
    new: bool
    risk: RiskCard
    before: str | None
    alarm: Alarm | None

    def sentence(self) -> str:
        """`Destructive, critical (was high).`, an alarm in front."""
        was = f" (was {self.before})" if self.before and self.before != self.risk.severity else ""
        shown = f' "{self.alarm.quote}"' if self.alarm and self.alarm.quote else ""
        alarm = f"{self.alarm.label}:{shown} " if self.alarm else ""
        return f"{alarm}{self.risk.category}, {self.risk.severity}{was}."


def risk_changes(report: Report) -> list[RiskChange]:
    """New tools, and changed ones of another severity, of a grave one, or with an alarm: alarms first, then by severity."""
    found = []
    for one in moved(report):
        card, change = one.card, one.change
        if card is None or card.risk is None or change.change in ("removed", "unchanged"):
            continue
        alarm = next(iter(alarms(card, report)), None)
        row = RiskChange(card.name, change.change == "added", card.risk, change.severity_before, alarm)
        if row.new or alarm or _RANK[card.risk.severity] <= 1 or (row.before and row.before != card.risk.severity):
            found.append(row)
    return sorted(found, key=lambda row: (not (row.alarm and row.alarm.grave), not row.alarm, _RANK[row.risk.severity]))
