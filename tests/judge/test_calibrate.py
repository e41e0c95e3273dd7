"""A judge against labels: its bias, and the correction that is applied and shown."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest
from judges import CRATES, DATE, RULES, make_panel
from messages_server import MessagesServer, answers

from scorer import engine, load
from scorer.cli import app

LABELS = [
    {
        "key": f"k{n}", "server": f"s{n % 3}", "set": "", "definition": CRATES | {"name": f"find_crate_{n}"}, "siblings": ["list_shelves"],
        "scores": {"purpose": 4, "usage": 4, "behavior": 2, "parameters": 3, "conciseness": 5, "completeness": None},
    }
    for n in range(12)
]  # fmt: skip


@pytest.fixture
def measured(tmp_path, monkeypatch, capsys, root):
    pytest.importorskip("sklearn")
    (tmp_path / "labels.jsonl").write_text("".join(json.dumps(line) + "\n" for line in LABELS))
    shutil.copytree(root / "rubrics", tmp_path / "rubrics", ignore=shutil.ignore_patterns("calibration"))
    monkeypatch.setenv("ANTHROPIC_API_KEY", "test")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def call(line):
        with MessagesServer(answers) as server:
            monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
            code = app.run(line.replace("@", str(tmp_path)).split())
            return code, capsys.readouterr().out, server

    return call


def test_bias_and_correction(measured, tmp_path):
    code, out, server = measured("calibrate judge @/labels.jsonl --format json --write --rubrics @/rubrics")
    document = json.loads(out)
    usage = document["dimensions"]["usage_guidelines"]
    assert (code, document["judged"], len(server.bodies)) == (0, 12, 12)
    assert (
        usage["both"]["bias"] == usage["both"]["n"] * -2 / 12
    )  # this judge finds no guidance: 2 where the label says 4
    assert usage["correction"] > 1
    assert "contextual_completeness" not in document["dimensions"]
    line = next(
        one
        for one in (tmp_path / "rubrics/judge/models.yaml").read_text().splitlines()
        if one.startswith("claude-haiku-5-5")
    )
    assert f"usage_guidelines: {usage['correction']}" in line


def test_as_a_table(measured):
    out = measured("calibrate judge @/labels.jsonl")[1]
    assert "Agreement with published scores" in out
    assert "12 definitions judged by claude-haiku-5-5" in out


def test_a_correction_is_applied_and_shown(serve):
    server = serve(answers)
    models = tuple(replace(price, correction={"usage_guidelines": 1.0}) for price in RULES.models)
    plain = engine.score(load([CRATES]), generated_at=DATE, panel=make_panel(server))
    moved = engine.score(
        load([CRATES]), generated_at=DATE, panel=make_panel(server, rules=replace(RULES, models=models))
    )
    before, after = (report.tools[0].justifications["usage_guidelines"] for report in (plain, moved))
    assert after.raw - before.raw == pytest.approx(1.0)
    assert after.base - before.base == pytest.approx(1.0)
    assert moved.judge.correction == {"usage_guidelines": 1.0}
    assert moved.tools[0].judge.heuristic_scores == plain.tools[0].judge.heuristic_scores


def test_scores_of_different_judges_are_scores_by_different_rubrics(serve):
    server = serve(answers)
    versions = {
        engine.score(load([CRATES])).rubric_version,
        engine.score(load([CRATES]), panel=make_panel(server)).rubric_version,
        engine.score(load([CRATES]), panel=make_panel(server, model="claude-sonnet-5-5")).rubric_version,
    }
    assert len(versions) == 3
