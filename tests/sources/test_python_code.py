"""Python servers read from their source: the same definitions as from the running server."""

from __future__ import annotations

import sys

import pytest

from scorer.signals import measure
from scorer.sources import open_source
from scorer.sources.live import list_stdio

RUNNING = {
    "bakery": ["-m", "bakery.server"],
    "ferry": ["server.py"],
    "orchard": ["server.py"],
}


def read(folder, name=None):
    found = open_source(str(folder))
    assert len(found.servers) == 1
    return found.servers[0]


@pytest.mark.parametrize("name", RUNNING)
def test_the_definitions_are_those_of_the_running_server(root, name):
    folder = root / "tests/fixtures/code" / name
    env = {"PYTHONPATH": str(folder / "src")} if (folder / "src").is_dir() else {}
    live = list_stdio([sys.executable, *RUNNING[name]], env=env, cwd=str(folder), timeout=60)
    read_ones = {tool.name: tool for tool in read(folder).tools if not tool.conditional}
    assert sorted(read_ones) == sorted(tool.name for tool in live.tools)
    for tool in live.tools:
        sent = {key: value for key, value in tool.definition.items() if key != "_meta" and value is not None}
        assert read_ones[tool.name].definition == sent
        assert measure(read_ones[tool.name]).context.input_hash == measure(tool).context.input_hash


CANARY = """
import os, pathlib
from mcp.server.fastmcp import FastMCP
pathlib.Path("canary").touch()
mcp = FastMCP(os.system("touch canary"))

class Hostile(type(lambda: 0)):
    def __init_subclass__(cls): pathlib.Path("canary").touch()

@mcp.tool(name=open("canary", "w").name)
@eval("print")
def first(a: eval("pathlib.Path('canary').touch()") = exec("x"), b: __import__("os").system = 1):
    '''Fine.'''

@mcp.tool()
def second(a: "__import__('os').system('touch canary')", b: str = "%999999999d" % 1, c: int = 9**9**9) -> Hostile:
    '''Also fine.'''
"""


def test_nothing_of_the_code_runs(tmp_path, monkeypatch):
    (tmp_path / "server.py").write_text(CANARY)
    monkeypatch.chdir(tmp_path)
    tools = read(tmp_path).tools
    assert [tool.name for tool in tools] == ["second"]
    assert not (tmp_path / "canary").exists()
    assert {gap.pointer for gap in tools[0].unread} == {
        "/inputSchema/properties/a",
        "/inputSchema/properties/b/default",
        "/inputSchema/properties/c/default",
        "/outputSchema",
    }


def test_a_tool_knows_its_lines(root):
    folder = root / "tests/fixtures/code/bakery"
    tools = {tool.name: tool for tool in read(folder).tools}
    text = (folder / "src/bakery/server.py").read_text().split("\n")
    place = next(p for p in tools["place_order"].places if p.pointer == "/description")
    assert text[place.line - 1][place.column - 1 :] == "Place an order for tomorrow."
    assert place.verbatim
    customer = next(
        p for p in tools["place_order"].places if p.pointer == "/inputSchema/properties/customer/description"
    )
    assert text[customer.line - 1][customer.column - 1 :].startswith("Who orders")
    assert [reference.role for reference in tools["stock_water"].references] == [
        "registration",
        "handler",
        "schema",
    ]
    assert tools["stock_water"].references[1].code.split("\n")[-1].strip() == "return True"


def test_what_is_registered_under_a_condition_says_so(root):
    tools = read(root / "tests/fixtures/code/bakery").tools
    assert [tool.name for tool in tools if tool.conditional] == ["close_bakery"]


def test_what_the_environment_may_change_is_shown_and_not_graded(tmp_path):
    code = """
import os
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("s")
LIMIT = int(os.getenv("LIMIT", "5"))
@mcp.tool(description=f"At most {LIMIT}.")
def a(n: int = LIMIT): ...
if os.environ.get("ADMIN"):
    @mcp.tool(description=os.environ["TEXT"])
    def b(): ...
"""
    (tmp_path / "server.py").write_text(code)
    tools = {tool.name: tool for tool in read(tmp_path).tools}
    assert tools["a"].description == "At most 5."
    assert tools["a"].input_schema["properties"]["n"]["default"] == 5
    assert [gap.pointer for gap in tools["a"].unread] == ["/description", "/inputSchema/properties/n/default"]
    assert tools["b"].conditional
    assert (tools["b"].description, [gap.pointer for gap in tools["b"].unread]) == (None, ["/description"])
