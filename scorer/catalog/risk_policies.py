"""The policies of `rubrics/risk.yaml`: rates, bounds on arguments, messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.models.risk_rules import BoundText, PolicyRules, Rate, SqlRules

if TYPE_CHECKING:
    from scorer.catalog.entry import Entry

_RATE = re.compile(r"(\d{1,6})/(minute|hour|day)")


def policies(entry: Entry) -> PolicyRules:
    """What is recommended."""
    rates, bounds, messages, profiles = (entry.entry(key) for key in ("rates", "bounds", "messages", "profiles"))
    sql = entry.entry("sql", ("words", "functions"))
    return PolicyRules(
        rates={name: tuple(_rate(rates, name, one) for one in rates.optional(name).split()) for name in rates.values},
        bounds={name: _bound(bounds.entry(name, ("says", "fill", "filled"))) for name in bounds.values},
        sql=SqlRules(*(tuple(sql.text(key).split()) for key in ("words", "functions"))),
        messages={name: messages.text(name) for name in messages.values},
        profiles={name: profiles.text(name) for name in profiles.values},
    )


def _bound(entry: Entry) -> BoundText:
    return BoundText(entry.text("says"), entry.optional("fill"), entry.optional("filled"))


def _rate(rates: Entry, name: str, text: str) -> Rate:
    match = _RATE.fullmatch(text)
    if match is None:
        raise rates.error(name, f"{text!r} is not a rate", "Write it as 10/minute, with minute, hour or day.")
    return Rate(int(match[1]), match[2])
