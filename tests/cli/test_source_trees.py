"""Source code from end to end: gate, formats for machines, baseline in git, hook and Action, each at the line of the source."""

from __future__ import annotations

import json
import re
import subprocess
from xml.etree import ElementTree as ET

import pytest

SERVER = '''from mcp.server.fastmcp import FastMCP

from shop.words import HOW

mcp = FastMCP("shop")


@mcp.tool(description=f"List the open orders of one day, oldest first. {HOW}")
def list_orders(day: str) -> list[str]:
    return []


@mcp.tool()
def cancel(number: str) -> bool:
    """Cancel an order that was not sent yet.

    Use this when a customer asks for it; the money goes back within 3 days.
    """
    return True
'''
WORDS = 'HOW = "Use this when the number of an order is not known; returns at most 50 rows."\n'
SCRIPT = """import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const server = new McpServer({ name: "till" });
server.registerTool(
  "count_coins",
  {
    description: `Count the coins of one till.
      Use it in the evening; it changes nothing.`,
    inputSchema: { till: z.string().describe("Number of the till, as 1 to 9.") },
  },
  count,
);
"""
FILES = {
    "code/shop/pyproject.toml": '[project]\nname = "shop"\n',
    "code/shop/shop/__init__.py": "",
    "code/shop/shop/server.py": SERVER,
    "code/shop/shop/words.py": WORDS,
    "code/till/package.json": '{"name": "till"}',
    "code/till/src/index.ts": SCRIPT,
    "notes.md": "Nothing.\n",
}
WORSE = {
    "code/shop/shop/server.py": SERVER.replace(
        '"""Cancel an order that was not sent yet.\n\n    Use this when a customer asks for it; the money goes back within 3 days.\n    """',
        '"""Cancel."""',
    ),
    "code/till/src/index.ts": SCRIPT.replace("Count the coins of one till.\n      Use it in the evening; it changes nothing.", "Coins."),
}  # fmt: skip


def git(*arguments):
    name = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    return subprocess.run(["git", *name, *arguments], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A committed repository with two servers, which is the working folder."""
    folder = tmp_path / "repository"
    put(folder, FILES)
    monkeypatch.chdir(folder)
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "x")
    return folder


def put(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def of_sarif(text):
    for run in json.loads(text)["runs"]:
        for one in run["results"]:
            at = one["locations"][0]["physicalLocation"]
            yield at["artifactLocation"]["uri"], at["region"]["startLine"], at["region"]["startColumn"]


def of_github(text):
    for line in text.splitlines():
        if line.startswith("::"):
            known = dict(part.split("=", 1) for part in line[2:].split("::")[0].split(" ", 1)[1].split(","))
            yield known["file"], int(known["line"]), int(known["col"])


def of_gitlab(text):
    for one in json.loads(text):
        yield one["location"]["path"], one["location"]["lines"]["begin"], 1


def of_junit(text):
    for case in ET.fromstring(text).iter("testcase"):
        if case.get("file"):
            yield case.get("file"), int(case.get("line")), 1


READERS = {"sarif": of_sarif, "github": of_github, "gitlab": of_gitlab, "junit": of_junit}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(("folder", "source"), [(".", "code"), ("code", "."), ("code/till", "..")])
def test_findings_stand_in_the_source_relative_to_the_repository(
    toolmark, repository, monkeypatch, name, folder, source
):
    put(repository, WORSE)
    monkeypatch.chdir(repository / folder)
    called = toolmark("score", source, "-f", name, "--fail-under-tool", "A", "-q")
    assert called.code == 1
    found = list(READERS[name](called.out))
    assert {file for file, _, _ in found} >= {"code/shop/shop/server.py", "code/till/src/index.ts"}
    for file, line, column in found:
        lines = (repository / file).read_text(encoding="utf-8").split("\n")
        assert lines[line - 1][column - 1 :].strip()


def test_a_quote_from_a_constant_stands_where_the_constant_does(toolmark, repository):
    report = json.loads(toolmark("score", "code", "--only", "shop", "-f", "json", "-q").out)
    places = [fact["place"] for tool in report["tools"] for fact in tool["facts"] if "quote" in fact]
    assert {place["file"] for place in places} == {"code/shop/shop/server.py", "code/shop/shop/words.py"}


def test_the_gate_says_the_line(toolmark, repository):
    put(repository, WORSE)
    called = toolmark("score", "code", "--fail-under-tool", "B", "--only", "till")
    assert called.code == 1
    assert "code/till/src/index.ts:8:19: count_coins scores" in called.err


def test_what_is_worse_than_in_git_fails(toolmark, repository):
    given = ("score", "code", "--baseline", "git:HEAD", "--max-drop", "0", "-q")
    assert toolmark(*given).code == 0
    put(repository, WORSE)
    called = toolmark(*given)
    assert called.code == 1
    assert "code/shop/shop/server.py:15:8: cancel fell from" in called.err
    assert "code/till/src/index.ts:8:19: count_coins fell from" in called.err


def test_a_file_is_compared_with_what_it_imported_then(toolmark, repository):
    put(repository, {"code/shop/shop/words.py": 'HOW = ""\n'})
    called = toolmark("score", "code/shop/shop/server.py", "--baseline", "git:HEAD", "--max-drop", "0", "-q")
    assert called.code == 1
    assert "list_orders fell from" in called.err
    assert "cancel fell" not in called.err


def test_the_hook_reads_changed_source(toolmark, repository):
    names = ("code/shop/shop/server.py", "code/shop/shop/words.py", "code/till/src/index.ts", "notes.md")
    assert toolmark("hook", *names).code == 0
    put(repository, WORSE)
    called = toolmark("hook", *names)
    assert called.code == 1
    assert "code/shop/shop/server.py:15:8: cancel fell" in called.err
    assert "code/till/src/index.ts:8:19: count_coins fell" in called.err


def test_the_action_annotates_the_source_of_a_pull_request(toolmark, repository, tmp_path, monkeypatch):
    base = git("rev-parse", "HEAD")
    put(repository, WORSE)
    git("commit", "-q", "-a", "-m", "y")
    event = tmp_path / "event.json"
    event.write_text(
        json.dumps(
            {"number": 7, "pull_request": {"base": {"sha": base}, "head": {"sha": "", "repo": {"full_name": "a/b"}}}}
        ),
        encoding="utf-8",
    )
    values = {
        "INPUT_PATH": "code", "INPUT_MAX_DROP": "0", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": str(event),
        "GITHUB_REPOSITORY": "a/b", "GITHUB_OUTPUT": str(tmp_path / "output"), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "TOOLMARK_OUTPUT": str(tmp_path / "out"),
    }  # fmt: skip
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    called = toolmark("action")
    assert called.code == 0
    errors = [line for line in called.out.splitlines() if line.startswith("::error")]
    assert any("file=code/shop/shop/server.py,line=15," in line and "cancel fell" in line for line in errors)
    assert any("file=code/till/src/index.ts,line=8," in line and "count_coins fell" in line for line in errors)
    assert re.search(r"^passed<<.*\nfalse$", (tmp_path / "output").read_text(encoding="utf-8"), re.MULTILINE)
    assert {file for file, _, _ in of_sarif((tmp_path / "out/toolmark.sarif").read_text(encoding="utf-8"))} >= {
        "code/till/src/index.ts"
    }


CANARY = "import pathlib\npathlib.Path('canary').touch()\nfrom mcp.server.fastmcp import FastMCP\n"
# What stands there -> what stderr says; all of it is wrong input.
WRONG = {
    "no tools": ({"src/a.py": "x = 1\n", "src/b.ts": "const x = 1;\n"}, "src", ("src registers no tools", "Looked for @server.tool", "in 1 file of Python")),
    "tests alone": ({"src/a.py": "x = 1\n", "src/tests/b.py": SERVER}, "src", ("registers no tools", "Left out: 1 tests")),
    "not there": ({}, "sorce", ("there is no file sorce", "Check the path")),
    "nearly there": ({"source/a.py": SERVER}, "sorce", ("Did you mean source?",)),
    "broken": ({"src/a.py": "mcp.tool()\ndef broken(:\n"}, "src", ("registers no tools", "src/a.py is not Python that can be read at line 2")),
    "encoding": ({"src/a.py": b"# \xe9 mcp.tool()\n"}, "src", ("registers no tools", "src/a.py is not Python that can be read")),
    "large": ({"src/a.py": "# mcp.tool()\n" + "x = 1\n" * 900_000}, "src", ("registers no tools", "src/a.py is larger than 1.5 MB")),
    "file without tools": ({"src/pyproject.toml": "", "src/a.py": SERVER, "src/shop/words.py": WORDS}, "src/shop/words.py", ("words.py registers no tools", "The code around it does")),
    "file of nothing": ({"src/words.py": WORDS}, "src/words.py", ("error: src/words.py registers no tools", "in 1 file of Python")),
    "code that would act": ({"src/a.py": CANARY}, "src", ("registers no tools",)),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_graded_says_what_was_looked_for_and_where(toolmark, tmp_path, monkeypatch, case):
    files, source, said = WRONG[case]
    monkeypatch.chdir(tmp_path)
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    called = toolmark("score", source)
    assert called.code == 2
    assert called.out == ""
    for words in (*said, "tip:"):
        assert words in called.err
    assert not (tmp_path / "canary").exists()


def test_links_out_of_the_tree_and_in_circles_are_left_out(toolmark, tmp_path, monkeypatch):
    put(tmp_path, {"outside/shop/server.py": SERVER, "inside/a.py": SERVER.replace("list_orders", "list_ours")})
    for name, target in (("round", "."), ("shop", "../outside/shop"), ("b.py", "../outside/shop/server.py")):
        (tmp_path / "inside" / name).symlink_to(target)
    monkeypatch.chdir(tmp_path)
    report = json.loads(toolmark("score", "inside", "-f", "json", "-q").out)
    assert [tool["name"] for tool in report["tools"]] == ["list_ours", "cancel"]
