"""What changed since an earlier report."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from gate_tools import BAD, FAIR, GOOD, worse

from scorer.errors import InputError
from scorer.gate import compare, earlier_server, of_reports
from scorer.gate.baseline_file import dump, is_baseline, parse


def between(before, after):
    baseline = of_reports(before)
    return compare(after, earlier_server(baseline, after), "old.json", baseline.rubric_version)


def test_nothing_changed(graded):
    seen = between(graded(GOOD, FAIR), graded(GOOD, FAIR))
    assert {one.change for one in seen.tools} == {"unchanged"}
    assert seen.overall_before == seen.overall_after
    assert not any(one.dimensions for one in seen.tools)
    assert seen.same_rubric


def test_added_removed_changed(graded):
    seen = between(graded(GOOD, BAD), graded(FAIR, worse(GOOD)))
    assert [(one.name, one.change) for one in seen.tools] == [
        ("list_orders", "added"),
        ("get_order", "changed"),
        ("process", "removed"),
    ]
    added, changed, removed = seen.tools
    assert added.tdqs_before is None
    assert removed.tdqs_after is None
    assert changed.tdqs_after < changed.tdqs_before
    assert changed.tokens_after < changed.tokens_before
    moved = {one.dimension: one for one in changed.dimensions}
    assert "usage/says-when" in moved["usage_guidelines"].ceased or moved["usage_guidelines"].began
    assert moved["usage_guidelines"].after < moved["usage_guidelines"].before


def test_a_renamed_tool_is_recognised(graded):
    seen = between(graded(GOOD, FAIR), graded({**GOOD, "name": "fetch_order"}, FAIR))
    assert (seen.tools[0].change, seen.tools[0].was) == ("renamed", "get_order")
    assert len(seen.tools) == 2


def test_twins_without_a_name_in_common_are_not_guessed(graded):
    seen = between(graded({**BAD, "name": "a"}, {**BAD, "name": "b"}), graded({**BAD, "name": "c"}))
    assert [one.change for one in seen.tools] == ["added", "removed", "removed"]


def test_of_two_tools_with_one_name_each_meets_its_own(graded):
    seen = between(graded(GOOD, {**FAIR, "name": "get_order"}), graded(GOOD, {**FAIR, "name": "get_order"}))
    assert [one.change for one in seen.tools] == ["unchanged", "unchanged"]


def test_a_server_that_was_not_there_is_all_new(graded):
    report = graded(GOOD)
    assert {one.change for one in compare(report, None, "old", report.rubric_version).tools} == {"added"}


def test_only_a_server_with_tools_in_common_is_the_same(graded, tmp_path):
    other = replace(graded(GOOD), server=replace(graded(GOOD).server, name="renamed"))
    assert earlier_server(of_reports(other), graded(GOOD)) is not None
    assert earlier_server(of_reports(other), graded(BAD)) is None


def test_a_baseline_file_is_read_as_it_was_written(graded):
    baseline = of_reports(graded(GOOD, FAIR, BAD, {**BAD, "name": 'odd"\n\u202e'}, BAD))
    text = dump(baseline)
    again = parse(json.loads(text), "b.json")
    assert dump(again) == text
    assert again.rubric_version == baseline.rubric_version
    assert sorted(map(str, again.servers[0].tools)) == sorted(map(str, baseline.servers[0].tools))
    assert is_baseline(json.loads(text))


def test_the_order_of_the_tools_does_not_matter(graded):
    tools = [GOOD, FAIR, BAD]
    texts = set()
    for _ in range(3):
        random.Random(1).shuffle(tools)
        texts.add(dump(of_reports(graded(*tools))).replace("\r", ""))
    assert len({text.split('"tools"')[1] for text in texts}) == 1


def test_one_line_for_each_tool(graded):
    before, after = dump(of_reports(graded(GOOD, FAIR))), dump(of_reports(graded(GOOD, worse(FAIR))))
    changed = [line for line, other in zip(before.splitlines(), after.splitlines(), strict=True) if line != other]
    assert sum('"inputHash"' in line for line in changed) == 1


DAMAGED = {
    "a later version": lambda d: d | {"schemaVersion": "baseline/9"},
    "no servers": lambda d: {key: value for key, value in d.items() if key != "servers"},
    "servers as a list": lambda d: d | {"servers": []},
    "a tool without a score": lambda d: d | {"servers": {"tools": d["servers"]["tools"] | {"tools": {"a": {}}}}},
    "a score of nonsense": lambda d: d | {"servers": {"tools": d["servers"]["tools"] | {"overallScore": "good"}}},
    "a score of nine": lambda d: d | {"servers": {"tools": d["servers"]["tools"] | {"overallScore": 9}}},
    "a server that is none": lambda d: d | {"servers": {"tools": 3}},
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_broken_baseline_is_never_an_empty_one(graded, damage):
    document = damage(json.loads(dump(of_reports(graded(GOOD)))))
    with pytest.raises(InputError) as caught:
        parse(document, "b.json")
    assert "b.json" in str(caught.value)
    assert caught.value.tip
