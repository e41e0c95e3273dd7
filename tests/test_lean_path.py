"""The numbers without the words are the numbers: `engine.grade` and `engine.score` agree to the bit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scorer import load
from scorer.engine import grade, score

if TYPE_CHECKING:
    from scorer.models.tool import ToolSet

FIXTURES = Path(__file__).resolve().parent / "fixtures"


def assert_same(tools: ToolSet) -> None:
    report, found = score(tools, generated_at="now"), grade(tools)
    assert found.server_score == report.server_score
    assert found.problems == report.errors
    assert len(found.tools) == len(report.tools)
    for card, lean in zip(report.tools, found.tools, strict=True):
        assert (lean.name, lean.tdqs, lean.tier, lean.complete) == (card.name, card.tdqs, card.tier, card.complete)
        assert lean.scores == tuple(card.scores.values())
        assert (lean.flags, lean.server_flags, lean.problems) == (card.flags, card.server_flags, card.errors)
        assert lean.facts == tuple(fact.id for fact in card.facts if fact.holds)
        assert lean.untold == tuple(fact.id for fact in card.facts if fact.holds is None)
        assert (lean.context_signals, lean.tokens) == (card.context_signals, card.tokens)
        assert lean.risk == (card.risk and replace(card.risk, policies=()))


@pytest.mark.parametrize(
    "name", ["servers/bookshop.json", "sources/manifest.json", "sources/openai.json", "sources/lines.jsonl"]
)
def test_fixtures(name):
    assert_same(load(FIXTURES / name))


@pytest.mark.bench
def test_captured_servers(shared):
    for file in sorted((shared / "bench" / "servers").glob("*.json")):
        assert_same(load(file))


def test_a_check_that_breaks(monkeypatch):
    monkeypatch.setattr("scorer.engine.examine", lambda *_: 1 / 0)
    assert_same(load(FIXTURES / "servers" / "bookshop.json"))
