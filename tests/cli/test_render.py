"""`toolmark render`: a saved report in any format, exactly as if it had just been scored."""

from __future__ import annotations

import pytest


@pytest.fixture
def saved(toolmark, orders, tmp_path):
    path = tmp_path / "report.json"
    assert toolmark("score", orders, "-f", "json", "-o", path).code == 0
    return path


@pytest.mark.parametrize("name", ["text", "json", "markdown", "html"])
def test_renders_what_score_printed(toolmark, orders, saved, name):
    assert toolmark("render", saved, "-f", name).out == toolmark("score", orders, "-f", name).out


def test_reads_stdin_and_writes_files(toolmark, saved, tmp_path):
    called = toolmark("render", "-", "--html", tmp_path / "card.html", stdin=saved.read_bytes())
    assert called.code == 0
    assert "get_order" in called.out
    assert called.err == f"Wrote {tmp_path / 'card.html'}\n"


def test_narrows_to_a_tool(toolmark, saved):
    called = toolmark("render", saved, "--tool", "process")
    assert called.code == 0
    assert "list_orders" not in called.out
    assert toolmark("render", saved, "--tool", "proces").code == 2


def test_keeps_what_the_saved_report_showed(toolmark, orders, tmp_path):
    toolmark("score", orders, "-f", "json", "-o", tmp_path / "r.json", "--tool", "process")
    assert "list_orders" not in toolmark("render", tmp_path / "r.json").out


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b'{"tools": []}', b"\xff\xfe", b'{"schemaVersion": "99.0"}', b'{"schemaVersion": "1.0"}'],
)
def test_what_is_no_report_is_told(toolmark, written, content):
    called = toolmark("render", written(content, "r.json"))
    assert (called.code, called.out) == (2, "")
    assert called.err.startswith("error: ")
    assert "\ntip: " in called.err


def test_a_missing_or_unreadable_report(toolmark, tmp_path):
    assert toolmark("render", tmp_path / "none.json").code == 2
    assert toolmark("render", tmp_path).code == 2


def test_the_report_is_not_overwritten(toolmark, saved):
    before = saved.read_bytes()
    assert toolmark("render", saved, "--html", saved).code == 2
    assert saved.read_bytes() == before
