from __future__ import annotations

import csv
import io
import random

import pytest

from scorer.calibration.labels import read_entries
from scorer.calibration.observe import LONGEST_CELL, observe, write_rows
from scorer.catalog import load_rubric
from scorer.cli.looking import Looker

# Columns whose cells are names; all others hold numbers.
NAMES = ("kind", "key", "server", "set", "source", "match")


@pytest.fixture
def entries(labels):
    return read_entries(labels, labels.parent / "livemcpbench.json", labels.parent / "servers")


def table(entries):
    return list(csv.DictReader(io.StringIO(write_rows(observe(entries, Looker())))))


def test_a_row_per_rating_with_every_fact(entries):
    rows = table(entries)
    assert [row["kind"] for row in rows] == ["rating"] * 3 + ["jury"] + ["captured"] * 2
    asked = [rule.id for d in load_rubric().tool for rule in d.facts]
    assert [column for column in rows[0] if "/" in column] == asked
    first = rows[0]
    assert first["published.behavioral_transparency"] == "2"
    assert first["published.contextual_completeness"] == ""
    assert (first["judged.usage_guidelines"], first["published.tdqs"]) == ("4;3", "3.2")
    assert rows[3]["jury.purpose_clarity"] == "3;2;3"
    assert (first["signal.paramCount"], first["signal.siblings"]) == ("1", "1")


def test_facts_see_the_siblings_definitions(entries):
    assert table(entries)[0]["usage/names-alternative"] == "1"
    alone = [entry._replace(beside=(), siblings=()) for entry in entries]
    assert table(alone)[0]["usage/names-alternative"] != "1"


def test_no_text_gets_in(entries):
    hostile = '=HYPERLINK("x")\n' + "word " * 100
    odd = [entry._replace(server=hostile, set=hostile, key=hostile, match=hostile) for entry in entries[:1]]
    for row in table([*entries, *odd]):
        for column, cell in row.items():
            assert len(cell) <= LONGEST_CELL
            assert column in NAMES or not cell or all(float(part) >= 0 for part in cell.split(";"))
    text = write_rows(observe([*entries, *odd], Looker()))
    for secret in ("order", "zebra", "O-17", "newest", "=HYPER"):
        assert secret not in "".join(text.split("\n")[1:])


def test_the_order_of_the_entries_does_not_matter(entries):
    text = write_rows(observe(entries, Looker()))
    shuffled = random.Random(1).sample(entries, len(entries))
    assert write_rows(observe(shuffled, Looker())) == text


def test_what_is_no_tool_is_left_out(entries):
    assert len(observe([entries[0]._replace(definition={"description": "x"})], Looker())) == 0


def test_the_observations_in_the_tree_hold_no_text(root):
    path = root / "rubrics" / "calibration" / "observations.csv"
    if not path.exists():
        pytest.skip("no observations in this checkout")
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column, cell in row.items():
                assert len(cell) <= LONGEST_CELL
                assert column in NAMES or all(float(part) >= 0 for part in cell.split(";") if part)
