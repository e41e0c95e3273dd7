"""The command as a process: exit codes, pipes, signals, and what it costs to start."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SERVERS = Path(__file__).resolve().parent.parent / "sources" / "servers"
TOOLMARK = str(Path(sys.executable).parent / "toolmark")


def start(*arguments, **more):
    return subprocess.Popen(
        [TOOLMARK, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more
    )


def test_the_command_is_there():
    process = start("--version")
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    assert out.startswith("toolmark ")


def test_the_module_is_the_command(orders, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "scorer", "score", str(orders)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0
    assert "get_order" in done.stdout


def test_a_reader_who_leaves_is_no_error(orders):
    process = start("score", orders, "-f", "json")
    process.stdout.close()
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert err == f"Read 4 tools from {orders} (tools/list result)\n"


def test_no_stdout_at_all_is_no_error(orders, tmp_path):
    command = (
        f"{shlex.quote(TOOLMARK)} score {shlex.quote(str(orders))} --json {shlex.quote(str(tmp_path / 'r.json'))} >&-"
    )
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, "bug" in done.stderr) == (0, False)
    assert (tmp_path / "r.json").exists()


def test_a_full_disk_is_an_error(orders):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [TOOLMARK, "score", str(orders), "-f", "json"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert "cannot write to stdout" in done.stderr
    assert "Exception ignored" not in done.stderr


def test_interrupted_is_130_and_silent_and_ends_the_server(tmp_path):
    server = [sys.executable, str(SERVERS / "stdio_server.py"), "hangs", str(tmp_path / "pids")]
    process = start("score", "--server", shlex.join(server))
    deadline = time.monotonic() + 20
    while not (tmp_path / "pids").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "")
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pids").read_text().split()[0]), 0)


def test_a_bug_is_one_line_and_3(orders, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import scorer.outputs as o\ndef broken(*a, **k): raise KeyError('x\\x1b[31m')\no.render = broken\n"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([TOOLMARK, "score", str(orders), "-q"], capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 3
    assert done.stderr.startswith("error: this is a bug in toolmark: KeyError: ")
    assert "TOOLMARK_DEBUG=1" in done.stderr
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
    env["TOOLMARK_DEBUG"] = "1"
    done = subprocess.run([TOOLMARK, "score", str(orders), "-q"], capture_output=True, text=True, check=False, env=env)
    assert "Traceback" in done.stderr
    assert done.returncode == 3


def test_an_output_that_cannot_say_a_character_says_its_escape(written):
    path = written({"tools": [{"name": "get", "description": "Get the 注文.", "inputSchema": {}}]}, "tools.json")
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    done = subprocess.run([TOOLMARK, "score", str(path)], capture_output=True, check=False, env=env)
    assert done.returncode == 0, done.stderr


# Not pydantic: typer 0.29 imports it for every option.
@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (
            ["--version"],
            {"mcp", "anthropic", "jinja2", "rich", "yaml", "jsonschema", "scorer.engine", "scorer.outputs.json"},
        ),
        (
            ["score", "{orders}"],
            {"mcp", "anthropic", "jinja2", "asyncio", "jsonschema", "rich.console", "scorer.outputs.json"},
        ),
        (["score", "{orders}", "-f", "json"], {"mcp", "anthropic", "jinja2", "rich.console", "asyncio"}),
    ],
    ids=["version", "text", "json"],
)
def test_what_is_slow_to_import_is_not_imported(orders, arguments, heavy):
    words = [word.format(orders=orders) for word in arguments]
    code = (
        f"import sys; from scorer.cli.app import run; run({words!r}); print('HEAVY', *({heavy!r} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1].strip() == "HEAVY", done.stdout[-300:] + done.stderr[-300:]


def test_completion_knows_the_facts():
    env = {
        **os.environ,
        "_TOOLMARK_COMPLETE": "complete_bash",
        "COMP_WORDS": "toolmark explain usage/",
        "COMP_CWORD": "2",
    }
    done = subprocess.run([TOOLMARK], capture_output=True, text=True, check=False, env=env)
    found = done.stdout.split()
    assert found
    assert all(word.startswith("usage/") for word in found)
