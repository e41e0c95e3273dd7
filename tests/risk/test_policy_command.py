"""`toolmark policy` as a user types it."""

from __future__ import annotations

import json

import pytest
import yaml

from scorer.cli.app import run

TOOLS = {
    "tools": [
        {"name": "list_items", "description": "Lists the items.", "inputSchema": {"type": "object", "properties": {}}},
        {
            "name": "write_file",
            "description": "Creates a file or completely overwrites an existing file.",
            "inputSchema": {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]},
        },
    ]
}


@pytest.fixture
def tools(tmp_path):
    path = tmp_path / "tools.json"
    path.write_text(json.dumps(TOOLS), encoding="utf-8")
    return path


def changed(tools, edit):
    document = json.loads(tools.read_text(encoding="utf-8"))
    edit(document["tools"])
    tools.write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize(
    ("shape", "name"),
    [("intercept", "p.yaml"), ("policylayer", "p.json"), ("claude-code", "s.json"), ("codex", "c.toml")],
)
def test_a_fresh_policy_matches_and_says_what_changed(tools, tmp_path, capsys, shape, name):
    file = tmp_path / name
    assert run(["policy", str(tools), "--format", shape, "-o", str(file)]) == 0
    assert run(["policy", str(tools), "--check", str(file)]) == 0
    capsys.readouterr()
    changed(tools, lambda own: own[1].update(description="Writes a file below /data."))
    assert run(["policy", str(tools), "--check", str(file)]) == 1
    assert "changed: write_file: its definition changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda own: own.pop(1), "gone: write_file: the server has no such tool"),
        (lambda own: own[1].update(name="write_files"), "gone: write_file: the server has no such tool; it may be called write_files now"),
        (lambda own: own[1]["inputSchema"].update(properties={"file": {"type": "string"}}), "argument: write_file: write_file has no argument path"),
        (lambda own: own.append({"name": "new_one", "description": "Lists."}), "new: new_one: the policy does not name it, so that it is denied"),
    ],
)  # fmt: skip
def test_check_names_every_fault(tools, tmp_path, capsys, edit, said):
    file = tmp_path / "p.yaml"
    run(["policy", str(tools), "-o", str(file)])
    changed(tools, edit)
    assert run(["policy", str(tools), "--check", str(file)]) == 1
    assert said in capsys.readouterr().out


def test_fill(tools, capsys):
    assert run(["policy", str(tools), "--fill", "write_file:path=/data/"]) == 0
    out, err = capsys.readouterr()
    rule = yaml.safe_load(out)["tools"]["write_file"]["rules"][0]
    assert rule["conditions"][0]["op"] == "regex"
    assert "to fill in" not in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "rego"], "'rego' is not one of"),
        (["--profile", "lax"], "'lax' is not one of"),
        (["--fill", "path"], "is not [TOOL:]ARG=VALUE"),
        (["--fill", "create:amount=5"], "there is no placeholder create:amount"),
        (["--check", "nowhere.yaml"], "nowhere.yaml"),
    ],
)
def test_wrong_options_are_clear_errors(tools, capsys, arguments, said):
    assert run(["policy", str(tools), *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["[1, 2]", "{}", "just: text", "version: '2'\ntools: {}", "a: &x [*x]", "\x00", '{"permissions": []}']
)
def test_a_file_that_is_no_policy_is_refused(tools, tmp_path, capsys, text):
    file = tmp_path / "other.yaml"
    file.write_text(text, encoding="utf-8")
    assert run(["policy", str(tools), "--check", str(file)]) == 2
    assert "tip:" in capsys.readouterr().err


def test_a_server_without_tools_is_refused(tmp_path, capsys):
    path = tmp_path / "none.json"
    path.write_text('{"tools": []}', encoding="utf-8")
    assert run(["policy", str(path)]) == 2
    assert "no tools" in capsys.readouterr().err


def test_gate_on_risk(tmp_path, capsys):
    path = tmp_path / "drop.json"
    tool = {"name": "drop_table", "description": "Drops a table.", "inputSchema": {"type": "object", "properties": {}}}
    path.write_text(json.dumps({"tools": [tool]}), encoding="utf-8")
    gate = ["--fail-on-risk", "critical-without-destructive-hint"]
    assert run(["score", str(path), *gate]) == 1
    assert "[risk/critical-without-destructive-hint]" in capsys.readouterr().err
    path.write_text(json.dumps({"tools": [{**tool, "annotations": {"destructiveHint": True}}]}), encoding="utf-8")
    assert run(["score", str(path), *gate]) == 0
    assert run(["score", str(path), "--fail-on-risk", "bulk"]) == 1
    assert run(["score", str(path), "--fail-on-risk", "nope"]) == 2


def test_settings_of_a_client_are_read_for_the_server_that_is_meant(tools, tmp_path, capsys):
    file = tmp_path / "settings.json"
    lists = {"allow": ["mcp__shop__list_items", "mcp__other__x"], "deny": ["mcp__shop__write_file", "Bash(rm:*)"]}
    file.write_text(json.dumps({"permissions": lists}), encoding="utf-8")
    assert run(["policy", str(tools), "--check", str(file), "--name", "shop"]) == 0
    assert run(["policy", str(tools), "--check", str(file), "--name", "nobody"]) == 2
    assert "It has other, shop; --name says which one is meant." in capsys.readouterr().err


def test_a_rule_for_a_whole_server_says_what_happens_to_its_tools(tools, tmp_path, capsys):
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"permissions": {"deny": ["mcp__shop"]}}), encoding="utf-8")
    assert run(["policy", str(tools), "--check", str(file), "--name", "shop"]) == 1
    assert "new: list_items: the policy does not name it, so that it is denied" in capsys.readouterr().out


def test_a_check_writes_nothing(tools, tmp_path, capsys):
    file = tmp_path / "p.yaml"
    run(["policy", str(tools), "-o", str(file)])
    assert run(["policy", str(tools), "--check", str(file), "--fill", "write_file:path=/data/"]) == 2
    assert "tip: Leave out --fill and --output." in capsys.readouterr().err


def test_an_unknown_placeholder_shows_those_of_the_tool_first(tools, capsys):
    assert run(["policy", str(tools), "--fill", "write_file:pth=/data/"]) == 2
    assert "Open here: write_file:path" in capsys.readouterr().err
