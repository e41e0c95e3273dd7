"""Python servers whose tools are only known when they run: each such place is said, and nothing is guessed."""

from __future__ import annotations

import pytest

from scorer import score
from scorer.errors import InputError
from scorer.sources import open_source

HEAD = 'import httpx\nfrom fastmcp import FastMCP\nmcp = FastMCP("shop")\nspec = httpx.get("https://example.org/api.json").json()\n'
READ = '@mcp.tool\ndef count(shelf: str) -> int:\n    """Count what lies on one shelf."""\n'
LOW = "from mcp.server import Server\nfrom mcp.types import Tool\nserver = Server('s')\n@server.list_tools()\nasync def listed():\n    return "

# Code -> the names of the tools, and what is said not to be read, "" for nothing.
SERVERS = {
    "nothing missing": (HEAD + READ, ["count"], ""),
    "api description": (HEAD + READ + "api = FastMCP.from_openapi(openapi_spec=spec, client=httpx.AsyncClient())\n", ["count"], "tools are made from an API description at server.py:8"),
    "provider": (HEAD + "from fastmcp.server.providers.openapi import OpenAPIProvider\nmcp.add_provider(OpenAPIProvider(spec))\n" + READ, ["count"], "tools are made from an API description at server.py:6"),
    "application": (HEAD + "from shop import app\nweb = FastMCP.from_fastapi(app=app)\n" + READ, ["count"], "tools are made from the routes of an application at server.py:6"),
    "other server": (HEAD + READ + "far = FastMCP.as_proxy('https://example.org/mcp')\n", ["count"], "tools are those of another server at server.py:8"),
    "own function of that name": (HEAD + "def from_openapi(x): ...\nfrom_openapi(spec)\n" + READ, ["count"], ""),
    "other package's function": (HEAD + "from prance import from_openapi\nfrom_openapi(spec)\n" + READ, ["count"], ""),
    "loop over a document": (HEAD + READ + "for path, op in spec['paths'].items():\n    mcp.tool(name=op['id'])(lambda: path)\n", ["count"], "the name of a tool is computed at server.py:9"),
    "loop over functions": (HEAD + READ + "for found in load():\n    mcp.add_tool(found)\n", ["count"], "a registered function depends on the loop over `found` at server.py:8"),
    "loop that is known": (HEAD + READ.replace("@mcp.tool\n", "") + "for found in (count,):\n    mcp.add_tool(found)\n", ["count"], ""),
    "listed by a client": (LOW + "[*await client.list_tools(), Tool(name='a', description='A.', inputSchema={})]\n", ["a"], "the list of tools is computed at server.py:5"),
    "list that is known": (LOW + "[Tool(name='a', description='A.', inputSchema={})]\n", ["a"], ""),
}  # fmt: skip


@pytest.fixture
def read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(code):
        (tmp_path / "server.py").write_text(code, encoding="utf-8")
        return open_source(".")

    return call


@pytest.mark.parametrize("case", SERVERS)
def test_what_is_made_at_run_time_is_said(read, case):
    code, names, gap = SERVERS[case]
    found = read(code)
    assert [tool.name for server in found.servers for tool in server.tools] == names
    assert list(found.gaps) == ([gap] if gap else [])
    reports = [score(server) for server in found.servers]
    assert sum(one.server.not_read for one in reports) == bool(gap)
    assert [error.message for one in reports for error in one.errors if error.code == "not-read"] == list(found.gaps)


def test_a_server_that_is_all_made_at_run_time_is_no_empty_server(read):
    with pytest.raises(InputError) as caught:
        read(HEAD + "api = FastMCP.from_openapi(openapi_spec=spec)\n")
    assert "Could not be read: tools are made from an API description at server.py:5" in caught.value.tip


OTHER = "from chuk_mcp_server import ChukMCPServer, tool\nmcp = ChukMCPServer(name='geo')\n"
# Code of a library whose rules are not known -> fields of the tool `locate` that are said to be unread.
LIBRARIES = {
    "server": (OTHER + "@mcp.tool\ndef locate(place: str) -> dict:\n    '''Find a place.'''\n", ["/inputSchema"]),
    "decorator alone": (OTHER + "@tool\ndef locate(place: str) -> dict:\n    '''Find a place.'''\n", ["/inputSchema"]),
    "without a docstring": (OTHER + "@tool(name='locate')\ndef find(place: str): ...\n", ["/description", "/inputSchema"]),
    "parameter": (OTHER + "def register(mcp):\n    @mcp.tool(description='Find a place.')\n    def locate(place): ...\n", ["/inputSchema"]),
    "server of a shared package": ("from house_mcp import mcp\n@mcp.tool()\ndef locate(place: str):\n    '''Find a place.'''\n", ["/inputSchema"]),
}  # fmt: skip


@pytest.mark.parametrize("case", LIBRARIES)
def test_the_schema_of_another_library_is_not_guessed(read, case):
    code, unread = LIBRARIES[case]
    (tool,) = [tool for server in read(code).servers for tool in server.tools]
    assert tool.name == "locate"
    assert [gap.pointer for gap in tool.unread] == unread
    assert "whose rules are not known" in tool.unread[-1].reason
    assert tool.input_schema is None
    assert not tool.schema_known
    assert tool.description == (None if "/description" in unread else "Find a place.")


@pytest.mark.parametrize("package", ["langchain_core.tools", "crewai.tools", "smolagents"])
def test_tools_of_agents_are_none_of_a_server(read, package):
    found = read(f"from {package} import tool\n@tool\ndef think(x: str):\n    '''Think.'''\n{HEAD}{READ}")
    assert [tool.name for server in found.servers for tool in server.tools] == ["count"]
