"""`toolmark score` on files: formats, outputs, what is shown, what is said."""

from __future__ import annotations

import json
import os
import stat

import pytest

from scorer.models.card import SCHEMA_VERSION


def report(called):
    assert called.code == 0, called.err
    return json.loads(called.out)


def test_text_is_the_default(toolmark, orders):
    called = toolmark("score", orders)
    assert called.code == 0
    assert called.err == f"Read 4 tools from {orders} (tools/list result)\n"
    assert all(name in called.out for name in ("get_order", "list_orders", "delete_order", "process"))
    assert max(map(len, called.out.splitlines())) <= 80
    assert "\x1b" not in called.out


def test_json_is_the_contract(toolmark, orders):
    found = report(toolmark("score", orders, "--format", "json"))
    assert found["schemaVersion"] == SCHEMA_VERSION
    assert found["generatedAt"] == "2026-09-21T14:13:20Z"
    assert found["server"]["name"] == "orders"
    assert found["server"]["toolCount"] == 4
    assert [card["name"] for card in found["tools"]] == ["get_order", "list_orders", "delete_order", "process"]
    assert found["tools"][3]["tdqs"] == 1.0
    assert "Annotation Contradiction" in found["tools"][2]["flags"]


@pytest.mark.parametrize(("name", "opening"), [("markdown", "#"), ("html", "<!doctype html"), ("json", "{")])
def test_formats(toolmark, orders, name, opening):
    called = toolmark("score", orders, "-f", name)
    assert called.code == 0
    assert called.out.lower().startswith(opening)


def test_several_outputs_at_once(toolmark, orders, tmp_path):
    files = {name: tmp_path / f"card.{name}" for name in ("json", "markdown", "html")}
    called = toolmark("score", orders, *(part for name, path in files.items() for part in (f"--{name}", path)))
    assert called.code == 0
    assert "get_order" in called.out
    assert "Wrote " in called.err
    for path in files.values():
        assert "get_order" in path.read_text(encoding="utf-8")
    assert sorted(tmp_path.iterdir()) == sorted([orders, *files.values()])


def test_output_replaces_stdout_and_the_old_file(toolmark, orders, tmp_path):
    card = tmp_path / "card.md"
    card.write_text("old")
    card.chmod(0o640)
    called = toolmark("score", orders, "--format", "markdown", "-o", card)
    assert (called.code, called.out) == (0, "")
    assert "get_order" in card.read_text(encoding="utf-8")
    assert stat.S_IMODE(card.stat().st_mode) == 0o640


def test_a_new_file_is_readable_as_the_umask_says(toolmark, orders, tmp_path):
    before = os.umask(0o027)
    try:
        assert toolmark("score", orders, "-o", tmp_path / "card.txt").code == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "card.txt").stat().st_mode) == 0o640


def test_a_link_stays_a_link(toolmark, orders, tmp_path):
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert toolmark("score", orders, "-o", tmp_path / "link.txt").code == 0
    assert (tmp_path / "link.txt").is_symlink()
    assert "get_order" in (tmp_path / "real.txt").read_text(encoding="utf-8")


def test_a_device_is_written_to(toolmark, orders):
    assert toolmark("score", orders, "-o", os.devnull).code == 0


def test_stdin(toolmark, orders):
    called = toolmark("score", "-", "--name", "shop", "--format", "json", stdin=orders.read_bytes())
    assert report(called)["server"]["name"] == "shop"
    assert called.err.startswith("Read 4 tools from ")


def test_quiet_says_nothing(toolmark, orders, tmp_path):
    assert toolmark("score", orders, "--quiet", "--html", tmp_path / "card.html").err == ""


def test_tool_narrows_what_is_shown_but_not_what_is_known(toolmark, orders):
    whole = report(toolmark("score", orders, "-f", "json"))
    called = toolmark("score", orders, "--tool", "get_order")
    assert "get_order" in called.out
    assert "delete_order" not in called.out.replace("get_order", "")
    narrowed = report(toolmark("score", orders, "--tool", "get_order", "-f", "json"))
    assert narrowed["shown"] == ["get_order"]
    assert narrowed["serverScore"] == whole["serverScore"]
    assert narrowed["tools"][0] == whole["tools"][0]


def test_an_unknown_tool_names_the_nearest(toolmark, orders):
    called = toolmark("score", orders, "--tool", "get_ordr")
    assert called.code == 2
    assert "error: no tool is called get_ordr\ntip: Did you mean get_order" in called.err


@pytest.mark.parametrize("pattern", ["parameters/*", "parameters", "param*/*"])
def test_select_shows_those_facts_and_moves_no_score(toolmark, orders, pattern):
    whole = report(toolmark("score", orders, "-f", "json"))
    part = report(toolmark("score", orders, "-f", "json", "--select", pattern))
    assert {fact["id"].split("/")[0] for card in part["tools"] for fact in card["facts"]} == {"parameters"}
    assert all(fix["fact"].startswith("parameters/") for card in part["tools"] for fix in card["fixes"])
    assert [card["scores"] for card in part["tools"]] == [card["scores"] for card in whole["tools"]]
    assert part["serverScore"] == whole["serverScore"]


def test_ignore_hides_those_facts_alone(toolmark, orders):
    whole = report(toolmark("score", orders, "-f", "json"))
    part = report(toolmark("score", orders, "-f", "json", "--ignore", "usage/*,apart/*", "--ignore", "parameters"))
    kept = [fact for fact in whole["tools"][0]["facts"] if fact["id"].split("/")[0] not in ("usage", "parameters")]
    assert part["tools"][0]["facts"] == kept
    assert not any(fact["id"].startswith("apart/") for fact in part["serverFacts"])
    assert any(fact["id"].startswith("apart/") for fact in whole["serverFacts"])


def test_a_plan_with_a_hidden_step_is_not_shown(toolmark, orders):
    whole = report(toolmark("score", orders, "-f", "json"))
    steps = {edit["fact"] for edit in whole["plan"]["edits"]}
    assert steps
    part = report(toolmark("score", orders, "-f", "json", "--ignore", min(steps)))
    assert part["plan"]["edits"] == []
    assert part["plan"]["toScore"] is None


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_pattern_that_matches_nothing_is_wrong(toolmark, orders, option):
    called = toolmark("score", orders, option, "usage/name-alternative")
    assert called.code == 2
    assert "no fact matches usage/name-alternative" in called.err
    assert "Did you mean usage/" in called.err


def test_colour_is_asked_for(toolmark, orders, monkeypatch):
    assert "\x1b[" in toolmark("score", orders, "--color", "always").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in toolmark("score", orders).out
    assert "\x1b[" not in toolmark("score", orders, "--color", "never").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in toolmark("score", orders).out
    assert "\x1b[" in toolmark("score", orders, "--color", "always").out


def test_colour_never_reaches_a_file(toolmark, orders, tmp_path, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert toolmark("score", orders, "-o", tmp_path / "card.txt").code == 0
    assert "\x1b" not in (tmp_path / "card.txt").read_text(encoding="utf-8")


def test_a_snapshot_scores_the_same(toolmark, orders, tmp_path):
    snapshot = tmp_path / "snapshot.json"
    first = report(toolmark("score", orders, "-f", "json", "--save-snapshot", snapshot))
    again = report(toolmark("score", snapshot, "-f", "json"))
    by_name = {card["name"]: card["scores"] for card in again["tools"]}
    assert by_name == {card["name"]: card["scores"] for card in first["tools"]}
    assert list(by_name) == sorted(by_name)


def test_the_same_input_gives_the_same_report(toolmark, orders):
    assert toolmark("score", orders, "-f", "json").out == toolmark("score", orders, "-f", "json").out


def test_columns_say_how_wide_a_pipe_and_a_file_are(toolmark, orders, tmp_path, monkeypatch):
    usual = toolmark("score", orders).out
    assert max(map(len, usual.splitlines())) <= 80
    monkeypatch.setenv("COLUMNS", "110")
    wide = toolmark("score", orders).out
    assert 80 < max(map(len, wide.splitlines())) <= 110
    toolmark("score", orders, "-o", tmp_path / "card.txt")
    assert (tmp_path / "card.txt").read_text() == wide
