"""The same work on Dask: the same bytes, and nothing lost or twice when a worker dies."""

from __future__ import annotations

import os
import signal

import pytest
from distributed import LocalCluster
from registry import parts, write_rows

from scorer.cli.app import run as command
from scorer.corpus.on_dask import run_on_dask
from scorer.corpus.run import score_corpus
from scorer.errors import InputError


@pytest.fixture(scope="module")
def cluster():
    """Three workers in processes of their own."""
    with LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=None, silence_logs=50) as made:
        yield made


def test_a_worker_that_dies_loses_nothing_and_doubles_nothing(registry, scored, tmp_path, cluster):
    done = []

    def kill_one(left, job):
        for one in run_on_dask(left, job, cluster.scheduler_address):
            if not done:
                os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
            done.append(one.part)
            yield one

    summary = score_corpus(str(registry), str(tmp_path / "out"), kill_one, part_size=8_000)
    assert sorted(done) == list(range(summary.parts))
    assert summary.graded == 240
    assert parts(tmp_path / "out") == parts(scored)


def test_the_command_goes_on_where_another_engine_stopped(registry, scored, tmp_path, cluster, capsys):
    out = tmp_path / "out"
    options = ["--part-size", str(8_000 / 2**20), "--engine", "dask", "--scheduler", cluster.scheduler_address]
    assert command(["corpus", "score", str(registry), str(out), *options]) == 0
    assert parts(out) == parts(scored)
    for name in list(parts(out))[::2]:
        (out / name).unlink()
    assert command(["corpus", "score", str(registry), str(out), *options]) == 0
    assert "parts were there already" in capsys.readouterr().err
    assert parts(out) == parts(scored)


def test_an_earlier_run_is_copied_from(scored, registry, tmp_path, cluster):
    def engine(left, job):
        yield from run_on_dask(left, job, cluster.scheduler_address)

    summary = score_corpus(str(registry), str(tmp_path / "out"), engine, previous=str(scored), part_size=8_000)
    assert (summary.graded, summary.copied) == (0, 240)
    assert parts(tmp_path / "out") == parts(scored)


def test_input_that_has_gone_is_an_error_and_no_traceback(tmp_path, cluster, capsys):
    path = write_rows(tmp_path / "r.jsonl", [("shop", [{"name": "a"}])])

    def gone(left, job):
        path.unlink()
        yield from run_on_dask(left, job, cluster.scheduler_address)

    with pytest.raises(InputError, match=r"r\.jsonl cannot be read"):
        score_corpus(str(path), str(tmp_path / "out"), gone)


def test_no_scheduler(registry, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("scorer.corpus.on_dask._SECONDS", 0.5)
    out = tmp_path / "out"
    assert (
        command(["corpus", "score", str(registry), str(out), "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9"])
        == 2
    )
    assert "no Dask scheduler at tcp://127.0.0.1:9" in capsys.readouterr().err


def test_a_scheduler_without_workers(registry, tmp_path, capsys):
    with LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as empty:
        options = ["--engine", "dask", "--scheduler", empty.scheduler_address]
        assert command(["corpus", "score", str(registry), str(tmp_path / "out"), *options]) == 2
    assert "has no workers" in capsys.readouterr().err
