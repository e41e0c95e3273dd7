"""A source tree's walls: what is read of it, what is left out and said, and input that is broken or hostile."""

from __future__ import annotations

import pytest

from scorer.cli.app import run
from scorer.errors import InputError
from scorer.sources import open_source

PYTHON = "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('shop')\n@mcp.tool()\ndef {}(a: int) -> str:\n    '''Do it.'''\n"
SCRIPT = 'import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";\nconst server = new McpServer({{ name: "shop" }});\nserver.registerTool("{}", {{ description: "Do it." }}, f);\n'


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def names(found):
    return sorted(tool.name for server in found.servers for tool in server.tools)


# files -> the tools, what is said to be left out
TREES = {
    "tests": ({"a.py": PYTHON.format("a"), "tests/b.py": PYTHON.format("b"), "test_c.py": PYTHON.format("c"), "src/d.test.ts": SCRIPT.format("d")}, ["a"], "tests"),
    "vendored": ({"a.py": PYTHON.format("a"), "node_modules/x/index.js": SCRIPT.format("b"), "venv/lib/x.py": PYTHON.format("c")}, ["a"], "vendored code"),
    "examples": ({"a.py": PYTHON.format("a"), "examples/b.py": PYTHON.format("b")}, ["a"], "1 examples and documentation"),
    "built": ({"package.json": "{}", "src/a.ts": SCRIPT.format("a"), "dist/a.js": SCRIPT.format("a")}, ["a"], "1 build output beside its source"),
    "only built": ({"package.json": "{}", "dist/a.js": SCRIPT.format("a")}, ["a"], ""),
    "twins": ({"dist/a.js": SCRIPT.format("a"), "dist/a.cjs": SCRIPT.format("a"), "dist/a.d.ts": "export {}"}, ["a"], "generated code"),
    "both languages": ({"a.py": PYTHON.format("a"), "b.ts": SCRIPT.format("b")}, ["a", "b"], ""),
    "syntax error": ({"a.py": PYTHON.format("a"), "b.py": "@mcp.tool()\ndef broken(:\n"}, ["a"], ""),
    "not utf-8": ({"a.py": b"# -*- coding: latin-1 -*-\n# caf\xe9\n" + PYTHON.format("a").encode(), "b.py": b"# caf\xe9 mcp.tool()\n"}, ["a"], ""),
    "utf-16": ({"a.ts": SCRIPT.format("a").encode("utf-16")}, ["a"], ""),
    "crlf and bom": ({"a.py": b"\xef\xbb\xbf" + PYTHON.format("a").replace("\n", "\r\n").encode()}, ["a"], ""),
    "nul": ({"a.py": PYTHON.format("a"), "b.py": b"mcp.tool()\0"}, ["a"], ""),
    "large": ({"a.py": PYTHON.format("a"), "b.py": b"# mcp.tool()\n" + b"x = 1\n" * 900_000}, ["a"], ""),
    "paths in imports": ({"a.py": "from ....... import x\nfrom ..etc.passwd import y\n" + PYTHON.format("a"), "b.ts": 'import x from "../../../../../../etc/passwd";\n' + SCRIPT.format("b")}, ["a", "b"], ""),
    "imports in circles": ({"p/__init__.py": "from . import a\nfrom .a import *\n", "p/a.py": "from . import a, mcp\nfrom p import a as a\n" + PYTHON.format("a")}, ["a"], ""),
}  # fmt: skip


@pytest.mark.parametrize("case", TREES)
def test_what_is_read_and_what_is_left_out(tmp_path, case):
    files, tools, left_out = TREES[case]
    found = open_source(str(write(tmp_path, files)))
    assert names(found) == tools
    assert left_out in "; ".join(found.left_out)


@pytest.mark.parametrize(
    ("case", "said"),
    [("syntax error", "b.py is not Python that can be read at line 2"), ("large", "b.py is larger than 1.5 MB")],
)
def test_what_could_not_be_read_is_said(tmp_path, case, said):
    found = open_source(str(write(tmp_path, TREES[case][0])))
    assert any(said in gap for gap in found.gaps)


def test_links_are_not_followed(tmp_path):
    outside = write(tmp_path / "outside", {"b.py": PYTHON.format("b"), "c/d.py": PYTHON.format("d")})
    inside = write(tmp_path / "inside", {"a.py": PYTHON.format("a")})
    (inside / "b.py").symlink_to(outside / "b.py")
    (inside / "c").symlink_to(outside / "c")
    (inside / "round").symlink_to(inside)
    found = open_source(str(inside))
    assert names(found) == ["a"]
    assert found.left_out == ("1 symbolic links",)


def test_a_tree_without_tools_is_wrong_input_that_says_what_was_looked_for(tmp_path, capsys):
    write(tmp_path, {"a.py": "x = 1\n", "b.ts": "const x = 1;\n", "tests/c.py": PYTHON.format("c")})
    assert run(["score", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "registers no tools that can be read" in said
    assert "@server.tool" in said
    assert "in 1 file of Python" in said
    assert "Left out: 1 tests" in said


HOSTILE = """
require("fs").writeFileSync("canary", "");
eval("require('child_process').execSync('touch canary')");
const server = new McpServer({ name: (() => { require("fs").writeFileSync("canary", ""); return "x"; })() });
import("@modelcontextprotocol/sdk");
server.registerTool("a", { description: `${(() => { require("fs").writeFileSync("canary", ""); })()}`, inputSchema: { x: z.string().regex(/(a+)+$/) } }, f);
const a = b, b = a, c = [...c, ...c];
server.registerTool(a, { description: "".padStart(1e9) + "x".repeat(1e9) }, f);
function f(n) { return f(f(n)); }
server.registerTool(f("x"), {}, f);
"""


def test_nothing_of_a_script_runs_and_circles_end(tmp_path, monkeypatch):
    write(tmp_path, {"index.js": HOSTILE})
    monkeypatch.chdir(tmp_path)
    found = open_source(str(tmp_path))
    assert names(found) == ["a"]
    assert [gap.pointer for gap in found.servers[0].tools[0].unread] == ["/description"]
    assert not (tmp_path / "canary").exists()


def test_servers_of_one_tree_are_told_apart_by_package(tmp_path):
    function = "def register(server):\n    @server.tool()\n    def {}(a: int) -> str:\n        '''Do it.'''\n"
    write(
        tmp_path,
        {
            "one/pyproject.toml": '[project]\nname = "one"\nversion = "1.0"\n',
            "one/one/server.py": PYTHON.format("a").replace("'shop'", ""),
            "two/package.json": '{"name": "two", "version": "2.0"}',
            "two/src/index.ts": SCRIPT.format("b").replace('name: "shop"', ""),
            "three/pyproject.toml": '[project]\nname = "three"\n',
            "three/tools.py": "import mcp.server\n" + function.format("c"),
        },
    )
    found = open_source(str(tmp_path))
    assert sorted(
        (one.server_name, one.server_version, [tool.name for tool in one.tools]) for one in found.servers
    ) == [
        ("one", "1.0", ["a"]),
        ("three", None, ["c"]),
        ("two", "2.0", ["b"]),
    ]


def test_one_file_is_graded_with_what_it_imports(tmp_path):
    write(
        tmp_path,
        {
            "words.py": "TEXT = 'Count it.'\n",
            "b.py": PYTHON.format("b"),
            "a.py": "from words import TEXT\n" + PYTHON.format("a").replace("tool()", "tool(description=TEXT)"),
        },
    )
    found = open_source(str(tmp_path / "a.py"))
    assert names(found) == ["a"]
    assert found.servers[0].tools[0].description == "Count it."


def test_a_folder_of_neither_is_refused_as_before(tmp_path):
    (tmp_path / "readme.md").write_text("no code")
    with pytest.raises(InputError, match="holds no tool snapshots"):
        open_source(str(tmp_path))


def test_extract_prints_what_can_be_scored_again(tmp_path, capsys, root):
    folder = root / "tests/fixtures/code/lighthouse"
    target = tmp_path / "tools.json"
    assert run(["extract", str(folder), "--output", str(target)]) == 0
    said = capsys.readouterr().err
    assert "Read 7 tools of lighthouse, 1 of them only under a condition" in said
    again = open_source(str(target))
    assert [tool.definition for tool in again.tools] == [
        tool.definition for tool in open_source(str(folder)).servers[0].tools
    ]
    assert run(["extract", str(root / "tests/fixtures/code/kiosk")]) == 2
    assert "--only NAME" in capsys.readouterr().err
    assert run(["extract", str(root / "tests/fixtures/code/kiosk"), "--only", "till", "-q"]) == 0
    assert '"count_coins"' in capsys.readouterr().out
