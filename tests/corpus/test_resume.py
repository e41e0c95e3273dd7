"""A run may be ended at any moment, and a later one scores only what has changed: the bytes are the same."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from registry import parts, run, server, table, write_rows

from scorer.corpus.local import run_local
from scorer.corpus.run import score_corpus
from scorer.errors import UsageError

SERVERS = [server(index) for index in range(40)]


def test_two_processes_write_what_one_does(registry, scored, tmp_path):
    run(registry, tmp_path / "out", workers=2, part_size=8_000)
    assert parts(tmp_path / "out") == parts(scored)


def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(registry, scored, tmp_path):
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "scorer",
        "corpus",
        "score",
        str(registry),
        str(out),
        "--part-size",
        str(8_000 / 2**20),
    ]
    process = subprocess.Popen([*command, "--workers", "1"], stderr=subprocess.DEVNULL, start_new_session=True)
    while not parts(out) and process.poll() is None:
        time.sleep(0.002)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    before = parts(out)
    assert 0 < len(before) < len(parts(scored))
    (out / "part-000007.parquet.0123.unfinished").write_bytes(b"half a file")
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f"Going on: {len(before)} of {len(parts(scored))} parts" in done.stderr
    assert parts(out) == parts(scored)
    assert not list(out.glob("*.unfinished"))


def test_a_process_that_dies_is_replaced(registry, scored, tmp_path):
    """One of the two is killed while it scores; what it had in hand is scored by others."""
    killed = []

    def kill_one(left, job):
        for done in run_local(left, job, 2):
            if not killed:
                killed.append(multiprocessing.active_children()[0].pid)
                os.kill(killed[0], signal.SIGKILL)
            yield done

    score_corpus(str(registry), str(tmp_path / "out"), kill_one, part_size=8_000)
    assert killed
    assert parts(tmp_path / "out") == parts(scored)


def test_the_same_command_again_does_nothing(registry, scored, tmp_path):
    shutil.copytree(scored, tmp_path / "out")
    summary = run(registry, tmp_path / "out", part_size=8_000)
    assert (summary.graded, summary.resumed) == (0, summary.parts)


def test_unchanged_servers_are_copied_and_the_bytes_are_those_of_a_whole_run(scored, tmp_path):
    changed = [*SERVERS[:10], server(99), *SERVERS[12:20], (SERVERS[20][0], SERVERS[20][1][:-1]), *SERVERS[21:]]
    rows = write_rows(tmp_path / "r.jsonl", changed)
    summary = run(rows, tmp_path / "a", previous=str(scored), part_size=8_000)
    assert (summary.graded, summary.copied) == (6 + 5, 240 - 12 - 6)
    run(rows, tmp_path / "b", part_size=8_000)
    assert parts(tmp_path / "a") == parts(tmp_path / "b")


@pytest.mark.parametrize("arrow", [None, "another"])
def test_where_nothing_changed_the_files_are_copied_and_else_written_anew(
    registry, scored, tmp_path, monkeypatch, arrow
):
    """Parts of another version of Arrow might have other bytes for the same rows."""
    if arrow:
        monkeypatch.setattr("scorer.corpus.previous.pa.cpp_version", arrow)
    summary = run(registry, tmp_path / "out", previous=str(scored), part_size=8_000)
    assert (summary.graded, summary.copied) == (0, 240)
    assert parts(tmp_path / "out") == parts(scored)


def test_servers_are_copied_from_wherever_they_stood(scored, tmp_path):
    """Out of order, out of two files, and beside new ones."""
    (tmp_path / "in").mkdir()
    write_rows(tmp_path / "in" / "1.jsonl", [*SERVERS[30:], server(99), *SERVERS[5:9]])
    write_rows(tmp_path / "in" / "2.jsonl", [*SERVERS[9:12], SERVERS[0], server(98), SERVERS[1]])
    summary = run(tmp_path / "in", tmp_path / "a", previous=str(scored), part_size=20_000)
    assert (summary.graded, summary.copied) == (12, 6 * 19)
    run(tmp_path / "in", tmp_path / "b", part_size=20_000)
    assert parts(tmp_path / "a") == parts(tmp_path / "b")


def test_a_server_with_a_bad_row_is_read_again(tmp_path):
    path = write_rows(tmp_path / "r.jsonl", [server(0), server(1)])
    path.write_text(path.read_text() + "{nonsense\n")
    run(path, tmp_path / "a")
    path.write_text("\n" + path.read_text())
    summary = run(path, tmp_path / "b", previous=str(tmp_path / "a"))
    assert (summary.graded, summary.copied, summary.errors) == (6, 6, 1)
    assert table(tmp_path / "b")[-1]["place"] == "r.jsonl:14"


def test_another_rubric_copies_nothing(registry, scored, tmp_path, monkeypatch):
    monkeypatch.setattr("scorer.corpus.manifest.stamp", lambda: "another")
    summary = run(registry, tmp_path / "out", previous=str(scored), part_size=8_000)
    assert (summary.graded, summary.copied) == (240, 0)


def test_results_of_another_input_are_not_written_over(registry, scored, tmp_path):
    shutil.copytree(scored, tmp_path / "out")
    other = write_rows(tmp_path / "r.jsonl", [server(1)])
    with pytest.raises(UsageError, match="has changed since") as caught:
        run(other, tmp_path / "out", part_size=8_000)
    assert "--previous" in caught.value.tip


@pytest.mark.parametrize("where", ["", "out"])
def test_a_previous_run_that_is_none(registry, tmp_path, where):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        run(registry, tmp_path / "out", previous=str(tmp_path / (where or "empty")))
