"""Every command that reads definitions reads them from the same places, and by the same options."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import scorer

SERVER = Path(__file__).resolve().parent.parent / "sources" / "servers" / "stdio_server.py"
ENTRY = {"command": sys.executable, "args": [str(SERVER), "ok-2025"]}
TREE = """\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("{name}")


@mcp.tool()
def {tool}(id: str) -> str:
    \"\"\"Get one {name} by its id.\"\"\"
    return id
"""


@pytest.fixture
def config(written):
    return written({"mcpServers": {"one": ENTRY, "two": ENTRY}}, ".mcp.json")


@pytest.fixture
def tree(written):
    written(TREE.format(name="orders", tool="get_order"), "tree/orders/server.py")
    return written(TREE.format(name="crates", tool="get_crate"), "tree/crates/server.py").parent.parent


@pytest.mark.parametrize("command", ["score", "policy", "badge"])
def test_a_server_of_a_config_is_chosen_and_started(toolmark, config, command):
    called = toolmark(command, config, "--only", "one", "--start", "--timeout", "20")
    assert called.code == 0, called.err
    assert called.out
    assert toolmark(command, config, "--only", "one").code == 2


def test_improve_and_judge_start_a_configured_server_too(toolmark, config):
    called = toolmark("improve", "nope", config, "--only", "one", "--start")
    assert called.code == 2
    assert "no tool is called nope" in called.err
    called = toolmark("judge", config, "--only", "one", "--start", "--dry-run")
    assert called.code == 0, called.err
    assert " calls for 1 tools" in called.out


@pytest.mark.parametrize("command", ["policy", "badge", "extract"])
def test_a_server_of_a_tree_is_chosen(toolmark, tree, command):
    called = toolmark(command, tree, "--only", "orders")
    assert called.code == 0, called.err
    assert "crate" not in called.out


def test_a_policy_names_the_servers_that_it_is_not_for(toolmark, tree):
    called = toolmark("policy", tree)
    assert called.code == 2
    assert "there are 2 servers in the input: crates, orders" in called.err
    assert "--only NAME" in called.err


def test_a_policy_for_the_configured_server(toolmark, orders, monkeypatch):
    (orders.parent / "toolmark.toml").write_text('path = "orders.json"\n')
    monkeypatch.chdir(orders.parent)
    called = toolmark("policy", "-f", "claude-code")
    assert called.code == 0, called.err
    assert json.loads(called.out)


def test_options_of_inputs_have_no_meaning_for_a_report(toolmark, orders, tmp_path):
    toolmark("score", orders, "--json", tmp_path / "report.json")
    called = toolmark("badge", tmp_path / "report.json", "--only", "one")
    assert called.code == 2
    assert "--only has no meaning here" in called.err


def test_the_tool_comes_before_its_file(toolmark, orders):
    called = toolmark("improve", orders, "get_order")
    assert called.code == 2
    assert f"toolmark improve get_order {orders}" in called.err


def test_servers_of_a_tree_are_told_by_name(toolmark, tree):
    said = toolmark("score", tree).err
    assert "Read 1 tool of orders from" in said
    assert "Read 1 tool of crates from" in said


def test_a_configured_server_that_fails_stands_beside_those_that_are_graded(toolmark, orders, monkeypatch):
    lines = ["[servers.a]", 'path = "orders.json"', "[servers.b]", 'server = "no-such-program-7731"', ""]
    (orders.parent / "toolmark.toml").write_text("\n".join(lines))
    monkeypatch.chdir(orders.parent)
    called = toolmark("score", "--start", "-f", "json")
    assert called.code == 2
    assert "1 of 2 servers could not be listed: b" in called.err
    good, bad = json.loads(called.out)["servers"]
    assert (good["server"]["name"], len(good["tools"])) == ("a", 4)
    assert [row["code"] for row in bad["errors"]] == ["server-not-listed"]
    # A baseline that is written from a part would forget the rest.
    assert toolmark("baseline", "write", "--start").code == 2
    assert not (orders.parent / "toolmark-baseline.json").exists()


def test_errors_can_be_caught_by_who_uses_the_library(tmp_path):
    with pytest.raises(scorer.ToolmarkError) as caught:
        scorer.load(tmp_path / "none.json")
    assert isinstance(caught.value, scorer.InputError)
    assert caught.value.tip


@pytest.mark.parametrize("name", ["policy.json", "policy.txt"])
def test_hashes_stand_beside_a_policy_that_cannot_hold_them(toolmark, orders, tmp_path, name):
    policy = tmp_path / name
    called = toolmark("policy", orders, "-f", "claude-code", "-o", policy)
    assert called.code == 0, called.err
    assert f"Wrote {policy}, {policy}.hashes.json" in called.err
    assert toolmark("policy", orders, "--check", policy).code == 0
    described = json.loads(orders.read_text())
    described["tools"][0]["description"] += " Another word."
    orders.write_text(json.dumps(described))
    changed = toolmark("policy", orders, "--check", policy)
    assert (changed.code, "get_order" in changed.out) == (1, True)


def test_a_policy_with_comments_holds_its_hashes_itself(toolmark, orders, tmp_path):
    called = toolmark("policy", orders, "-o", tmp_path / "policy.yaml")
    assert called.err.splitlines()[-1] == f"Wrote {tmp_path / 'policy.yaml'}"
    assert not (tmp_path / "policy.yaml.hashes.json").exists()
