"""Servers over stdio: one small real process per behaviour, and none of them left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scorer.errors import ServerError, UsageError
from scorer.sources.live import lines, list_stdio, stdio

SERVERS = Path(__file__).parent / "servers"
SERVER = SERVERS / "stdio_server.py"
TOKEN = "s3cret-canary-value"


def command(mode: str, *more: object) -> list[str]:
    return [sys.executable, str(SERVER), mode, *map(str, more)]


def listed(mode: str, *more: object, timeout: float = 10.0, name: str | None = None, **env: str):
    return list_stdio(command(mode, *more), env=env, cwd=None, timeout=timeout, name=name)


def failure(mode: str, *more: object, timeout: float = 10.0, **env: str) -> ServerError:
    with pytest.raises(ServerError) as caught:
        listed(mode, *more, timeout=timeout, **env)
    assert "\n" not in str(caught.value)
    assert str(caught.value).isprintable()
    assert caught.value.tip.endswith(".")
    return caught.value


@pytest.fixture
def impatient(monkeypatch):
    """The transport's patience with a server that will not go, shortened: two seconds each time make a slow suite."""
    monkeypatch.setattr("mcp.client.stdio.PROCESS_TERMINATION_TIMEOUT", 0.3)
    monkeypatch.setattr("mcp.client.stdio.FORCE_KILL_TIMEOUT", 0.3)


def alive(pid: int) -> bool:
    """A zombie is dead: where process 1 reaps nobody, it stays for ever."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return not state.strip().startswith("Z")


def pids(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().split()]


@pytest.mark.parametrize("mode", ["ok-2025", "ok-2026", "noise", "string-id", "unterminated", "chatty-stderr"])
def test_lists_in_both_eras_and_through_noise(mode, tmp_path):
    tools = listed(mode, tmp_path / "pids")
    assert [tool.name for tool in tools.tools] == ["weather"]
    assert (tools.server_name, tools.server_version, tools.kind) == (f"fixture-{mode}", "1.2.3", "stdio server")
    assert tools.tools[0].origin.pointer == "/tools/0"
    assert not any(map(alive, pids(tmp_path / "pids")))


def test_the_users_name_for_a_server_wins():
    assert listed("ok-2026", name="mine").server_name == "mine"


def test_follows_pages_in_order():
    assert [tool.name for tool in listed("paged").tools] == ["page_0", "page_1", "page_2"]


def test_a_bad_entry_costs_only_itself():
    tools = listed("bad-entry")
    assert [tool.name for tool in tools.tools] == ["weather", "boolean"]
    assert [(problem.code, problem.tool) for problem in tools.problems] == [("not-an-object", "#2"), ("no-name", "#4")]


def test_unknown_fields_survive():
    definition = listed("unknown-fields").tools[0].definition
    assert definition["novelty"] == {"deep": [1, {"x": None}]}
    assert definition["annotations"] == {"readOnlyHint": True, "newHint": 1}


def test_a_server_that_asks_first_is_answered():
    assert [tool.name for tool in listed("asks-client").tools] == ["answered"]


@pytest.mark.parametrize("mode", ["deep", "surrogate"])
def test_an_odd_definition_does_not_cost_the_list(mode):
    assert len(listed(mode).tools) == 1


def test_no_tools_is_an_empty_set():
    assert listed("no-tools-listed").tools == ()


def test_a_server_that_dies_of_the_first_question_is_asked_the_old_way():
    assert len(listed("dies-of-probe").tools) == 1


@pytest.mark.parametrize("mode", ["silent-on-probe", "slow-2025", "slow-2026"])
def test_a_late_or_missing_answer_to_the_probe(mode, monkeypatch):
    monkeypatch.setattr(stdio, "_PROBE_SECONDS", 0.3)
    assert len(listed(mode).tools) == 1


def test_a_server_gets_the_minimal_environment_only(monkeypatch):
    monkeypatch.setenv("CANARY_OF_THE_CALLER", "x")
    names = listed("env-echo", FIXTURE_ASKED="y").tools[0].description.split()
    assert "FIXTURE_ASKED" in names
    # LC_CTYPE is the interpreter's own doing.
    assert set(names) <= {"FIXTURE_ASKED", "HOME", "LOGNAME", "PATH", "SHELL", "TERM", "USER", "LC_CTYPE"}


def test_a_credential_that_the_server_repeats_is_cut_out():
    tools = listed("secret-echo", FIXTURE_TOKEN=TOKEN)
    assert tools.tools[0].description == "Uses *** to log in."
    assert TOKEN not in repr(tools)


@pytest.mark.parametrize(
    ("mode", "says"),
    [
        ("endless-pages", "goes on after 1,000 pages of tools (1,000 tools so far)"),
        ("repeated-cursor", "the same `nextCursor` came twice"),
        ("error", "answered `tools/list` with error -32603: database is down"),
        ("no-tools", "declares no `tools` capability"),
        ("not-a-list", "answered `tools/list` without a list of tools"),
        ("list-result", "gave an answer that is not a JSON-RPC 2.0 response"),
        ("future", "speaks protocol 2031-01-01 only"),
        ("dies", "ended the connection before it answered (exit code 3); its stderr ends: Traceback"),
        ("dies", "RuntimeError: FIXTURE_TOKEN is missing"),
        ("noise-dies", "(exit code 0); 4 lines of its stdout were no messages, the first: 'Starting up...'"),
        ("huge-line", "sent a line of more than 32 MiB"),
    ],
)
def test_says_in_one_line_what_is_wrong(mode, says, tmp_path):
    assert says in str(failure(mode, tmp_path / "pids"))
    assert not any(map(alive, pids(tmp_path / "pids")))


def test_a_server_that_dies_later_is_not_started_again(tmp_path):
    assert "(exit code 5)" in str(failure("dies-of-list", tmp_path / "pids"))
    assert len(pids(tmp_path / "pids")) == 1


def test_an_error_never_repeats_a_credential():
    error = failure("refuses", FIXTURE_TOKEN=TOKEN)
    assert "no access with ***" in str(error)
    assert TOKEN not in str(error) + error.tip


def test_a_server_that_hangs_is_ended_in_time(tmp_path, impatient):
    started = time.monotonic()
    error = failure("hangs", tmp_path / "pids", timeout=0.5)
    assert "did not list its tools within 0.5 seconds" in str(error)
    assert "--timeout" in error.tip
    assert time.monotonic() - started < 6
    assert not any(map(alive, pids(tmp_path / "pids")))


@pytest.mark.parametrize("mode", ["ignores-sigterm", "spawns-grandchild"])
def test_the_whole_group_is_ended(mode, tmp_path, impatient):
    assert len(listed(mode, tmp_path / "pids").tools) == 1
    started = pids(tmp_path / "pids")
    assert len(started) == (2 if mode == "spawns-grandchild" else 1)
    assert not any(map(alive, started))


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interrupt_ends_the_server(tmp_path):
    script = f"from scorer.sources.live import list_stdio; list_stdio({command('hangs', tmp_path / 'pids')}, env={{}}, timeout=60)"
    process = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE)
    # Its id once when it starts, and once when it is asked for its tools.
    while not (tmp_path / "pids").exists() or (tmp_path / "pids").read_text().count("\n") < 2:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=10)
    assert b"KeyboardInterrupt" in errors
    assert not any(map(alive, pids(tmp_path / "pids")))


def test_nothing_but_our_error_reaches_stderr():
    script = (
        "import sys; from scorer.errors import ServerError; from scorer.sources.live import list_stdio\n"
        "for mode in ('noise', 'noise-dies', 'huge-line', 'list-result'):\n"
        "    try: list_stdio([sys.executable, sys.argv[1], mode], env={}, timeout=10)\n"
        "    except ServerError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(SERVER)], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.count("\n") == 3


def test_importing_the_faces_does_not_import_the_sdk():
    script = "import sys, scorer.sources.live, scorer.sources.client_config; sys.exit('mcp' in sys.modules or 'httpx2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [(["no-such-command-here"], "no such command"), ([str(SERVER)], "not executable"), (["bad\0word"], "null byte")],
)
def test_a_command_that_cannot_be_started(words, says, tmp_path):
    with pytest.raises(ServerError, match=says):
        list_stdio(words, env={}, cwd=str(tmp_path), timeout=5, name=None)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(ServerError, match="there is no folder"):
        list_stdio(command("ok-2026"), env={}, cwd=str(tmp_path / "gone"), timeout=5, name=None)


def test_an_empty_command():
    with pytest.raises(UsageError, match="empty"):
        list_stdio([], env={}, cwd=None, timeout=5, name=None)


def test_the_location_hides_credentials():
    tools = listed("ok-2026", "/dev/null", "--api-key", TOKEN)
    assert tools.location.endswith("ok-2026 /dev/null --api-key ***")


@pytest.mark.parametrize("style", ["declared", "handwritten"])
@pytest.mark.parametrize("era", ["2026", "2025"])
def test_the_official_servers(style, era, monkeypatch):
    if era == "2025":
        monkeypatch.setattr(stdio, "_PROBE_SECONDS", None)
    tools = list_stdio([sys.executable, str(SERVERS / "sdk_server.py"), style], env={}, cwd=None, timeout=30, name=None)
    assert [tool.name for tool in tools.tools] == ["get_weather", "get_tides"][: 1 + (style == "handwritten")]
    assert tools.server_name == style
    assert tools.tools[0].input_schema["properties"]["city"]["type"] == "string"


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_the_decoder_hands_on_whole_lines(size):
    text = "first\nzweite Zeile: äöü 日本\n\nlast without end"
    data, decoder = text.encode(), lines.LineDecoder()
    parts = [decoder.decode(data[i : i + size]) for i in range(0, len(data), size)]
    assert all(part == "" or part.endswith("\n") for part in parts)
    assert "".join(parts) + decoder.decode(b"", final=True) == text + "\n"
    assert decoder.decode(b"", final=True) == ""


def test_the_decoder_cuts_a_line_that_is_too_long(monkeypatch):
    monkeypatch.setattr(lines, "MAX_LINE", 10)
    decoder = lines.LineDecoder()
    assert decoder.decode(b"x" * 8) == ""
    assert decoder.decode(b"x" * 8) == ""
    assert lines.TOO_LONG in decoder.decode(b"x\nshort\n")
    assert decoder.decode(b"short\n") == "short\n"


def test_ps_is_here():
    """`alive` would call everybody dead without it."""
    assert shutil.which("ps")
    assert alive(os.getpid())
