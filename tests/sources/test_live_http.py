"""Servers over HTTP on the loopback interface: our own of few lines, and the official SDK's."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scorer.errors import ServerError, UsageError
from scorer.sources.live import http, list_http, parse_headers

SERVERS = Path(__file__).parent / "servers"
SECRET = "t0psecret-canary"
HEADERS = {"Authorization": f"Bearer {SECRET}"}
QUERY = "api=qu3ry-canary"


def fixture_module():
    spec = importlib.util.spec_from_file_location("http_server", SERVERS / "http_server.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def servers():
    start = fixture_module().start
    with start() as server, start() as other:
        server.other = other.origin.replace("127.0.0.1", "localhost")
        yield server, other


@pytest.fixture(scope="module")
def official():
    process = subprocess.Popen(
        [sys.executable, str(SERVERS / "sdk_server.py"), "http"], stdout=subprocess.PIPE, text=True
    )
    yield json.loads(process.stdout.readline())
    process.terminate()
    process.wait(timeout=10)


def listed(servers, mode: str, timeout: float = 10.0, **more):
    return list_http(f"{servers[0].origin}/{mode}?{QUERY}", headers=HEADERS, timeout=timeout, **more)


@pytest.mark.parametrize("mode", ["legacy", "stateful", "modern", "events", "here", "surrogate", "surrogate-events"])
def test_streamable_http_in_both_eras(mode, servers):
    tools = listed(servers, mode)
    assert [tool.name for tool in tools.tools] == ["weather"]
    assert (tools.server_name, tools.server_version) == ("http-fixture", "4.5.6")
    assert tools.kind == "Streamable HTTP server"
    assert tools.location == f"{servers[0].origin}/{mode}?api=***"


def test_the_older_transport_is_tried_where_a_post_is_refused(servers):
    tools = listed(servers, "old/sse")
    assert (tools.kind, [tool.name for tool in tools.tools]) == ("SSE server", ["weather"])


def test_the_older_transport_can_be_asked_for(servers):
    before = len(servers[0].seen)
    assert listed(servers, "old/sse", transport="sse", name="mine").server_name == "mine"
    assert servers[0].seen[before][0] == "GET"


def test_pages_and_odd_entries(servers):
    assert [tool.name for tool in listed(servers, "paged").tools] == ["page_0", "page_1", "page_2"]
    tools = listed(servers, "bad-entry")
    assert [tool.name for tool in tools.tools] == ["weather", "b"]
    assert tools.tools[0].definition["novelty"] == [1]
    assert [problem.code for problem in tools.problems] == ["not-an-object"]


@pytest.mark.parametrize(
    ("mode", "says", "tip"),
    [
        ("unauthorized", "refuses access (HTTP 401)", "--header"),
        ("forbidden", "refuses access (HTTP 403)", "--header"),
        ("old/locked", "refuses access (HTTP 401)", "--header"),
        ("gone", "answers with HTTP 404", "/mcp"),
        ("page", "answers with HTTP 405", "/mcp"),
        ("broken", "answers with HTTP 500", "log"),
        ("busy", "answers with HTTP 429", "Wait"),
        ("html", "answers with text/html, which is no MCP message", "/mcp"),
        ("gzip", "sends compressed answers", "compression"),
        ("invalid", "gave an answer that is not valid JSON", "log"),
        ("huge", "sends more than 64 MiB", "address"),
        ("closes", "breaks the connection", "log"),
        ("echo-error", "refused to initialize: denied for *** (error -32601) (HTTP 400)", "credentials"),
        ("away", "redirects to http://localhost", "address"),
    ],
)
def test_says_in_one_line_what_is_wrong(mode, says, tip, servers):
    with pytest.raises(ServerError) as caught:
        listed(servers, mode)
    message = str(caught.value)
    assert says in message
    assert tip in caught.value.tip
    assert message.isprintable()
    assert SECRET not in message
    assert "canary" not in message + caught.value.tip


@pytest.mark.parametrize("mode", ["hang", "old/foreign"])
def test_a_server_that_hangs(mode, servers):
    started = time.monotonic()
    with pytest.raises(ServerError, match=r"did not list its tools within 0\.5 seconds"):
        listed(servers, mode, timeout=0.5)
    assert time.monotonic() - started < 3


def test_a_redirect_to_another_host_sees_nothing(servers):
    before = len(servers[1].seen)
    with pytest.raises(ServerError) as caught:
        listed(servers, "away")
    assert servers[1].seen[before:] == []
    assert "key=***" in str(caught.value)


def test_headers_reach_the_server_and_nothing_else(servers, capfd):
    before = len(servers[0].seen)
    tools = listed(servers, "echo")
    sent = servers[0].seen[before:]
    assert all(headers["Authorization"] == HEADERS["Authorization"] for _, _, headers in sent)
    assert tools.tools[0].description == "Call with ***."
    assert SECRET not in repr(tools)
    assert capfd.readouterr() == ("", "")


def test_only_lists_are_asked_for(servers):
    """The fixture fails on `tools/call`; the end of a session is the only other thing it ever hears."""
    before = len(servers[0].seen)
    listed(servers, "stateful")
    assert {command for command, _, _ in servers[0].seen[before:]} <= {"POST", "GET", "DELETE"}


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://127.0.0.1:9/mcp", "refuses connections"),
        ("https://no-such-host.invalid/mcp", "has a host name that does not resolve"),
        (
            "http://user:pw12345678@127.0.0.1:9/s/AbC123def456ghi789jkl012/mcp?k=hushhush#x",
            "server http://***@127.0.0.1:9/s/***/mcp?k=*** ref",
        ),
    ],
)
def test_an_address_that_cannot_be_reached(url, says):
    with pytest.raises(ServerError) as caught:
        list_http(url, headers={}, timeout=10, name=None)
    assert says in str(caught.value)


def test_tls_where_there_is_none(servers):
    with pytest.raises(ServerError, match="does not speak TLS properly"):
        list_http(servers[0].origin.replace("http:", "https:"), headers={}, timeout=10, name=None)


@pytest.mark.parametrize("url", ["ftp://host/x", "http://", "host/mcp", "", "http://[::1", "https://me:hushhush@"])
def test_an_address_that_is_none(url):
    with pytest.raises(UsageError) as caught:
        list_http(url, headers={}, timeout=5, name=None)
    assert "hushhush" not in str(caught.value)


@pytest.mark.parametrize("value", [f"{SECRET}\r\nX-Evil: 1", f"{SECRET}\0", f"{SECRET}é", ""])
def test_a_header_that_cannot_be_sent(value, servers):
    with pytest.raises(UsageError, match="header Authorization has") as caught:
        list_http(servers[0].origin, headers={"Authorization": value}, timeout=5, name=None)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("era", ["2026", "2025"])
@pytest.mark.parametrize(
    "variant", ["declared", "declared-json", "declared-stateless", "declared-sse", "handwritten", "handwritten-json"]
)
def test_the_official_servers(variant, era, official, monkeypatch):
    if era == "2025":
        monkeypatch.setattr(http, "_PROBE_SECONDS", None)
    tools = list_http(official[variant], headers={}, timeout=20, name=None)
    assert tools.kind == ("SSE server" if variant == "declared-sse" else "Streamable HTTP server")
    assert tools.server_name == variant.partition("-")[0]
    assert [tool.name for tool in tools.tools] == ["get_weather", "get_tides"][: 1 + variant.startswith("handwritten")]


@pytest.mark.parametrize(
    ("lines", "headers"),
    [
        ([], {}),
        (["Authorization: Bearer abc:def"], {"Authorization": "Bearer abc:def"}),
        (["X-A:1", "x-b:  2  "], {"X-A": "1", "x-b": "2"}),
    ],
)
def test_parses_headers(lines, headers):
    assert parse_headers(lines) == headers


@pytest.mark.parametrize(
    "lines",
    [
        ["hushhush"],
        [": hushhush"],
        ["Na me: hushhush"],
        ["X-A:"],
        ["X-A: hushhush\nX: 1"],
        ["X-A: hushhush", "x-a: hushhush"],
    ],
)
def test_refuses_headers_without_repeating_them(lines):
    with pytest.raises(UsageError) as caught:
        parse_headers(lines)
    assert "hushhush" not in str(caught.value) + caught.value.tip
