"""Servers of FastMCP that are mounted into others."""

from __future__ import annotations

import pytest

from scorer.sources import open_source

INNER = "from fastmcp import FastMCP\nmcp = FastMCP('jira')\n@mcp.tool\ndef search(query: str) -> str:\n    '''Search the issues.'''\n"
OUTER = "from fastmcp import FastMCP\nfrom inner import mcp as jira\nmain = FastMCP('all')\n@main.tool\ndef check() -> bool:\n    '''Check the connection.'''\n"

# How it is mounted -> the servers with their tools, and how many of the tools are conditional.
MOUNTS = {
    "prefix second": ("main.mount(jira, 'jira')", {"all": ["check", "jira_search"]}, 0),
    "prefix first": ("main.mount('jira', jira)", {"all": ["check", "jira_search"]}, 0),
    "namespace": ("main.mount(jira, namespace='issues')", {"all": ["check", "issues_search"]}, 0),
    "prefix by name": ("main.import_server(server=jira, prefix='issues')", {"all": ["check", "issues_search"]}, 0),
    "no prefix": ("main.mount(jira)", {"all": ["check", "search"]}, 0),
    "on a condition": ("import os\nif os.environ.get('JIRA'):\n    main.mount(jira, 'jira')", {"all": ["check", "jira_search"]}, 1),
    "computed prefix": ("main.mount(jira, load())", {"all": ["check"], "jira": ["search"]}, 0),
    "a folder of a web application": ("app.mount('/static', jira)", {"all": ["check"], "jira": ["search"]}, 0),
    "generic class of the tree": ("class House(FastMCP[dict]): ...\nclass Own(House[int]): ...\nown = Own('house')\nown.mount(jira, 'jira')", {"all": ["check"], "house": ["jira_search"]}, 0),
    "not mounted": ("", {"all": ["check"], "jira": ["search"]}, 0),
}  # fmt: skip


@pytest.mark.parametrize("case", MOUNTS)
def test_the_outer_server_serves_the_tools(tmp_path, case):
    code, servers, conditional = MOUNTS[case]
    (tmp_path / "inner.py").write_text(INNER, encoding="utf-8")
    (tmp_path / "outer.py").write_text(f"{OUTER}{code}\n", encoding="utf-8")
    found = open_source(str(tmp_path))
    assert {one.server_name: sorted(tool.name for tool in one.tools) for one in found.servers} == servers
    assert sum(tool.conditional for one in found.servers for tool in one.tools) == conditional


def test_servers_around_one_another_and_in_circles(tmp_path):
    code = OUTER + "third = FastMCP('third')\nmain.mount(jira, 'a')\nthird.mount(main, 'b')\nmain.mount(main, 'c')\n"
    (tmp_path / "inner.py").write_text(INNER, encoding="utf-8")
    (tmp_path / "outer.py").write_text(code, encoding="utf-8")
    (server,) = open_source(str(tmp_path)).servers
    assert (server.server_name, sorted(tool.name for tool in server.tools)) == ("third", ["b_a_search", "b_check"])


def test_a_server_of_another_package_is_said(tmp_path):
    (tmp_path / "outer.py").write_text(
        OUTER.replace("from inner import", "from house.tools import") + "main.mount(jira, 'jira')\n", encoding="utf-8"
    )
    found = open_source(str(tmp_path))
    assert [tool.name for one in found.servers for tool in one.tools] == ["check"]
    assert [gap.split(" at ")[0] for gap in found.gaps] == [
        "tools are those of `house.tools.mcp`, which is not in the tree"
    ]
