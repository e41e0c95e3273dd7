"""`toolmark calibrate` as a user calls it, with the shipped rubric and small label files."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys

import pytest

from scorer.catalog import load_rubric
from scorer.cli.app import run

pytestmark = pytest.mark.usefixtures("small_trees")


@pytest.fixture
def call(capsys):
    def call(*words):
        code = run(["calibrate", *map(str, words)])
        out = capsys.readouterr()
        return code, out.out, out.err

    return call


@pytest.fixture
def observations(call, labels, tmp_path):
    path = tmp_path / "observations.csv"
    code, _, err = call("observe", labels, "--output", path)
    assert code == 0, err
    return path


@pytest.fixture
def many(call, many_labels, tmp_path):
    path = tmp_path / "many.csv"
    assert call("observe", many_labels, "--output", path)[0] == 0
    return path


@pytest.fixture
def rubrics(root, tmp_path):
    return shutil.copytree(root / "rubrics", tmp_path / "rubrics", ignore=shutil.ignore_patterns("calibration*"))


def test_observe_finds_what_lies_beside_the_labels(observations):
    rows = observations.read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["rating"] * 3 + ["jury"] + ["captured"] * 2


@pytest.mark.parametrize("layout", ["text", "json", "markdown"])
def test_agreement_of_labels_and_of_observations_is_the_same(call, labels, observations, layout):
    code, direct, _ = call("agreement", labels, "--format", layout)
    _, stored, _ = call("agreement", observations, "--format", layout)
    assert code == 0
    assert direct == stored
    if layout == "json":
        assert json.loads(direct)["dimensions"]["behavioral_transparency"]["published"]["n"] == 3


def test_a_picture_is_written(call, observations, tmp_path):
    code, _, _ = call("agreement", observations, "--svg", tmp_path / "a.svg")
    assert code == 0
    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg")


def test_fit_shows_and_writes_nothing_unasked(call, many, rubrics):
    before = {path: path.read_bytes() for path in rubrics.rglob("*.*")}
    arguments = ("--observations", many, "--rubrics", rubrics, "--seeds", 1, "--only", "parameter_semantics")
    code, out, err = call("fit", *arguments, "--date", "2026-11-21")
    assert code == 0, err
    assert "Parameters (published)" in out
    assert {path: path.read_bytes() for path in rubrics.rglob("*.*")} == before


def test_fit_writes_points_provenance_and_pages(call, many, rubrics, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    arguments = (
        "fit",
        "--observations",
        many,
        "--rubrics",
        rubrics,
        "--seeds",
        1,
        "--write",
        "--only",
        "behavioral_transparency",
    )
    path = rubrics / "tool" / "behavioral_transparency.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# kept\n", encoding="utf-8")
    code, _, err = call(*arguments)
    assert code == 0, err
    document = json.loads((rubrics / "calibration.json").read_text(encoding="utf-8"))
    assert document["date"] == "2026-09-21"
    page = (rubrics / "calibration.md").read_text(encoding="utf-8")
    assert "# Calibration" in page
    part = document["dimensions"]["behavioral_transparency"]
    text = path.read_text(encoding="utf-8")
    assert text.endswith("# kept\n")
    assert f"base: {part['base']}" in text
    assert call(*arguments)[2].endswith("nothing: all is as it was\n")


BAD = {
    "no labels": (("agreement", "nowhere"), "cannot read nowhere"),
    "no rubric": (("agreement", "{observations}", "--rubrics", "."), "holds no rubric.yaml"),
    "a strange dimension": (
        ("fit", "--observations", "{observations}", "--only", "behaviour"),
        "behaviour is no dimension",
    ),
    "too few servers": (
        ("fit", "--observations", "{observations}", "--only", "behavioral_transparency"),
        "labels of 1 servers are too few",
    ),
    "a strange date": (("fit", "--observations", "{observations}", "--date", "soon"), "--date is not a date"),
    "no reports": (("compare", "{observations}", "{observations}"), "not valid JSON"),
    "no folder": (("observe", "{observations}", "--output", "/nowhere/x.csv"), "does not exist"),
}


@pytest.mark.parametrize(("words", "message"), BAD.values(), ids=BAD)
def test_mistakes_are_one_line_and_exit_2(call, observations, words, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = call(*(word.format(observations=observations) for word in words))
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_other_dimensions_keep_what_was_changed_by_hand(call, many, rubrics):
    """A fit of one dimension alone neither writes nor needs the stored points of the others."""
    arguments = ("fit", "--observations", many, "--rubrics", rubrics, "--seeds", 1, "--write", "--only")
    assert call(*arguments, "parameter_semantics")[0] == 0
    other = rubrics / "tool" / "parameter_semantics.yaml"
    changed = other.read_text(encoding="utf-8").replace("\nbase: ", "\nbase:  ", 1)
    other.write_bytes(changed.replace("\n", "\r\n").encode())
    assert call(*arguments, "behavioral_transparency")[0] == 0
    assert other.read_bytes() == changed.replace("\n", "\r\n").encode()
    document = json.loads((rubrics / "calibration.json").read_text(encoding="utf-8"))
    assert list(document["dimensions"]) == ["behavioral_transparency", "parameter_semantics"]


def test_compare_two_saved_reports(call, tmp_path, capsys):
    for name, text in (
        ("old", "Find orders."),
        ("new", "Find the open orders of one customer by customer id, newest first."),
    ):
        (tmp_path / f"{name}-tools.json").write_text(
            json.dumps([{"name": "find", "description": text}]), encoding="utf-8"
        )
        assert (
            run(
                [
                    "score",
                    str(tmp_path / f"{name}-tools.json"),
                    "--name",
                    "shop",
                    "--json",
                    str(tmp_path / f"{name}.json"),
                    "-q",
                ]
            )
            == 0
        )
    capsys.readouterr()
    code, out, _ = call("compare", tmp_path / "old.json", tmp_path / "new.json", "--format", "json")
    assert code == 0
    assert {row["tool"] for row in json.loads(out)["moved"]} == {"find"}
    assert "the definition was edited" in call("compare", tmp_path / "old.json", tmp_path / "new.json")[1]


def test_facts_that_the_observations_do_not_know_are_told(call, observations):
    known = next(rule.id for d in load_rubric().tool for rule in d.facts)
    observations.write_text(
        observations.read_text(encoding="utf-8").replace(known, "purpose/of-old", 1), encoding="utf-8"
    )
    assert f"1 facts are not in the observations ({known})" in call("agreement", observations)[2]


def test_help_and_scoring_do_without_the_extra(root):
    code = "import sys; from scorer.cli import app; app.run(['calibrate', 'fit', '--help']); print(sorted({'numpy', 'scipy', 'sklearn'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_without_the_extra_it_says_what_to_install(call, observations, monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy", None)
    code, _, err = call("agreement", observations)
    assert code == 2
    assert "toolmark[calibrate]" in err


@pytest.mark.parametrize("words", [(), ("--help",)])
def test_bare_calibrate_is_help(call, words):
    code, out, err = call(*words)
    assert (code, err) == (0, "")
    assert "observe" in out


def test_stdin_is_not_touched(call, observations, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert call("agreement", observations)[0] == 0
