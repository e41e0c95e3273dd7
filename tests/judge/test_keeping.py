"""Answers that are paid for are kept, and money is not spent twice or beyond what was allowed."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

import pytest
from judges import CRATES, DATE, RULES, TOOLS, make_panel
from messages_server import Trouble, answers

from scorer import engine, load
from scorer.errors import InputError
from scorer.judge.cache import open_cache
from scorer.judge.cost import dollars, price_of
from scorer.models.judge import JudgeUsage
from scorer.outputs import render


def run(server, path, tools=TOOLS, **more):
    cache = open_cache(path)
    try:
        return engine.score(load(tools), generated_at=DATE, panel=make_panel(server, cache=cache, **more))
    finally:
        cache.close()


@pytest.mark.parametrize("name", ["c.sqlite", "c.json"])
def test_a_second_run_asks_nothing_and_is_the_same_byte_for_byte(serve, tmp_path, name):
    server = serve(answers)
    fresh = render(run(server, tmp_path / name), "json")
    asked = len(server.bodies)
    assert render(run(server, tmp_path / name), "json") == fresh
    assert render(run(None, tmp_path / name), "json") == fresh
    assert len(server.bodies) == asked


@pytest.mark.parametrize("name", ["c.sqlite", "c.json"])
def test_a_refusal_is_paid_for_once(serve, tmp_path, name):
    server = serve(lambda body: Trouble(stop="refusal"))
    for _ in range(2):
        assert run(server, tmp_path / name, [CRATES]).tools[0].judge.reason == "the judge refused"
    assert len(server.bodies) == 1


CHANGES = {
    "the definition": {"tools": [CRATES | {"description": "Find a crate by its colour."}, TOOLS[0]]},
    "a sibling's name": {"tools": [CRATES, TOOLS[0] | {"name": "shelves"}]},
    "the model": {"model": "claude-sonnet-5-5"},
    "the questions": {"rules": replace(RULES, tool=RULES.tool[:-1])},
}


@pytest.mark.parametrize("change", CHANGES)
def test_another_question_is_another_answer(serve, tmp_path, change):
    server = serve(answers)
    run(server, tmp_path / "c.sqlite", [CRATES, TOOLS[0]])
    before = len(server.bodies)
    run(server, tmp_path / "c.sqlite", **{"tools": [CRATES, TOOLS[0]], **CHANGES[change]})
    assert len(server.bodies) > before


def test_order_of_the_tools_is_no_other_question(serve, tmp_path):
    server = serve(answers)
    run(server, tmp_path / "c.sqlite", [CRATES, TOOLS[0]])
    before = len(server.bodies)
    run(server, tmp_path / "c.sqlite", [TOOLS[0], CRATES])
    assert len(server.bodies) - before <= 1  # the set alone is shown in another order


def test_the_json_file_is_sorted_and_survives_a_kill(serve, tmp_path):
    path = tmp_path / "c.json"
    run(serve(answers), path)
    document = json.loads(path.read_text())
    assert list(document["answers"]) == sorted(document["answers"])
    journal = path.with_name("c.json.new")
    key, entry = document["answers"].popitem()
    path.write_text(json.dumps(document))
    journal.write_text(json.dumps({"key": key, **entry}) + '\n{"key": "torn')
    cache = open_cache(path)
    assert cache.get(key) is not None
    cache.close()
    assert json.loads(path.read_text())["answers"][key] == entry
    assert not journal.exists()


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 2, "answers": {}}', '{"answers": 1}'])
def test_a_json_file_that_is_no_cache_is_refused(tmp_path, text):
    (tmp_path / "c.json").write_text(text)
    with pytest.raises(InputError, match="no cache"):
        open_cache(tmp_path / "c.json")


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "c.sqlite").write_text("not a database, and long enough to be looked at" * 50)
    with pytest.raises(InputError, match="no cache"):
        open_cache(tmp_path / "c.sqlite")


@pytest.mark.parametrize(
    "entry",
    [
        "[]",
        "{}",
        '{"answers": {"yes": 3}, "usage": {}}',
        '{"answers": {"yes": [], "no": [], "unsure": [], "reasons": {}}}',
    ],
)
def test_a_cache_that_somebody_wrote_is_not_believed(serve, tmp_path, entry):
    server, path = serve(answers), tmp_path / "c.sqlite"
    run(server, path)
    with sqlite3.connect(path) as base:
        base.execute("UPDATE answers SET entry = ?", (entry,))
    base.close()
    before = len(server.bodies)
    assert run(server, path).judge.judged == 2
    assert len(server.bodies) == 2 * before


def test_quotes_from_a_cache_are_checked_again(serve, tmp_path):
    server, path = serve(answers), tmp_path / "c.json"
    run(server, path)
    document = json.loads(path.read_text())
    for entry in document["answers"].values():
        entry["answers"]["no"].remove("usage/says-when") if "usage/says-when" in entry["answers"]["no"] else None
        entry["answers"]["yes"] = [{"fact": "usage/says-when", "quote": "Use it on Mondays."}]
    path.write_text(json.dumps(document))
    assert not any(f.holds for card in run(None, path).tools for f in card.facts if f.id == "usage/says-when")


def test_no_more_is_spent_than_allowed(serve):
    server = serve(answers)
    tools = [CRATES | {"name": f"find_crate_{n}"} for n in range(20)]
    panel = make_panel(server, max_cost=0.008, concurrency=4)
    report = engine.score(load(tools), panel=panel)
    assert panel.spent.dollars <= 0.008
    assert 0 < report.judge.judged < 20
    assert {card.judge.reason for card in report.tools if card.judge.reason} == {"the budget was spent"}


def test_the_estimate_is_near_what_is_paid(serve):
    server = serve(answers)
    tools = load([CRATES | {"name": f"find_crate_{n}"} for n in range(30)])
    panel = make_panel(server)
    found = panel.estimate(panel.jobs(*engine.measured(tools)))
    engine.score(tools, panel=panel)
    assert found.calls == panel.spent.calls == 31
    assert 0.5 < found.dollars / panel.spent.dollars < 2


def test_prices():
    price = price_of("claude-haiku-5-5", RULES.models)
    usage = JudgeUsage(1, 1_000_000, 1_000_000, 1_000_000, 1_000_000)
    assert dollars(usage, price) == pytest.approx(0.10 + 0.50 + 0.01 + 0.125)
    assert dollars(usage, price, batch=True) == pytest.approx(0.735 / 2)
    assert dollars(usage, None) is None
    assert price_of("claude-haiku-4-5-20251001", RULES.models).id == "claude-haiku-4-5"
    assert price_of("claude-haiku-5", RULES.models) is None


def test_a_model_without_a_price_has_no_cost(serve):
    server = serve(answers, models=("claude-new-9",))
    assert engine.score(load(TOOLS), panel=make_panel(server, model="claude-new-9")).judge.usage.dollars is None
