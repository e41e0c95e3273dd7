"""`--help` teaches: examples, panels, exit codes, at 80 columns."""

from __future__ import annotations

import pytest

from scorer import __version__


@pytest.fixture(autouse=True)
def width(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize("words", [[], ["score"], ["render"], ["explain"], ["schema"]], ids=" ".join)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_fits(toolmark, words, flag):
    called = toolmark(*words, flag)
    assert (called.code, called.err) == (0, "")
    assert max(map(len, called.out.splitlines())) <= 80
    assert "None" not in called.out


def test_bare_toolmark_is_help(toolmark):
    assert toolmark().out == toolmark("--help").out


def test_it_teaches(toolmark):
    top, score = toolmark("--help").out, toolmark("score", "--help").out
    assert "Exit codes" in top
    assert "toolmark score tools.json" in top
    for panel in ("A live server", "A client config", "The report", "What is shown"):
        assert panel in score
    assert "toolmark score tools.json --json report.json --html card.html" in score


@pytest.mark.parametrize("option", ["--version"])
def test_version(toolmark, option):
    assert toolmark(option).out == f"toolmark {__version__}\n"
