"""The judge at the command line: what it costs, what it says, how it ends."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from judges import CRATES, TOOLS
from messages_server import Trouble, answers

from scorer.cli import app

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def at(serve, tmp_path, monkeypatch, capsys):
    """Runs commands in a folder with tools.json, against a server with these answers."""
    (tmp_path / "tools.json").write_text(json.dumps(TOOLS))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795600000")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    class At:
        server = serve(answers)
        folder = tmp_path

        def __call__(self, line):
            code = app.run(line.split())
            out, err = capsys.readouterr()
            return code, out, err

    monkeypatch.setenv("ANTHROPIC_API_KEY", "test")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", At.server.url)
    return At()


def test_a_dry_run_says_the_price_and_asks_nothing(at):
    code, out, _ = at("score tools.json --judge --dry-run")
    assert code == 0
    assert "3 calls for 2 tools and the set" in out
    assert "about $0.00" in out
    assert at.server.bodies == []


def test_a_dry_run_needs_no_key(at, monkeypatch):
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    assert at("score tools.json --judge --dry-run")[0] == 0


def test_what_was_paid_is_said_afterwards(at):
    _, out, err = at("score tools.json --judge --votes 1")
    assert "Judged by claude-haiku-5-5: 3 calls" in err
    assert "Judged by claude-haiku-5-5: 2 of 2 tools" in " ".join(out.split())
    assert "no call, every answer was kept" in at("score tools.json --judge --votes 1")[2]


def test_a_budget_that_is_too_small_is_refused_before_anything_is_spent(at):
    code, _, err = at("score tools.json --judge --max-cost 0.00001")
    assert (code, at.server.bodies) == (2, [])
    assert "more than --max-cost" in err


def test_a_budget_for_a_model_without_a_price_cannot_be_kept(at):
    code, _, err = at("score tools.json --judge --model claude-new-9 --max-cost 1")
    assert code == 2
    assert "price of claude-new-9 is not known" in err


def test_no_key(at, monkeypatch):
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    code, _, err = at("score tools.json --judge")
    assert code == 2
    assert "ANTHROPIC_API_KEY" in err


def test_a_key_that_is_refused(at, monkeypatch):
    monkeypatch.setenv("ANTHROPIC_API_KEY", "wrong")
    code, _, err = at("score tools.json --judge")
    assert code == 2
    assert "refuses to work" in err
    assert "wrong" not in err


def test_a_committed_file_serves_a_machine_without_a_key(at, monkeypatch):
    assert at("score tools.json --judge --judge-cache judge.json --format json -o a.json")[0] == 0
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    monkeypatch.delenv("ANTHROPIC_BASE_URL")
    assert at("score tools.json --judge --judge-cache judge.json --judge-cached --format json -o b.json")[0] == 0
    assert (at.folder / "a.json").read_bytes() == (at.folder / "b.json").read_bytes()


def test_what_is_not_kept_stays_with_the_heuristics_and_is_counted(at):
    (at.folder / "more.json").write_text(json.dumps([CRATES]))
    assert at("judge more.json --quiet")[0] == 0
    code, out, err = at("score tools.json --judge --judge-cached --format json")
    assert code == 0
    assert "no call, none of 3 answers kept already" in err
    assert at("judge tools.json --quiet")[0] == 0
    (at.folder / "both.json").write_text(json.dumps([*TOOLS, CRATES]))
    assert "no call, 3 of 4 answers kept already" in at("score both.json --judge --judge-cached --votes 1")[2]
    assert {tool["judge"]["reason"] for tool in json.loads(out)["tools"]} == {"no answer is kept for this definition"}


@pytest.mark.parametrize("more", ["", "--judge-cache none.json", "--judge-cache none.sqlite"])
def test_a_cache_that_does_not_exist_is_told_and_not_made(at, more):
    code, out, err = at(f"score tools.json --judge --judge-cached {more}")
    assert (code, out) == (2, "")
    assert "there is no cache of answers at " in err
    assert "tip: Run it once without --judge-cached" in err
    assert not [path for path in at.folder.rglob("*") if path.suffix in (".sqlite", ".db") or path.stem == "none"]


@pytest.mark.parametrize(
    "option", ["--model x", "--max-cost 1", "--dry-run", "--judge-cached", "--votes 1", "--jobs 2"]
)
def test_options_of_the_judge_without_the_judge(at, option):
    code, _, err = at(f"score tools.json {option}")
    assert code == 2
    assert "needs --judge" in err


def test_many_servers_now_or_by_batch(at):
    (at.folder / "more.json").write_text(json.dumps([CRATES]))
    at.server.polls = 1
    code, out, _ = at("judge tools.json --quiet")
    assert (code, out.split(":")[0]) == (0, "3 answers kept, 0 without one")
    code, out, err = at("judge tools.json more.json --batch")
    assert (code, out.split(":")[0]) == (0, "1 answers kept")
    assert "Handed in 1 requests" in err
    assert at("score more.json --judge --judge-cached --format json")[0] == 0


def test_a_batch_without_waiting(at):
    code, out, _ = at("judge tools.json --batch --no-wait --quiet")
    assert (code, out.split(":")[0]) == (0, "0 answers kept, 3 under way")


def test_no_wait_needs_a_batch(at):
    assert at("judge tools.json --no-wait")[0] == 2


def test_a_judge_that_is_down_leaves_a_report(at):
    at.server.answer = lambda body: Trouble(400, "not now")
    code, out, _ = at("score tools.json --judge")
    assert code == 0
    assert "heuristics alone" in out


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stop_loses_no_answer_that_arrived(serve, tmp_path, kind):
    tools = [CRATES | {"name": f"find_crate_{n}"} for n in range(60)]
    (tmp_path / "tools.json").write_text(json.dumps(tools))
    server = serve(answers, seconds=0.05)
    env = {**os.environ, "ANTHROPIC_API_KEY": "test", "ANTHROPIC_BASE_URL": server.url, "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable,
        "-m",
        "scorer",
        "score",
        "tools.json",
        "--judge",
        "--votes",
        "1",
        "--jobs",
        "4",
        "--judge-cache",
        "c.sqlite",
    ]
    # Whoever runs the tests in the background may have given them a deaf ear for Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, env=env, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while server.answered < 12 and process.poll() is None:
        time.sleep(0.005)
    before = server.answered
    process.send_signal(kind)
    _, said = process.communicate(timeout=30)
    arrived = before - 4 if kind is signal.SIGKILL else server.answered  # those on the wire are lost with the process
    kept = len(set(rows(tmp_path / "c.sqlite")))
    assert kept >= arrived
    if kind is not signal.SIGKILL:
        assert process.returncode == 130
        assert b"Interrupted. Kept:" in said
    asked = len(server.bodies)
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, check=True)
    assert len(server.bodies) - asked == 61 - kept
    assert done.returncode == 0


def rows(path):
    base = sqlite3.connect(path)
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    found = [row[0] for row in base.execute("SELECT key FROM answers")]
    base.close()
    return found
