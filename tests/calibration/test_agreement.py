from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from scorer.calibration.agreement import agree
from scorer.calibration.grid import as_markdown, as_text, number
from scorer.calibration.picture import picture
from scorer.calibration.table import Table
from scorer.calibration.tables import agreement_grids

LEVEL, ORDER = "behavioral_transparency", "usage_guidelines"
pytestmark = pytest.mark.usefixtures("small_trees")


@pytest.fixture
def found(table, rubric):
    return agree(table, rubric)


def test_every_dimension_is_held_against_what_there_is(found):
    assert set(found["dimensions"][LEVEL]) == {"published"}
    assert set(found["dimensions"][ORDER]) == {"judged", "jury"}
    json.dumps(found, allow_nan=False)


def test_figures_are_those_of_the_shipped_points(found, table, rubric):
    """By hand: the prior's points on the first row."""
    row = table.rows[0]
    names = [name for name in ("good", "better", "bad", "turned") if row[f"behavior/{name}"] == "1"]
    one = agree(Table([row]), rubric)["dimensions"][LEVEL]["published"]
    raw = 2.5 + sum({"good": 0.5, "better": 0.5, "bad": -0.5, "turned": -0.2}[name] for name in names)
    assert one["mae"] == abs(int(raw + 0.5) - int(row[f"published.{LEVEL}"]))


def test_beside_baselines(found):
    baselines = found["dimensions"][LEVEL]["published"]["baselines"]
    assert set(baselines) == {"mode", "length", "itself"}
    assert found["dimensions"][LEVEL]["published"]["mae"] < baselines["mode"]["mae"]
    assert baselines["itself"] == {"n": 0, "texts": 0}


def test_the_jury_with_its_jurors(found):
    jury = found["dimensions"][ORDER]["jury"]
    assert (jury["n"], jury["servers"]) == (48, 24)
    assert jury["spearman"] > 0.4
    assert (len(jury["jurors"]), len(jury["amongJurors"])) == (3, 3)
    assert jury["amongJurors"][0] == 1.0
    low, high = jury["spearmanInterval"]
    assert low < jury["spearman"] < high


def test_tdqs_where_all_scores_are_published(table, rubric):
    rows = [{**row, f"published.{ORDER}": row[f"published.{LEVEL}"]} for row in table.rows]
    tdqs = agree(Table(rows), rubric)["tdqs"]
    assert tdqs["n"] == 192
    assert 0 < tdqs["mae"] < 1
    assert 0 < tdqs["tierAccuracy"] <= 1
    assert agree(table, rubric)["tdqs"] == {"n": 0}


def test_the_corpus_weighs_servers_alike(table, rubric):
    high = {"behavior/good": "1", "behavior/better": "1", "behavior/bad": "0", "behavior/turned": "0"}
    low = {"behavior/good": "0", "behavior/better": "0", "behavior/bad": "1", "behavior/turned": "1"}
    captured = next(row for row in table.rows if row["kind"] == "captured")
    rows = [{**captured, **high, "server": "one"}] * 3 + [{**captured, **low, "server": "two"}]
    corpus = agree(Table(rows), rubric)["corpus"]
    assert corpus["dimensions"][LEVEL] == {
        "mean": 3.0,
        "publishedMean": 3.0,
        "belowThree": 50.0,
        "publishedBelowThree": 40.0,
    }
    assert sum(tier["share"] for tier in corpus["tiers"].values()) == pytest.approx(100, abs=51)


def test_tables_in_text_and_markdown(found, rubric):
    grids = agreement_grids(found, rubric)
    text, marked = as_text(grids), as_markdown(grids)
    for part in (
        "Agreement, per rating",
        LEVEL,
        "kappa by rank",
        "judge itself",
        "Corpus: 48 tools of 24 captured servers",
    ):
        assert part in text
        assert part in marked
    widths = {line.count("|") for line in marked.split("\n\n")[1].splitlines()}
    assert len(widths) == 1
    assert (number(None), number(-0.001), number(0.5, sign=True)) == ("-", "0.00", "+0.50")


def test_the_picture_is_whole_and_says_what_it_shows(table, rubric):
    hostile = replace(rubric, tool=(rubric.tool[0], replace(rubric.tool[1], label='<script>&"')))
    text = picture(table, hostile)
    root = ET.fromstring(text)
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.find("s:title", space).text
    assert "192 rows" in root.find("s:desc", space).text
    assert len(root.findall(".//s:circle", space)) == 384
    counts = [int(node.text) for node in root.findall(".//s:text[@text-anchor='middle']", space) if node.text.isdigit()]
    # Twice 192 rows in the grids, and the numbers of the axes: 1 to 5 below each of four plots.
    assert sum(counts) == 384 + 4 * 15
    assert "prefers-color-scheme: dark" in text
    assert "<script" not in text
    assert text == picture(table, hostile)


def test_nothing_to_show_is_no_error(rubric, table):
    captured = Table([row for row in table.rows if row["kind"] == "captured"])
    found = agree(captured, rubric)
    assert found["dimensions"][LEVEL] == {}
    assert "Corpus" in as_text(agreement_grids(found, rubric))
    ET.fromstring(picture(captured, rubric))
