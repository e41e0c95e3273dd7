"""A command line that makes no sense: exit 2, one error, one tip, no usage wall."""

from __future__ import annotations

import pytest

WRONG = {
    "nothing to score": (["score"], "nothing to score"),
    "an input and a server": (["score", "tools.json", "--server", "run me"], "INPUT and --server"),
    "an input and a url": (["score", "tools.json", "--url", "http://127.0.0.1:9"], "INPUT and --url"),
    "a server and a url": (["score", "--server", "run me", "--url", "http://127.0.0.1:9"], "--server and --url"),
    "a header without a url": (["score", "tools.json", "--header", "X-Key: canary-7731"], "--header"),
    "a header for a server": (["score", "--server", "run me", "--header", "X-Key: canary-7731"], "--header"),
    "a variable for a url": (["score", "--url", "http://127.0.0.1:9", "--env", "KEY=canary-7731"], "--env"),
    "a folder for a url": (["score", "--url", "http://127.0.0.1:9", "--cwd", "."], "--cwd"),
    "a header without a colon": (["score", "--url", "http://127.0.0.1:9", "--header", "canary-7731"], "--header"),
    "a header with a line break": (["score", "--url", "http://127.0.0.1:9", "--header", "A: canary-7731\nB: c"], "A"),
    "a variable that is not set": (["score", "--server", "run me", "--env", "NO_SUCH_VARIABLE"], "NO_SUCH_VARIABLE"),
    "a variable without a name": (["score", "--server", "run me", "--env", "=canary-7731"], "--env"),
    "an empty server": (["score", "--server", "  "], "empty"),
    "an open quote": (["score", "--server", "run 'me"], "quote"),
    "an unknown option": (["score", "tools.json", "--fromat", "json"], "--fromat"),
    "an unknown format": (["score", "tools.json", "--format", "pdf"], "pdf"),
    "an unknown command": (["scores", "tools.json"], "scores"),
    "no command": (["tools.json"], "tools.json"),
    "a timeout of no time": (["score", "--server", "run me", "--timeout", "0"], "--timeout"),
    "a timeout that is no number": (["score", "--server", "run me", "--timeout", "nan"], "--timeout"),
    "a url without a scheme": (["score", "--url", "user:canary-7731@127.0.0.1:8000/sse"], "--url is not the address"),
    "a second file on stdout": (["score", "tools.json", "--json", "-"], "stdout"),
    "a report for render that is missing": (["render"], "REPORT.json"),
    "an unknown id": (["explain", "usage/says-wen"], "says-wen"),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG.values(), ids=WRONG)
def test_wrong_usage_is_exit_2(toolmark, arguments, said):
    called = toolmark(*arguments)
    assert (called.code, called.out) == (2, "")
    error, tip = called.err.splitlines()
    assert error.startswith("error: ")
    assert said in error
    assert tip.startswith("tip: ")
    assert "canary" not in called.err


def test_options_of_configs_are_refused_for_files(toolmark, orders):
    for more in (["--only", "github"], ["--start"], ["--env", "KEY=canary-7731"], ["--cwd", "."]):
        called = toolmark("score", orders, *more)
        assert called.code == 2
        assert "not a client config" in called.err
        assert "canary" not in called.err


def test_outputs_are_checked_before_any_work(toolmark, orders, tmp_path):
    rows = {
        "a folder": (["--html", tmp_path], "is a folder"),
        "no such folder": (["-o", tmp_path / "none" / "card.txt"], "does not exist"),
        "the input": (["--json", orders], "is the input"),
        "one file twice": (["--json", tmp_path / "a", "--html", tmp_path / "a"], "two outputs"),
        "a snapshot over the input": (["--save-snapshot", orders], "is the input"),
    }
    before = orders.read_bytes()
    for arguments, said in rows.values():
        called = toolmark("score", orders, *arguments)
        assert called.code == 2
        assert said in called.err
        assert "Read " not in called.err
    assert orders.read_bytes() == before


def test_a_failed_write_leaves_the_old_file_and_nothing_else(toolmark, orders, tmp_path, monkeypatch):
    card = tmp_path / "card.html"
    card.write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    called = toolmark("score", orders, "--html", card)
    assert called.code == 2
    assert "No space left on device" in called.err
    assert card.read_text() == "old"
    assert sorted(tmp_path.iterdir()) == sorted([orders, card])


EARLY = {
    "a threshold": (["--fail-under", "Z"], "--fail-under"),
    "a threshold for tools": (["--fail-under-tool", "9"], "--fail-under-tool"),
    "a fact": (["--fail-on", "nope/x"], "nope/x"),
    "a risk": (["--fail-on-risk", "nope"], "--fail-on-risk"),
    "a drop beside nothing": (["--max-drop", "1"], "--max-drop"),
    "a drop that is none": (["--max-drop", "x", "--baseline", "git:HEAD"], "--max-drop"),
    "a baseline that is not there": (["--baseline", "none.json"], "none.json"),
    "a pattern of what is shown": (["--select", "nope/*"], "nope/*"),
}


@pytest.mark.parametrize(("arguments", "said"), EARLY.values(), ids=EARLY)
def test_options_are_checked_before_a_server_is_started(toolmark, tmp_path, arguments, said):
    mark = tmp_path / "started"
    called = toolmark("score", "--server", f"touch '{mark}'", *arguments)
    assert (called.code, called.out) == (2, "")
    assert said in called.err
    assert "tip: " in called.err
    assert not mark.exists()
    # The same server is started where nothing is wrong with the options.
    toolmark("score", "--server", f"touch '{mark}'")
    assert mark.exists()


def test_a_tool_that_is_not_there_is_told_before_the_judge_is_asked(toolmark, orders, monkeypatch):
    monkeypatch.setenv("ANTHROPIC_API_KEY", "unused")
    called = toolmark("score", orders, "--judge", "--judge-url", "http://127.0.0.1:9", "--tool", "nope")
    assert (called.code, called.out) == (2, "")
    assert "no tool is called nope" in called.err
    assert "tip: The tools are: get_order, list_orders, delete_order, process." in called.err


@pytest.mark.parametrize("value", ["yesterday", "9" * 30])
def test_a_bad_date_is_told(toolmark, orders, monkeypatch, value):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    called = toolmark("score", orders)
    assert called.code == 2
    assert "SOURCE_DATE_EPOCH" in called.err


TIPS = {
    "a url without a scheme": (["score", "--url", "127.0.0.1:8000/sse"], "Start it with http:// or https://"),
    "no such prefix": (["score", "tools.json", "--fail-on", "zzz"], "There are purpose/*, "),
    "no such prefix, but others like it": (["score", "tools.json", "--fail-on", "nope"], "Did you mean purpose/*"),
    "no such tool": (["score", "orders.json", "--tool", "xyz"], "The tools are: get_order, "),
    "a key with hyphens": (["score", "orders.json", "--config", "toolmark.toml"], "Did you mean fail-under-tool?"),
}


@pytest.mark.parametrize(("arguments", "tip"), TIPS.values(), ids=TIPS)
def test_tips_lead_on(toolmark, orders, monkeypatch, arguments, tip):
    (orders.parent / "toolmark.toml").write_text('fail-under-tol = "B"\n' if "--config" in arguments else "")
    monkeypatch.chdir(orders.parent)
    called = toolmark(*arguments)
    assert called.code == 2
    assert f"tip: {tip}" in called.err
    assert "--fail-on" not in arguments or "There are purpose/*, " in called.err


def test_a_suffix_alone_makes_no_name_a_near_one(toolmark, written):
    x = written({"tools": []}, "x.json")
    called = toolmark("score", x.with_name(".mcp.json"))
    assert called.code == 2
    assert "Did you mean" not in called.err
    assert "Did you mean" in toolmark("score", x.with_name("xx.json")).err


def test_rules_on_risk_are_listed_once(toolmark, orders):
    called = toolmark("score", orders, "--fail-on-risk", "nope")
    assert called.err.count("annotation-contradiction") == 1
