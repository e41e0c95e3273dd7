"""The shared good, bad and hostile inputs behave as promised: defects found, traps without effect, nonsense at the bottom."""

from __future__ import annotations

import pytest

from scorer import load, score


@pytest.fixture(scope="module")
def cards(shared):
    found = {}
    for name in ("tools", "game", "blind", "hard"):
        found |= {(name, card.name): card for card in score(load(shared / "fixtures" / f"{name}.json")).tools}
    return found


def held(card):
    return {fact.id for fact in card.facts if fact.holds}


DEFECTS = [
    ("tools", "getData", "purpose/no-description"),
    ("tools", "process", "purpose/restates-name"),
    ("tools", "delete_customer", "behavior/contradicts-annotations"),
    ("tools", "find_orders", "purpose/confusable"),
    ("tools", "process", "parameters/required-unknown"),
    ("tools", "process", "parameters/undocumented"),
    ("tools", "find_orders", "parameters/restates-name"),
    ("tools", "find_orders", "parameters/nested-undocumented"),
    ("tools", "process", "parameters/untyped"),
    ("tools", "search_orders", "usage/names-missing-tool"),
    ("game", "inject", "concise/addresses-evaluator"),
]


@pytest.mark.parametrize(("server", "tool", "fact"), DEFECTS)
def test_defect_is_found(server, tool, fact, cards):
    assert fact in held(cards[server, tool])


def test_a_keyword_stuffed_tool_ends_below_a_plain_one(cards):
    stuffed = cards["game", "frobnicate_widget"].tdqs
    assert stuffed <= 2.5
    assert stuffed < cards["game", "get_calls"].tdqs


def test_restated_names_are_capped_in_any_spelling(cards):
    assert cards["blind", "process"].scores["purpose_clarity"] <= 2
    assert cards["blind", "list_users"].scores["purpose_clarity"] <= 2


@pytest.mark.parametrize("tool", ["root_union", "root_ref", "anyof_null", "wrap"])
def test_undocumented_parameters_are_seen_wherever_they_are(tool, cards):
    assert cards["blind", tool].scores["parameter_semantics"] <= 2
    assert "parameters/no-parameters" not in held(cards["blind", tool])


def test_an_unusable_schema_is_an_error_row_and_the_rest_is_graded(cards):
    card = cards["hard", "bool_schema"]
    assert card.errors
    assert card.scores["parameter_semantics"] is None
    assert not card.complete
    assert cards["hard", "cyc"].complete


def test_another_language_is_measured_by_structure_and_the_rest_is_not_guessed(cards):
    scores = cards["hard", "日本語ツール"].scores
    assert scores["purpose_clarity"] is None
    assert scores["parameter_semantics"] >= 3


def test_every_captured_server_is_graded_without_an_error_row(shared):
    for path in sorted((shared / "bench" / "servers").glob("*.json")):
        report = score(load(path))
        assert not report.errors, path.name
        assert not [card.name for card in report.tools if card.errors], path.name
        assert report.server_score.overall_score is not None
