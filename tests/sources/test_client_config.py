"""Client configurations: what they name, what is shown of it, and what is started when asked."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.errors import ServerError, UsageError
from scorer.sources.client_config import ServerEntry, list_entry, read_client_config
from scorer.sources.jsonc import blank_comments
from scorer.sources.live import resolve_env, split_command
from scorer.sources.live.masking import is_secret_name, looks_secret, mask_command, mask_url, printable
from scorer.sources.live.secrets import Secrets

SERVER = Path(__file__).parent / "servers" / "stdio_server.py"
SECRET = "hush-hush-canary"

CONFIG = {
    "inputs": [{"id": "token", "type": "promptString", "password": True}, {"id": "region", "default": "eu-west"}],
    "servers": {
        "local": {
            "command": "npx",
            "args": ["-y", "pkg", "--port", 80],
            "env": {"TOKEN": SECRET, "OFF": None, "N": 1, "B": True},
        },
        "remote": {"type": "http", "url": f"https://host/mcp?key={SECRET}", "headers": {"Authorization": SECRET}},
        "old": {"transport": "sse", "url": "https://host/sse", "disabled": True},
        "windsurf": {"serverUrl": "https://host/w"},
        "typed": {"type": "streamableHttp", "url": "https://host/t", "enabled": False},
    },
}


def entry(
    value: object, *, key: str = "mcpServers", file: str = "/home/me/project/.mcp.json", **root: object
) -> ServerEntry:
    return read_client_config({key: {"it": value}, **root}, file).servers[0]


def started(tmp_path: Path, given: dict[str, str] | None = None, **value: object):
    """The environment-telling server, started from a configuration in `tmp_path`. given: as from `--env`."""
    value = {"command": sys.executable, "args": [str(SERVER), "env-echo"], **value}
    return list_entry(entry(value, file=str(tmp_path / "mcp.json")), env=given or {}, timeout=10)


def test_reads_every_kind_of_server():
    config = read_client_config(CONFIG, "mcp.json")
    found = {server.name: (server.transport, server.command, server.url, server.disabled) for server in config.servers}
    assert found == {
        "local": ("stdio", "npx", None, False),
        "remote": ("http", None, f"https://host/mcp?key={SECRET}", False),
        "old": ("sse", None, "https://host/sse", True),
        "windsurf": ("http", None, "https://host/w", False),
        "typed": ("http", None, "https://host/t", True),
    }
    assert config.servers[0].args == ("-y", "pkg", "--port", "80")
    assert config.servers[0].env == {"TOKEN": SECRET, "N": "1", "B": "true"}
    assert config.problems == ()


def test_describes_without_values():
    config = read_client_config(CONFIG, "mcp.json")
    assert [server.describe() for server in config.servers] == [
        "local: npx -y pkg --port 80 (environment: TOKEN, N, B)",
        "remote: https://host/mcp?key=*** (headers: Authorization)",
        "old: https://host/sse (disabled)",
        "windsurf: https://host/w",
        "typed: https://host/t (disabled)",
    ]
    assert SECRET not in repr(config)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (5, "server-not-an-object"),
        (None, "server-not-an-object"),
        ({}, "server-without-command"),
        ({"command": ["npx"]}, "server-without-command"),
        ({"command": "x", "args": "-y"}, "server-malformed"),
        ({"command": "x", "args": [{}]}, "server-malformed"),
        ({"command": "x", "env": ["A=1"]}, "server-malformed"),
        ({"command": "x", "env": {"A": {}}}, "server-malformed"),
        ({"url": "https://host", "headers": "A: b"}, "server-malformed"),
    ],
)
def test_an_entry_that_is_no_server_is_a_problem(value, code):
    config = read_client_config({"mcpServers": {"a/b~c": value, "good": {"command": "x"}}}, "mcp.json")
    assert [server.name for server in config.servers] == ["good"]
    assert [(problem.code, problem.pointer) for problem in config.problems] == [(code, "/mcpServers/a~1b~0c")]


@pytest.mark.parametrize("document", [None, [], "x", {}, {"mcpServers": 5}, {"servers": []}])
def test_a_document_without_servers(document):
    assert read_client_config(document, "mcp.json").servers == ()


def test_an_env_file_is_not_read():
    config = read_client_config({"servers": {"it": {"command": "x", "envFile": "/etc/passwd"}}}, "mcp.json")
    assert (len(config.servers), config.problems[0].code) == (1, "env-file")


@pytest.mark.parametrize(
    ("file", "folder"),
    [
        ("/p/.mcp.json", "/p"),
        ("/p/.vscode/mcp.json", "/p"),
        ("/p/.cursor/mcp.json", "/p"),
        ("/home/me/Claude/claude_desktop_config.json", "/home/me/Claude"),
        ("stdin", str(Path.cwd())),
    ],
)
def test_the_workspace_folder(file, folder):
    assert entry({"command": "x"}, file=file).folder == folder


def test_starts_what_is_written_and_names_it_as_the_file_does(tmp_path):
    tools = started(tmp_path, {"GIVEN": "1"}, env={"CONFIGURED": "2"})
    assert tools.server_name == "it"
    assert tools.kind == "stdio server"
    assert {"GIVEN", "CONFIGURED"} <= set(tools.tools[0].description.split())


def test_the_callers_variables_stay_here(tmp_path, monkeypatch):
    monkeypatch.setenv("CANARY_OF_THE_CALLER", SECRET)
    assert "CANARY_OF_THE_CALLER" not in started(tmp_path).tools[0].description
    for placeholder in ("${CANARY_OF_THE_CALLER}", "${env:CANARY_OF_THE_CALLER}"):
        with pytest.raises(ServerError, match="server it needs CANARY_OF_THE_CALLER") as caught:
            started(tmp_path, env={"TAKEN": placeholder})
        assert "--env CANARY_OF_THE_CALLER" in caught.value.tip


@pytest.mark.parametrize(
    ("written", "filled"),
    [
        ("${MODE}", "env-echo"),
        ("${env:MODE}", "env-echo"),
        ("${input:MODE}", "env-echo"),
        ("${input:preset}", "env-echo"),
        ("${UNSET:-env-echo}", "env-echo"),
        ("env-${PART:-}echo", "env-echo"),
        ("$MODE", None),
        ("${command:pick}", None),
        ("${input:unknown}", None),
    ],
)
def test_placeholders(written, filled, tmp_path):
    value = {"command": sys.executable, "args": [str(SERVER), written]}
    inputs = [{"id": "preset", "default": "env-echo"}, {"id": "unknown"}, "odd"]
    it = entry(value, file=str(tmp_path / "mcp.json"), inputs=inputs)
    if filled is None and written.startswith("${"):
        with pytest.raises(ServerError):
            list_entry(it, env={"MODE": "env-echo"}, timeout=10)
        return
    tools = list_entry(it, env={"MODE": "env-echo"}, timeout=10)
    assert tools.tools[0].name == ("environment" if filled else "weather")


def test_the_workspace_is_filled_in_and_is_where_the_server_runs(tmp_path):
    (tmp_path / "server.py").write_text(SERVER.read_text())
    value = {"command": "${env:PYTHON}", "args": ["server.py", "ok-2026", "${workspaceFolder}${/}pids"]}
    tools = list_entry(
        entry(value, file=str(tmp_path / ".vscode" / "mcp.json")), env={"PYTHON": sys.executable}, timeout=10
    )
    assert (tmp_path / "pids").exists()
    assert tools.location == "'${env:PYTHON}' server.py ok-2026 '${workspaceFolder}${/}pids'"


def test_what_a_placeholder_was_filled_with_is_not_shown(tmp_path):
    value = {"command": sys.executable, "args": [str(SERVER), "refuses", "/dev/null", "-k", "${KEY}"]}
    with pytest.raises(ServerError) as caught:
        list_entry(entry({**value, "cwd": str(tmp_path)}), env={"KEY": SECRET, "FIXTURE_TOKEN": SECRET}, timeout=10)
    assert "server it refused to initialize: no access with ***" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_remote_entry_is_reached_with_its_headers():
    it = entry({"url": "http://127.0.0.1:9/${NAME}", "headers": {"Authorization": "Bearer ${TOKEN}"}})
    with pytest.raises(ServerError, match="server it refuses connections"):
        list_entry(it, env={"NAME": "mcp", "TOKEN": SECRET}, timeout=10)
    with pytest.raises(ServerError, match="needs TOKEN"):
        list_entry(it, env={"NAME": "mcp"}, timeout=10)


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (["npx", "--token", SECRET, "--api-key=" + SECRET], "npx --token *** '--api-key=***'"),
        (["docker", "run", "-e", f"PLAIN={SECRET}", "img"], "docker run -e 'PLAIN=***' img"),
        (["npx", "mcp-remote", f"https://u:{SECRET}@h/x?k={SECRET}"], "npx mcp-remote 'https://***@h/x?k=***'"),
        (["npx", "--header", f"X-Plain: {SECRET}"], "npx --header 'X-Plain: ***'"),
        (["x", f"Authorization: Bearer {SECRET}"], "x 'Authorization: ***'"),
        (["x", json.dumps({"apiKey": SECRET, "port": 1})], """x '{"apiKey": ***, "port": 1}'"""),
        (["x", "sk-abcdefgh12345678"], "x ***"),
        (["x", "--author", "me", "--max-tokens", "5"], "x --author me --max-tokens 5"),
        (["npx", "-y", "@scope/server@1.2.3", "."], "npx -y @scope/server@1.2.3 ."),
        # What may be code is never hidden from whoever decides whether to run it.
        (["node", "-e", "a=require('fs')"], """node -e 'a=require('"'"'fs'"'"')'"""),
        (["sh", "-c", "TOKEN=x; rm -rf /"], "sh -c 'TOKEN=***; rm -rf /'"),
        (["sh", "-c", 'TOKEN="$(rm -rf /)"'], """sh -c 'TOKEN="$(rm -rf /)"'"""),
        (["sh", "--token", "rm -rf /"], "sh --token 'rm -rf /'"),
        (["sh", "-c", "evil sk-abcdefgh12345678"], "sh -c 'evil ***'"),
        (["a\x1b[2J", "b\u202e\n"], r"'a\x1b[2J' 'b\u202e\x0a'"),
    ],
)
def test_masks_a_command_line(command, shown):
    assert mask_command(command) == shown


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("GITHUB_PERSONAL_ACCESS_TOKEN", True),
        ("apiKey", True),
        ("X-Api-Key", True),
        ("PGPASSWORD", True),
        ("authorization", True),
        ("AUTHOR", False),
        ("max_tokens", False),
        ("keyboard", False),
        ("PATH", False),
        ("MONKEY", False),
    ],
)
def test_names_of_secrets(name, secret):
    assert is_secret_name(name) is secret


def test_opaque_texts():
    assert looks_secret("0123456789abcdef0123456789abcdef")
    assert not looks_secret("modelcontextprotocol-server-filesystem")
    assert not looks_secret("2025.8.21")


@given(st.text())
def test_printable_is_one_line_and_idempotent(text):
    shown = printable(text)
    assert shown.isprintable()
    assert printable(shown) == shown


@given(st.text(alphabet="abc:/?&=@#%[]. ", max_size=40))
def test_any_address_can_be_masked(text):
    assert mask_url(text).isprintable()


@given(user=st.text("abcXYZ09", min_size=8), value=st.text("defUVW12", min_size=8))
def test_a_masked_address_has_neither_password_nor_query(user, value):
    masked = mask_url(f"https://u:{user}@host/path?name={value}")
    assert masked == "https://***@host/path?name=***"


def test_secrets_are_cut_out_of_talk_and_of_definitions():
    secrets = Secrets(
        env={"API_KEY": "key-value-1", "MODE": "production", "SHORT_TOKEN": "ab"},
        headers={"Authorization": "Bearer tok-value-2", "Accept": "application/json"},
        url="https://h/p?token=tok-value-3&view=readonly-view",
    )
    said = "key-value-1 production ab tok-value-2 tok-value-3 readonly-view"
    assert secrets.scrub(said) == "*** *** ab *** *** ***"
    definition = [{"key-value-1": ["Bearer tok-value-2", 5, None]}, said, "application/json"]
    cleaned = [{"***": ["***", 5, None]}, "*** production ab *** *** readonly-view", "application/json"]
    assert secrets.scrub_definitions(definition) == cleaned
    assert "value" not in repr(secrets).replace("values", "")


@pytest.mark.parametrize(
    ("requests", "env"),
    [
        ([], {}),
        (["A=1", "B="], {"A": "1", "B": ""}),
        (["HERE"], {"HERE": "from the caller"}),
        (["A=x=y", "A=z"], {"A": "z"}),
    ],
)
def test_resolves_env(requests, env):
    assert resolve_env(requests, {"HERE": "from the caller"}) == env


@pytest.mark.parametrize(
    "request_", ["MISSING", f"={SECRET}", f"a b={SECRET}", "sk-abcdefgh12345678", "", f"A={SECRET}\0"]
)
def test_refuses_env_without_repeating_it(request_):
    with pytest.raises(UsageError) as caught:
        resolve_env([request_], {})
    said = str(caught.value) + caught.value.tip
    assert SECRET not in said
    assert "sk-" not in said
    assert ("MISSING" in said) is (request_ == "MISSING")


def test_splits_a_command():
    assert split_command("npx -y 'a b' --x=\"c d\"") == ["npx", "-y", "a b", "--x=c d"]
    for text in ("", "   ", "'open", "''"):
        with pytest.raises(UsageError):
            split_command(text)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text('ab\\"/*,]} \n', max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('a/*",}', max_size=4), inner, max_size=4),
)


@given(JSON_VALUES, st.sampled_from([None, 0, 2]))
def test_plain_json_stays_as_it_is(value, indent):
    text = json.dumps(value, indent=indent)
    assert blank_comments(text) == text


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, // one\n "b": [2, 3,],\n}',
        '/* head, ] */ {"a": "//no", "b": "/* no */",\r\n /* two\n lines */ }',
        '{"a": [1, /* x */ ], // y, }\n}',
        '{"a": "\\"//", "b": 1 /**/, }',
    ],
)
def test_comments_and_last_commas_become_spaces(text):
    plain = blank_comments(text)
    assert len(plain) == len(text)
    assert [i for i, c in enumerate(text) if c == "\n"] == [i for i, c in enumerate(plain) if c == "\n"]
    assert "a" in json.loads(plain)
