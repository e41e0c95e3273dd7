"""`toolmark init`: what it finds, what it proposes, and that it leaves alone what is there."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib

import pytest
import yaml

from scorer.config import load_config
from scorer.init import candidates, propose

TOOL = {"name": "get_book", "description": "Get one book by its id.", "inputSchema": {"type": "object"}}
TOOLS = json.dumps({"tools": [TOOL]})
PYTHON = '[project]\nname = "shop"\ndependencies = ["mcp>=2"]\n[project.scripts]\nshop-mcp = "shop:main"\n'
CODE = "from fastmcp import FastMCP\nmcp = FastMCP('shop')\n@mcp.tool\ndef get_book(id: str): ...\n"
SCRIPT = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nconst s = new McpServer({ name: "shop" });\ns.registerTool("get_book", {}, f);\n'
NODE = json.dumps({"bin": {"shop": "dist/index.js"}, "dependencies": {"@modelcontextprotocol/sdk": "^1"}})


def tree(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("files", "key", "value"),
    [
        ({"tools.json": TOOLS}, "path", "tools.json"),
        ({"a/__toolsnaps__/get.snap": json.dumps(TOOL)}, "path", "a/__toolsnaps__"),
        ({"tests/tools.json": TOOLS, "z/tools.json": TOOLS}, "path", "z/tools.json"),
        ({"pyproject.toml": PYTHON}, "server", "uv run shop-mcp"),
        ({"package.json": NODE}, "server", "node dist/index.js"),
        ({".mcp.json": '{"mcpServers": {}}'}, "path", ".mcp.json"),
        ({"pyproject.toml": PYTHON, "tools.json": TOOLS}, "path", "tools.json"),
        ({"node_modules/x/tools.json": TOOLS, "tools.json": TOOLS}, "path", "tools.json"),
        ({"server.py": CODE}, "path", "."),
        ({"pyproject.toml": PYTHON, "src/shop/server.py": CODE}, "path", "."),
        ({"package.json": NODE, "src/index.ts": SCRIPT}, "path", "."),
        ({"server.py": CODE, "tools.json": TOOLS}, "path", "tools.json"),
        ({"pyproject.toml": PYTHON, "tests/test_server.py": CODE}, "server", "uv run shop-mcp"),
    ],
)
def test_the_best_way_comes_first(tmp_path, files, key, value):
    found = candidates(tree(tmp_path, files))
    assert (found[0].key, found[0].value) == (key, value)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"tools.json": "{"},
        {"node_modules/x/tools.json": TOOLS},
        {"pyproject.toml": '[project]\nname = "x"\ndependencies = "mcp"'},
        {"tests/server.py": CODE},
        {"server.py": CODE.replace("@", "# @")},
        {"package.json": '{"bin": 3, "dependencies": {"@modelcontextprotocol/sdk": "1"}}'},
    ],
)
def test_what_holds_no_definitions_is_no_candidate(tmp_path, files):
    assert candidates(tree(tmp_path, files)) == []


def test_links_are_not_followed(tmp_path):
    outside = tree(tmp_path / "outside", {"tools.json": TOOLS})
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "folder").symlink_to(outside)
    (inside / "tools.json").symlink_to(outside / "tools.json")
    (inside / "circle").symlink_to(inside)
    assert candidates(inside) == []


def test_source_code_is_proposed_with_the_hook_that_reads_it_again(tmp_path):
    tree(tmp_path, {"src/shop/server.py": CODE, "src/shop/more.py": CODE.replace("get_book", "list_books")})
    (found,) = candidates(tmp_path)
    assert (found.tools, found.why) == (2, "source code")
    files = {one.path: one.text for one in propose(tmp_path, found)}
    assert 'path = "."' in files["toolmark.toml"]
    assert "id: toolmark-server" in files[".pre-commit-config.yaml"]
    tree(tmp_path, {"src/shop/api.py": "from fastmcp import FastMCP\nFastMCP.from_openapi(load())\n"})
    assert candidates(tmp_path)[0].why == "source code, partly read"


def test_the_configuration_is_one_that_is_read_back(tmp_path):
    name = 'to"o\\ls \u00e9.json'
    (found,) = candidates(tree(tmp_path, {name: TOOLS}))
    configuration = propose(tmp_path, found)[0]
    (tmp_path / configuration.path).write_text(configuration.text, encoding="utf-8")
    assert tomllib.loads(configuration.text)["path"] == name
    assert load_config(tmp_path / configuration.path).servers[0].path == name


@pytest.mark.parametrize(
    "present",
    [
        "repos:\n- repo: local\n  hooks: []\n",
        "# ours\nrepos:  # all\n\n    # first\n    - repo: local\n      hooks: []\nci:\n  skip: []\n",
        "default_stages: [pre-commit]\nrepos:\n  -   repo: local\n      hooks: []\n",
    ],
)
def test_the_hook_joins_the_list_that_is_there(tmp_path, present):
    (found,) = candidates(tree(tmp_path, {"tools.json": TOOLS, ".pre-commit-config.yaml": present}))
    hook = propose(tmp_path, found)[1]
    before, after = yaml.safe_load(present), yaml.safe_load(hook.text)
    assert after["repos"][1:] == before["repos"]
    assert after["repos"][0]["hooks"] == [{"id": "toolmark"}]
    assert {**after, "repos": 0} == {**before, "repos": 0}
    assert hook.text.replace(hook.added, "") == present


@pytest.mark.parametrize("present", ["repos: []\n", "[", "repos:\n- {repo: x, hooks: [{id: toolmark}]}\n"])
def test_a_hook_file_that_has_it_or_is_written_otherwise_is_left_alone(tmp_path, present):
    (found,) = candidates(tree(tmp_path, {"tools.json": TOOLS, ".pre-commit-config.yaml": present}))
    assert [one.path for one in propose(tmp_path, found)] == ["toolmark.toml"]


def test_a_command_gets_the_hook_that_starts_it(tmp_path):
    (found,) = candidates(tree(tmp_path, {"package.json": NODE}))
    assert "id: toolmark-server" in propose(tmp_path, found)[1].text


def _init(folder, *arguments):
    command = [sys.executable, "-m", "scorer", "init", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def test_it_writes_only_with_consent_and_then_everything_is_there(tmp_path):
    tree(tmp_path, {"tools.json": TOOLS, ".github/dependabot.yml": "version: 2\n"})
    shown = _init(tmp_path)
    assert shown.returncode == 0
    assert 'path = "tools.json"' in shown.stdout
    assert "Nothing was written" in shown.stderr
    assert not (tmp_path / "toolmark.toml").exists()
    assert (
        "Wrote toolmark.toml, .pre-commit-config.yaml, .github/workflows/toolmark.yml"
        in _init(tmp_path, "--yes").stderr
    )
    again = _init(tmp_path, "--yes")
    assert (again.returncode, again.stdout) == (0, "")
    assert "Everything is there already" in again.stderr
    baseline = [sys.executable, "-m", "scorer", "baseline", "write"]
    assert subprocess.run(baseline, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    assert (tmp_path / "toolmark-baseline.json").exists()


def test_nothing_to_grade_is_wrong_input_that_says_what_was_looked_for(tmp_path):
    called = _init(tmp_path)
    assert called.returncode == 2
    assert "no snapshots" in called.stderr
    assert "--save-snapshot" in called.stderr
    assert _init(tmp_path, "nowhere").returncode == 2
