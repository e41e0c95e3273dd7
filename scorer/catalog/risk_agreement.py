"""How right the rules of risk were measured to be, for their page."""

from __future__ import annotations

from typing import NamedTuple

from scorer.assets import read_asset
from scorer.catalog.entry import Entry
from scorer.catalog.yaml_text import read_mapping

_FILE = "rubrics/risk.yaml"
_CASE = ("tool", "theirs", "ours", "why")


class Agreement(NamedTuple):
    """What was measured. cases: (tool, their category, ours, why)."""

    labels: str
    catalogue: str
    cases: tuple[tuple[str, ...], ...]


def load_agreement() -> Agreement:
    """What the shipped rules were measured to be."""
    index = Entry(read_mapping(read_asset(_FILE), _FILE), _FILE, "")
    entry = index.entry("agreement", ("labels", "catalogue", "cases"))
    rows = [Entry(row, _FILE, f"agreement.cases.{at}", _CASE) for at, row in enumerate(entry.values["cases"])]
    cases = tuple(tuple(row.text(key) for key in _CASE) for row in rows)
    return Agreement(entry.text("labels"), entry.text("catalogue"), cases)
