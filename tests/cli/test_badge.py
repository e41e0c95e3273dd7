"""`toolmark badge`: from definitions or from a report, the same badge."""

from __future__ import annotations

import json

import pytest


def test_definitions_and_their_report_give_the_same_badge(toolmark, orders, tmp_path):
    report = tmp_path / "report.json"
    toolmark("score", orders, "-f", "json", "-o", report)
    called = toolmark("badge", orders)
    assert called.code == 0
    assert called.out.startswith("<svg ")
    assert called.out == toolmark("badge", report).out
    assert called.out == toolmark("badge", "-", stdin=report.read_bytes()).out
    assert called.out == toolmark("badge", "-", stdin=orders.read_bytes()).out


def test_both_forms_at_once(toolmark, orders, tmp_path):
    called = toolmark("badge", orders, "-o", tmp_path / "b.svg", "--json", tmp_path / "b.json", "--label", "orders")
    assert (called.code, called.out, called.err) == (0, "", f"Wrote {tmp_path / 'b.svg'}, {tmp_path / 'b.json'}\n")
    assert json.loads((tmp_path / "b.json").read_text())["label"] == "orders"
    assert "<title>orders: " in (tmp_path / "b.svg").read_text()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"tools": []}',
        b'{"mcpServers": {"a": {"command": "x"}}}',
        b'{"schemaVersion": "9", "serverScore": {}}',
    ],
)
def test_what_cannot_be_graded_is_told(toolmark, written, content):
    called = toolmark("badge", written(content, "x.json"))
    assert (called.code, called.out) == (2, "")
    assert "\ntip: " in called.err


def test_an_empty_label_and_a_missing_file(toolmark, orders, tmp_path):
    assert toolmark("badge", orders, "--label", " ").code == 2
    assert toolmark("badge", tmp_path / "none.json").code == 2
