"""Live servers and client configs from the command line: what is started, what is shown, what never is."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

SERVERS = Path(__file__).resolve().parent.parent / "sources" / "servers"
STDIO = [sys.executable, str(SERVERS / "stdio_server.py")]
CANARY = "canary-7731-canary"


def command(mode):
    return f"'{STDIO[0]}' '{STDIO[1]}' {mode}"


@pytest.fixture
def http():
    spec = importlib.util.spec_from_file_location("http_fixture", SERVERS / "http_server.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with module.start() as server:
        yield server


@pytest.fixture
def config(written):
    def write(**servers):
        return written({"mcpServers": servers}, ".mcp.json")

    return write


def entry(mode, *more, **fields):
    return {"command": STDIO[0], "args": [STDIO[1], mode, *map(str, more)], **fields}


def test_a_stdio_server_is_listed_and_saved(toolmark, tmp_path):
    saved = tmp_path / "weather.json"
    called = toolmark("score", "--server", command("ok-2025"), "--save-snapshot", saved, "-f", "json")
    assert called.code == 0, called.err
    assert "Read 1 tool from " in called.err
    assert "(stdio server)" in called.err
    report = json.loads(called.out)
    assert report["server"]["name"] == "fixture-ok-2025"
    again = json.loads(toolmark("score", saved, "-f", "json").out)
    assert again["tools"][0]["scores"] == report["tools"][0]["scores"]


@pytest.mark.parametrize(
    ("mode", "timeout"), [("dies", 10), ("noise-dies", 10), ("hangs", 1), ("endless-pages", 20), ("no-tools", 10)]
)
def test_a_server_that_cannot_be_listed_is_an_error_with_a_tip(toolmark, mode, timeout):
    called = toolmark("score", "--server", command(mode), "--timeout", timeout)
    assert (called.code, called.out) == (2, "")
    assert called.err.startswith("error: ")
    assert "\ntip: " in called.err
    assert len(called.err.splitlines()) == 2


def test_a_program_that_does_not_exist(toolmark):
    called = toolmark("score", "--server", "no-such-program-7731 --flag")
    assert called.code == 2
    assert "no-such-program-7731" in called.err


def test_an_http_server_is_listed_and_its_header_never_shown(toolmark, http, tmp_path):
    files = {name: tmp_path / f"card.{name}" for name in ("json", "markdown", "html")}
    outputs = [part for name, path in files.items() for part in (f"--{name}", path)]
    called = toolmark(
        "score", "--url", f"{http.origin}/modern", "--header", f"Authorization: Bearer {CANARY}", *outputs
    )
    assert called.code == 0, called.err
    assert any(CANARY in value for _, _, headers in http.seen for value in headers.values())
    assert CANARY not in called.out + called.err
    assert not [name for name, path in files.items() if CANARY in path.read_text(encoding="utf-8")]


def test_a_url_that_nobody_answers(toolmark):
    called = toolmark("score", "--url", "http://127.0.0.1:9/mcp", "--header", f"X-Key: {CANARY}", "--timeout", "5")
    assert called.code == 2
    assert called.err.startswith("error: ")
    assert CANARY not in called.err


def test_a_config_starts_nothing_unasked(toolmark, config, tmp_path):
    path = config(weather=entry("ok-2025", tmp_path / "pids", env={"API_KEY": CANARY}))
    called = toolmark("score", path, stdin=b"y\n")
    assert (called.code, called.out) == (2, "")
    assert "stdio_server.py ok-2025" in called.err
    assert "API_KEY" in called.err
    assert "--start" in called.err
    assert CANARY not in called.err
    assert not (tmp_path / "pids").exists()


@pytest.mark.parametrize(("answer", "code"), [("n\n", 2), ("\n", 2), ("y\n", 0)])
def test_on_a_terminal_it_asks(toolmark, config, tmp_path, monkeypatch, answer, code):
    monkeypatch.setattr("scorer.cli.console.on_terminal", lambda: True)
    path = config(weather=entry("ok-2025", tmp_path / "pids"))
    called = toolmark("score", path, stdin=answer.encode())
    assert called.code == code
    assert "Start them?" in called.err
    assert (tmp_path / "pids").exists() == (code == 0)


def test_start_lists_every_server(toolmark, config):
    path = config(one=entry("ok-2025"), two=entry("ok-2026"), off=entry("ok-2025", disabled=True))
    called = toolmark("score", path, "--start", "-f", "json")
    assert called.code == 0, called.err
    assert [server["server"]["name"] for server in json.loads(called.out)["servers"]] == ["one", "two"]


def test_only_one_of_them_is_one_report(toolmark, config):
    path = config(one=entry("ok-2025"), broken={"command": "no-such-program-7731"})
    called = toolmark("score", path, "--start", "--only", "one", "-f", "json")
    assert called.code == 0, called.err
    assert json.loads(called.out)["server"]["name"] == "one"


def test_an_unknown_server_names_the_nearest(toolmark, config):
    called = toolmark("score", config(weather=entry("ok-2025")), "--start", "--only", "wether")
    assert called.code == 2
    assert "Did you mean weather?" in called.err


def test_one_server_that_fails_is_a_row_of_the_report_and_wrong_input(toolmark, config):
    path = config(one=entry("ok-2025"), broken={"command": "no-such-program-7731"})
    called = toolmark("score", path, "--start", "-f", "json")
    assert called.code == 2
    assert "1 of 2 servers could not be listed: broken" in called.err
    good, bad = json.loads(called.out)["servers"]
    assert good["tools"]
    assert [row["code"] for row in bad["errors"]] == ["server-not-listed"]
    assert bad["serverScore"]["overallScore"] is None
    for name in ("text", "markdown", "html"):
        called = toolmark("score", path, "--start", "-f", name)
        assert called.code == 2
        assert called.out


def test_when_all_servers_fail_nothing_is_graded(toolmark, config):
    path = config(one={"command": "no-such-program-7731"}, two={"command": "no-such-program-7732"})
    called = toolmark("score", path, "--start")
    assert (called.code, called.out) == (2, "")
    assert "no-such-program-7732" in called.err


def test_a_started_server_gets_what_was_asked_for_and_no_more(toolmark, written, tmp_path, monkeypatch):
    monkeypatch.setenv("TOOLMARK_TEST_SECRET", CANARY)
    monkeypatch.setenv("TOOLMARK_TEST_WANTED", "wanted-value-1234")
    script = written(
        "import json, os, pathlib, sys\n"
        "pathlib.Path(sys.argv[1]).write_text(json.dumps(dict(os.environ)))\n"
        "sys.exit(3)\n",
        "tell.py",
    )
    server = f"'{sys.executable}' '{script}' '{tmp_path / 'env.json'}'"
    called = toolmark(
        "score", "--server", server, "--env", "TOOLMARK_TEST_WANTED", "--env", "MORE=more-value-1234", "--timeout", "10"
    )
    assert called.code == 2
    env = json.loads((tmp_path / "env.json").read_text())
    assert env["TOOLMARK_TEST_WANTED"] == "wanted-value-1234"
    assert env["MORE"] == "more-value-1234"
    assert CANARY not in env.values()
    assert "value-1234" not in called.err
