"""The gate on the command line: exit codes, one line for each reason, configuration, baselines, git."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from gate_tools import BAD, FAIR, GOOD, worse

from scorer.cli.earlier import read_baseline
from scorer.cli.gating import line_of
from scorer.models.gate import Finding


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A git repository with a committed tool list, which is the working folder."""
    monkeypatch.chdir(tmp_path)
    write(GOOD, FAIR)
    git("init", "-q")
    commit()
    return tmp_path


def write(*tools):
    Path("tools.json").write_text(json.dumps({"tools": tools}, indent=2), encoding="utf-8")


def git(*arguments):
    name = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *name, *arguments], check=True, capture_output=True)


def commit():
    git("add", ".")
    git("commit", "-q", "-m", "x")


def test_a_threshold_that_is_met(toolmark, here):
    called = toolmark("score", "tools.json", "--fail-under-tool", "D")
    assert called.code == 0
    assert "The gate is passed" in called.err


def test_reasons_have_file_line_and_fix(toolmark, here):
    write(GOOD, BAD)
    called = toolmark("score", "tools.json", "--fail-under-tool", "B", "--fail-under", "4.9")
    assert called.code == 1
    lines = [line for line in called.err.splitlines() if line.startswith("tools.json:")]
    assert len(lines) == 2
    assert any("process scores" in line and "below 3" in line and " Fix: " in line for line in lines)
    assert "2 findings fail the gate" in called.err


def test_a_long_reason_does_not_push_the_fix_out_of_its_line(toolmark, here):
    said = line_of(Finding("gate/max-drop", "fell " * 300, "get_order", "Say what comes back."))
    assert len(said) < 500
    assert said.endswith("… Fix: Say what comes back. [gate/max-drop]")


def test_only_what_is_worse_than_in_git_fails(toolmark, here):
    assert toolmark("score", "tools.json", "--baseline", "git:HEAD", "--max-drop", "0").code == 0
    write(worse(GOOD), FAIR)
    called = toolmark("score", "tools.json", "--baseline", "git:HEAD", "--max-drop", "0.1")
    assert called.code == 1
    assert "tools.json:5:23: get_order fell from" in called.err
    report = json.loads(toolmark("score", "tools.json", "--baseline", "git:HEAD", "-f", "json").out)
    assert [one["change"] for one in report["comparison"]["tools"]] == ["changed", "unchanged"]


def test_a_folder_of_snapshots_in_git(toolmark, here):
    (here / "snaps").mkdir()
    for tool in (GOOD, FAIR):
        (here / "snaps" / f"{tool['name']}.json").write_text(json.dumps(tool), encoding="utf-8")
    commit()
    (here / "snaps" / "get_order.json").write_text(json.dumps(worse(GOOD)), encoding="utf-8")
    called = toolmark("score", "snaps", "--baseline", "git:HEAD", "--max-drop", "0.1")
    assert called.code == 1
    assert "snaps/get_order.json:1:" in called.err


CODE = """from mcp.server.fastmcp import FastMCP

mcp = FastMCP("shop")


@mcp.tool()
def search_books(query: str) -> list[str]:
    \"""Search the catalogue by title or author.

    Use this when you know words of the book but not its id. Returns at most 25 books, best match first.
    \"""
    return []
"""


@pytest.mark.parametrize("tree", ["src", "."])
def test_a_source_tree_in_git(toolmark, here, tree):
    (here / "tools.json").unlink()
    (here / "src").mkdir()
    (here / "src" / "server.py").write_text(CODE, encoding="utf-8")
    commit()
    (here / "src" / "server.py").write_text(CODE.replace("    Use this when", "    Useful when"), encoding="utf-8")
    assert toolmark("score", tree, "--baseline", "git:HEAD").code == 0
    (here / "src" / "server.py").write_text("\n".join(CODE.split("\n")[:8]) + '\n    """\n', encoding="utf-8")
    called = toolmark("score", tree, "--baseline", "git:HEAD", "--max-drop", "0.1")
    assert called.code == 1
    assert "src/server.py:8:" in called.err
    (here / "toolmark.toml").write_text(f'path = "{tree}"\n', encoding="utf-8")
    assert toolmark("hook", "--configured", "--start").code == 1


def test_a_file_that_git_does_not_know_is_all_new(toolmark, here):
    (here / "new.json").write_text(json.dumps([BAD]), encoding="utf-8")
    called = toolmark("score", "new.json", "--baseline", "git:HEAD", "--fail-under-tool", "B", "--max-drop", "0")
    assert called.code == 1
    assert "process scores" in called.err


@pytest.mark.parametrize("given", ["git:nothing", "git:", "git:--output=x", "missing.json", "."])
def test_a_baseline_that_is_not_there(toolmark, here, given):
    called = toolmark("score", "tools.json", "--baseline", given)
    assert called.code == 2
    assert "tip: " in called.err


def test_the_configuration_gives_input_and_thresholds(toolmark, here):
    (here / "toolmark.toml").write_text('path = "tools.json"\nfail-under-tool = 4.9\n', encoding="utf-8")
    assert toolmark("score").code == 1
    assert toolmark("score", "--fail-under-tool", "D").code == 0
    assert toolmark("score", "tools.json").code == 1
    assert toolmark("score", "tools.json", "--no-config").code == 0
    assert toolmark("score", "--no-config").code == 2


def test_several_servers_each_with_its_own_threshold(toolmark, here):
    (here / "bad.json").write_text(json.dumps([BAD]), encoding="utf-8")
    text = '[servers.good]\npath = "tools.json"\nfail-under-tool = "D"\n[servers.bad]\npath = "bad.json"\nfail-under-tool = "B"\n'
    (here / "toolmark.toml").write_text(text, encoding="utf-8")
    called = toolmark("score", "-f", "json")
    assert called.code == 1
    servers = json.loads(called.out)["servers"]
    assert [(one["server"]["name"], one["gate"]["passed"]) for one in servers] == [("good", True), ("bad", False)]
    assert toolmark("score", "--only", "good").code == 0
    assert "good" in toolmark("score", "--only", "goood").err


def test_a_configured_command_is_not_run_unasked(toolmark, here):
    server = here / "server.py"
    server.write_text("open('ran', 'w')", encoding="utf-8")
    (here / "toolmark.toml").write_text(f'server = "{sys.executable} server.py"\n', encoding="utf-8")
    called = toolmark("score")
    assert called.code == 2
    assert "--start" in called.err
    assert not (here / "ran").exists()
    assert toolmark("score", "--start", "--timeout", "20").code == 2
    assert (here / "ran").exists()


def test_a_suppression_of_nothing_is_an_error(toolmark, here):
    (here / "toolmark.toml").write_text('[[suppress]]\nfact = "usage/says-wen"\nreason = "x"\n', encoding="utf-8")
    called = toolmark("score", "tools.json")
    assert called.code == 2
    assert "usage/says-when" in called.err


def test_max_drop_needs_something_to_compare_with(toolmark, here):
    assert toolmark("score", "tools.json", "--max-drop", "0.1").code == 2


@pytest.mark.parametrize(
    "option", [("--fail-under", "E"), ("--fail-under-tool", "9"), ("--fail-on", "usage/nope"), ("--fail-under", "nan")]
)
def test_thresholds_of_nonsense(toolmark, here, option):
    called = toolmark("score", "tools.json", *option)
    assert called.code == 2
    assert "tip: " in called.err


def test_an_earlier_report_is_a_baseline(toolmark, here):
    assert toolmark("score", "tools.json", "--json", "old.json").code == 0
    write(worse(GOOD), FAIR)
    assert toolmark("score", "tools.json", "--baseline", "old.json", "--max-drop", "0.1").code == 1


def test_a_live_server_has_its_places_in_the_saved_snapshot(toolmark, here, root):
    server = f"{sys.executable} {root / 'tests/sources/servers/stdio_server.py'} ok-2025"
    called = toolmark("score", "--server", server, "--save-snapshot", "live.json", "-f", "json")
    assert called.code == 0, called.err
    rows = (here / "live.json").read_text(encoding="utf-8").splitlines()
    for card in json.loads(called.out)["tools"]:
        for fix in card["fixes"]:
            assert fix["place"]["file"] == "live.json"
            assert 1 <= fix["place"]["line"] <= len(rows)
        name = next(fact["place"] for fact in card["facts"] if (fact.get("place") or {}).get("line"))
        assert name["file"] == "live.json"


def test_paths_for_hosts_are_relative_to_the_repository(toolmark, here, monkeypatch):
    (here / "sub").mkdir()
    monkeypatch.chdir(here / "sub")
    for source in ("../tools.json", str(here / "tools.json")):
        log = json.loads(toolmark("score", source, "-f", "sarif", "-q").out)
        found = {
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["runs"][0]["results"]
        }
        assert found == {"tools.json"}


class TestBaseline:
    def test_written_checked_and_updated(self, toolmark, here):
        assert toolmark("baseline", "check", "tools.json").code == 2
        assert toolmark("baseline", "write", "tools.json").code == 0
        written = (here / "toolmark-baseline.json").read_text(encoding="utf-8")
        assert toolmark("baseline", "check", "tools.json").code == 0
        write(GOOD, FAIR, BAD)
        assert toolmark("baseline", "update", "tools.json").code == 0
        grown = (here / "toolmark-baseline.json").read_text(encoding="utf-8")
        assert "process" in grown
        assert "process" not in written

    def test_an_update_does_not_bless_what_got_worse(self, toolmark, here):
        toolmark("baseline", "write", "tools.json")
        write(worse(GOOD), FAIR)
        assert toolmark("baseline", "check", "tools.json").code == 1
        called = toolmark("baseline", "update", "tools.json")
        assert called.code == 1
        assert "toolmark baseline write" in called.err
        assert toolmark("baseline", "check", "tools.json").code == 1
        assert toolmark("baseline", "write", "tools.json").code == 0
        assert toolmark("baseline", "check", "tools.json").code == 0

    def test_one_by_an_older_rubric_is_upgraded_and_said_so(self, toolmark, here):
        toolmark("baseline", "write", "tools.json")
        path = here / "toolmark-baseline.json"
        document = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(document | {"rubricVersion": "0.0.1"}), encoding="utf-8")
        assert "rubric 0.0.1" in toolmark("baseline", "check", "tools.json").err
        assert "Upgraded" in toolmark("baseline", "update", "tools.json").err
        assert json.loads(path.read_text(encoding="utf-8"))["rubricVersion"] == document["rubricVersion"]

    @pytest.mark.parametrize(
        "text", ["", "{", "[]", '{"schemaVersion": "baseline/1"}', '{"schemaVersion": "baseline/2"}']
    )
    def test_a_broken_one_is_an_error(self, toolmark, here, text):
        (here / "toolmark-baseline.json").write_text(text, encoding="utf-8")
        called = toolmark("baseline", "check", "tools.json")
        assert called.code == 2
        assert "tip: " in called.err

    def test_in_the_configuration(self, toolmark, here):
        (here / "toolmark.toml").write_text(
            'path = "tools.json"\nbaseline = "base.json"\nmax-drop = 0.1\n', encoding="utf-8"
        )
        assert toolmark("score").code == 2
        assert toolmark("baseline", "write").code == 0
        assert (here / "base.json").exists()
        assert toolmark("score").code == 0
        write(worse(GOOD), FAIR)
        assert toolmark("score").code == 1


class TestHook:
    def test_silent_when_nothing_got_worse(self, toolmark, here):
        called = toolmark("hook", "tools.json")
        assert (called.code, called.out, called.err) == (0, "", "")

    def test_other_files_are_none_of_its_business(self, toolmark, here):
        (here / "package.json").write_text('{"name": "x"}', encoding="utf-8")
        (here / "mytools.json").write_text('{"compilerOptions": {}}', encoding="utf-8")
        assert toolmark("hook", "package.json", "mytools.json", "gone.json").code == 0

    def test_a_tool_list_that_was_broken_is_not_passed_over(self, toolmark, here):
        (here / "tools.json").write_text('{"tools": [', encoding="utf-8")
        assert toolmark("hook", "tools.json").code == 2

    def test_a_snapshot_is_graded_among_its_siblings(self, toolmark, here):
        (here / "snaps").mkdir()
        for tool in (GOOD, FAIR):
            (here / "snaps" / f"{tool['name']}.snap").write_text(json.dumps(tool, indent=1), encoding="utf-8")
        commit()
        (here / "snaps" / "get_order.snap").write_text(json.dumps(worse(GOOD), indent=1), encoding="utf-8")
        called = toolmark("hook", "snaps/get_order.snap")
        assert called.code == 1
        assert "snaps/get_order.snap:3:" in called.err

    def test_thresholds_of_the_configuration_replace_the_rule_of_no_drop(self, toolmark, here):
        (here / "toolmark.toml").write_text('path = "tools.json"\nfail-under-tool = "D"\n', encoding="utf-8")
        write(worse(GOOD), FAIR)
        assert toolmark("hook", "tools.json").code == 0
        assert toolmark("hook", "--configured").code == 0

    def test_configured_servers_are_started_when_told_to(self, toolmark, here):
        (here / "toolmark.toml").write_text(
            '[servers.a]\npath = "tools.json"\n[servers.b]\npath = "tools.json"\n', encoding="utf-8"
        )
        assert toolmark("hook", "--configured", "--start").code == 0
        (here / "toolmark.toml").unlink()
        assert toolmark("hook", "--configured", "--start").code == 2

    def test_before_the_first_commit_only_thresholds_count(self, toolmark, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        write(BAD)
        assert toolmark("hook", "tools.json").code == 0
        assert toolmark("hook", "tools.json", "--fail-under-tool", "B").code == 1


def test_an_update_that_holds_everything_writes_nothing(toolmark, orders, tmp_path):
    known = tmp_path / "known.json"
    assert toolmark("baseline", "write", orders, "--baseline", known).code == 0
    before, stamp = known.read_bytes(), known.stat().st_mtime_ns
    assert "needs no change" in toolmark("baseline", "update", orders, "--baseline", known).err
    document = json.loads(orders.read_text())
    document["tools"][0]["description"] = "Get one order."
    orders.write_text(json.dumps(document))
    called = toolmark("baseline", "update", orders, "--baseline", known)
    assert called.code == 1
    assert "needs no change" in called.err
    assert (known.read_bytes(), known.stat().st_mtime_ns) == (before, stamp)


def test_after_an_update_the_tokens_of_a_server_are_those_of_its_tools(toolmark, orders, tmp_path):
    known = tmp_path / "known.json"
    toolmark("baseline", "write", orders, "--baseline", known)
    document = json.loads(orders.read_text())
    document["tools"][0]["description"] = "Get one order."
    document["tools"][1]["description"] += " Use get_order when the id is known."
    orders.write_text(json.dumps(document))
    assert toolmark("baseline", "update", orders, "--baseline", known).code == 1
    (server,) = read_baseline(known).servers
    assert server.tokens == sum(tool.tokens for tool in server.tools)
