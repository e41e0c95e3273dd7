"""The server's sentence and counts."""

from __future__ import annotations

from scorer.catalog import load_risk_rules
from scorer.risk import summarise


def test_sentence(card):
    cards = [card("get_a", "Returns a."), card("get_b", "Returns b."), card("drop_c", "Deletes a customer.")]
    summary = summarise(cards, load_risk_rules())
    assert summary.sentence == "3 tools: 1 can destroy data and 2 only read."
    assert summary.categories == {"Financial": 0, "Destructive": 1, "Execute": 0, "Write": 0, "Read": 2}
    assert list(summary.severities.items()) == [("critical", 0), ("high", 1), ("medium", 0), ("low", 2)]
    assert set(summary.category_texts) == set(summary.categories)


def test_words_only_for_signals_that_occur(card):
    summary = summarise([card("get_env", "Returns all environment variables.")], load_risk_rules())
    assert set(summary.signal_texts) == {"sensitive_read"}
