"""What fails, what is known already, and what is let through."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from gate_tools import BAD, FAIR, GOOD, worse

from scorer.gate import compare, judge, of_reports
from scorer.gate.judging import Asked
from scorer.models.gate import FAIL_UNDER, FAIL_UNDER_TOOL, MAX_DROP, Suppression, Thresholds

TODAY = date(2026, 11, 21)


def verdict(report, thresholds, earlier=None, *suppressions):
    known = of_reports(earlier).servers[0] if earlier else None
    return judge([(report, Asked(thresholds, suppressions, known, TODAY))])[0].gate


def rules(gate):
    return [(one.rule, one.tool) for one in gate.findings if one.suppressed is None]


def test_nothing_asked_is_passed(graded):
    assert verdict(graded(BAD), Thresholds()).passed


def test_a_server_below_its_threshold(graded):
    gate = verdict(graded(GOOD, BAD), Thresholds(fail_under=3.5))
    assert rules(gate) == [(FAIL_UNDER, None)]
    assert gate.findings[0].place.line > 1
    assert "process" in gate.findings[0].fix


def test_a_score_at_the_threshold_passes(graded):
    report = graded(GOOD, BAD)
    assert verdict(report, Thresholds(fail_under=report.server_score.overall_score)).passed


def test_only_the_tools_below(graded):
    gate = verdict(graded(GOOD, BAD), Thresholds(fail_under_tool=3.0))
    assert rules(gate) == [(FAIL_UNDER_TOOL, "process")]
    assert not gate.passed


def test_an_entry_that_cannot_be_graded_misses_every_threshold(graded):
    gate = verdict(graded(GOOD, {"description": "No name."}), Thresholds(fail_under_tool=1.0))
    assert rules(gate) == [(FAIL_UNDER_TOOL, "#2")]


@pytest.mark.parametrize(
    ("fact", "tools"),
    [
        ("purpose/*", {"process"}),
        ("parameters/*", {"list_orders"}),
        ("usage/says-when", {"list_orders", "process"}),
    ],
)
def test_facts_against_a_tool(graded, fact, tools):
    gate = verdict(graded(GOOD, FAIR, BAD), Thresholds(fail_on=(fact,)))
    found = {one.tool for one in gate.findings}
    assert found == tools
    assert all(one.place.file.endswith("tools.json") and one.place.line for one in gate.findings)


class TestBesideABaseline:
    def test_what_was_there_before_does_not_fail(self, graded):
        asked = Thresholds(3.5, 3.5, ("usage/*", "purpose/*", "parameters/*"), 0.0)
        report = graded(FAIR, BAD)
        gate = verdict(report, asked, report)
        assert gate.passed
        assert gate.known > 3

    def test_what_is_new_fails(self, graded):
        gate = verdict(graded(GOOD, BAD), Thresholds(fail_under_tool=3.0), graded(GOOD))
        assert rules(gate) == [(FAIL_UNDER_TOOL, "process")]

    def test_what_is_worse_fails(self, graded):
        gate = verdict(graded(worse(GOOD), FAIR), Thresholds(max_drop=0.2), graded(GOOD, FAIR))
        assert (MAX_DROP, "get_order") in rules(gate)
        drop = next(one for one in gate.findings if one.tool == "get_order")
        assert "no longer usage/" in drop.message
        assert drop.fix
        assert drop.place.line == 5

    def test_a_drop_of_just_so_much_passes(self, graded):
        before, after = graded(GOOD), graded(worse(GOOD))
        lost = before.tools[0].tdqs - after.tools[0].tdqs
        server = before.server_score.overall_score - after.server_score.overall_score
        assert verdict(after, Thresholds(max_drop=max(lost, server)), before).passed
        assert not verdict(after, Thresholds(max_drop=lost - 0.1), before).passed

    def test_a_fact_that_began_fails_although_others_were_known(self, graded):
        asked = Thresholds(fail_on=("usage/says-when",))
        gate = verdict(graded(worse(GOOD), FAIR), asked, graded(GOOD, FAIR))
        assert rules(gate) == [("usage/says-when", "get_order")]
        assert gate.known == 1

    def test_another_rubric_does_not_fail_what_nobody_edited(self, graded):
        before, after = graded(GOOD), graded(GOOD)
        card = replace(before.tools[0], tdqs=5.0, scores=dict.fromkeys(before.tools[0].scores, 5))
        score = replace(before.server_score, overall_score=5.0)
        better = replace(before, tools=(card,), server_score=score)
        assert not verdict(after, Thresholds(max_drop=0.0), better).passed
        older = replace(after, comparison=compare(after, of_reports(better).servers[0], "old", "0.0.1"))
        assert verdict(older, Thresholds(max_drop=0.0), better).passed

    def test_a_renamed_tool_is_known(self, graded):
        gate = verdict(graded({**BAD, "name": "handle"}), Thresholds(fail_under_tool=4.0, max_drop=1.0), graded(BAD))
        assert gate.known == 1


class TestSuppressions:
    def test_one_lets_a_finding_through_with_its_reason(self, graded):
        one = Suppression(FAIL_UNDER_TOOL, "legacy, gone in May", "proc*")
        gate = verdict(graded(GOOD, BAD), Thresholds(fail_under_tool=3.0), None, one)
        assert gate.passed
        assert [found.suppressed for found in gate.findings if found.rule == FAIL_UNDER_TOOL] == ["legacy, gone in May"]
        assert not gate.unused

    def test_it_changes_no_score(self, graded):
        report = graded(GOOD, BAD)
        one = Suppression("*", "all of it")
        after = judge([(report, Asked(Thresholds(fail_under=5.0), (one,), None, TODAY))])[0]
        assert replace(after, gate=None) == report

    def test_one_for_another_tool_matches_nothing_and_is_reported(self, graded):
        one = Suppression(FAIL_UNDER_TOOL, "old", "nothing_*")
        gate = verdict(graded(GOOD, BAD), Thresholds(fail_under_tool=3.0), None, one)
        assert not gate.passed
        assert gate.unused == (one,)

    @pytest.mark.parametrize(("expires", "passes"), [("2026-11-21", True), ("2026-11-20", False)])
    def test_one_counts_up_to_its_last_day(self, graded, expires, passes):
        one = Suppression(FAIL_UNDER_TOOL, "soon", "*", expires)
        gate = verdict(graded(GOOD, BAD), Thresholds(fail_under_tool=3.0), None, one)
        assert gate.passed is passes
        assert gate.expired == (() if passes else (one,))

    def test_one_is_used_when_it_matches_in_any_server(self, graded):
        one = Suppression(FAIL_UNDER_TOOL, "legacy", "process")
        asked = Asked(Thresholds(fail_under_tool=3.0), (one,), None, TODAY)
        first, second = judge([(graded(GOOD), asked), (graded(BAD), asked)])
        assert first.gate.unused == second.gate.unused == ()
