"""Reports of small tool sets, graded by the shipped rubric."""

from __future__ import annotations

import json

import pytest

from scorer import load, score


@pytest.fixture
def graded(tmp_path):
    def grade(*tools):
        path = tmp_path / "tools.json"
        path.write_text(json.dumps({"tools": tools}, indent=2), encoding="utf-8")
        return score(load(path), generated_at="2026-11-21T12:00:00Z")

    return grade
