"""`toolmark corpus` as a user types it."""

from __future__ import annotations

import shutil

import pytest
from registry import parts, server, table, write_rows

from scorer.cli.app import run


def test_score_says_what_it_did(registry, scored, tmp_path, capsys):
    out = tmp_path / "out"
    assert run(["corpus", "score", str(registry), str(out), "--workers", "1", "--part-size", str(8_000 / 2**20)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "240 tools graded" in said.err
    assert f"toolmark corpus report {out}" in said.err
    assert parts(out) == parts(scored)


def test_quiet_says_nothing(registry, tmp_path, capsys):
    assert run(["corpus", "score", str(registry), str(tmp_path / "out"), "--workers", "1", "-q"]) == 0
    assert capsys.readouterr().err == ""


def test_bad_rows_are_counted(tmp_path, capsys):
    path = write_rows(tmp_path / "r.jsonl", [server(1)])
    path.write_text("{nonsense\n" + path.read_text())
    assert run(["corpus", "score", str(path), str(tmp_path / "out"), "--workers", "1"]) == 0
    assert "1 row could not be graded" in capsys.readouterr().err
    assert table(tmp_path / "out")[0]["place"] == "r.jsonl:1"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{nonsense\n", "none of 1 row could be graded; the first: r.jsonl:1: the row is not JSON"),
        ('{"server": "a", "definition": 1}\n' * 3, "none of 3 rows could be graded"),
        ('{"serverName": "a", "tools": []}\n', "none of 1 row holds a tool"),
        ("", "there is no row in"),
        ("\n\n", "there is no row in"),
    ],
)
def test_a_run_that_graded_nothing_is_an_error(tmp_path, capsys, text, message):
    (tmp_path / "r.jsonl").write_text(text)
    for _ in range(2):  # the second finds the parts of the first
        assert run(["corpus", "score", str(tmp_path / "r.jsonl"), str(tmp_path / "out"), "-q"]) == 2
        said = capsys.readouterr().err
        assert message in said
        assert "tip: A corpus is .jsonl or .parquet files" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--scheduler", "tcp://127.0.0.1:1"], "--scheduler belongs to --engine dask"),
        (["--engine", "dask"], "--engine dask needs --scheduler"),
        (["--engine", "dask", "--scheduler", "x", "--workers", "2"], "--workers belongs to --engine local"),
        (["--previous", "nowhere"], "holds no results"),
        (["--engine", "dask", "--scheduler", "nonsense"], "nonsense is no address of a scheduler"),
        (["--engine", "spark"], "is not one of"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_options_that_do_not_go_together(registry, tmp_path, capsys, arguments, message):
    assert run(["corpus", "score", str(registry), str(tmp_path / "out"), *arguments]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert "tip: " in said


@pytest.mark.parametrize("out", ["registry", "registry/x"])
def test_an_output_that_cannot_be_written(registry, tmp_path, capsys, out):
    shutil.copy(registry, tmp_path / "registry")
    assert run(["corpus", "score", str(registry), str(tmp_path / out), "-q"]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert run(["corpus", "report", str(tmp_path / out)]) == 2
    assert "holds no results" in capsys.readouterr().err


def test_results_of_another_rubric_are_not_copied_and_that_is_said(registry, scored, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("scorer.corpus.manifest.stamp", lambda: "another")
    assert run(["corpus", "score", str(registry), str(tmp_path / "out"), "--previous", str(scored)]) == 0
    said = capsys.readouterr().err
    assert "another rubric or version scored it" in said
    assert "240 tools graded" in said


def test_without_the_extra_it_says_what_to_install(registry, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("scorer.cli.corpus_extra.find_spec", lambda name: None if name == "pyarrow" else object())
    assert run(["corpus", "score", str(registry), str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert "needs pyarrow" in said
    assert "toolmark[corpus]" in said


def test_a_finished_run_has_nothing_to_do(registry, scored, tmp_path, capsys):
    shutil.copytree(scored, tmp_path / "out")
    assert run(["corpus", "score", str(registry), str(tmp_path / "out"), "--part-size", str(8_000 / 2**20)]) == 0
    assert "parts were there already" in capsys.readouterr().err
