"""What some three hundred kinds of tools are, each in words of our own: category, and severity where it is clear."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ROWS = [json.loads(line) for line in (Path(__file__).parent / "kinds.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_kind(card, row):
    found = card(row["name"], row["description"], row["properties"])
    category, _, severity = row["risk"].partition(" ")
    assert found.category == category, found.reason
    assert not severity or found.severity == severity, found.severity_reason
