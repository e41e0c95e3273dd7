"""What the page selects: pairs, spread, comparison, sums, witnesses, anchors, risk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scorer.models.card import Justification
from scorer.models.comparison import Comparison, ToolChange
from scorer.models.fact import Fact
from scorer.models.signals import AnnotationValues, Overlap
from scorer.outputs.page.card import anchors, hints
from scorer.outputs.page.changes import changes, difference
from scorer.outputs.page.glossary import Glossary
from scorer.outputs.page.pairs import confusable, drawing, partners
from scorer.outputs.page.risk import risk_view
from scorer.outputs.page.sections import Answers, sections
from scorer.outputs.page.spread import spread


def pair(a, b, score=0.5, *, boundary=False):
    return Overlap(a, b, score, ("x",), boundary)


def test_pairs_of_one_family_stand_together_and_open_ones_are_solid(sample):
    found = drawing(
        replace(
            sample.report(),
            server_facts=(),
            overlaps=(pair("a", "b"), pair("c", "d", boundary=True), pair("b", "e", 0.9)),
        )
    )
    assert [node.name for node in found.nodes] == ["b", "e", "a", "c", "d"]
    assert [arc.pair.kind for arc in found.arcs] == ["open", "open", "told"]
    assert found.arcs[0].width > found.arcs[1].width


def test_a_server_without_pairs_has_no_drawing_and_many_are_bounded(sample):
    assert drawing(replace(sample.report(), overlaps=(), server_facts=())).nodes == []
    many = tuple(pair(f"a{i}", f"b{i}") for i in range(100))
    assert (
        len(drawing(replace(sample.report(), overlaps=many, server_facts=())).arcs),
        drawing(replace(sample.report(), overlaps=many, server_facts=())).more,
    ) == (40, 60)


def test_partners_are_told_from_both_sides(sample):
    pairs = confusable(
        replace(sample.report(), overlaps=(pair("a", "b"), pair("c", "a"), pair("a", "a")), server_facts=())
    )
    assert [name for name, _ in partners("a", pairs)] == ["b", "c"]


def test_a_pair_that_only_a_fact_names_is_drawn_too_and_once(sample):
    named = replace(
        sample.report().server_facts[0],
        tools=("find_orders", "list_orders"),
        detail="the same action on the same thing",
    )
    known = replace(named, tools=("search_orders", "find_orders"))
    vague = replace(named, tools=("a", "b", "c"))
    report = replace(sample.report(), server_facts=(named, known, vague))
    assert [(one.a, one.b, one.kind, one.words) for one in confusable(report) if one.kind == "named"] == [
        ("find_orders", "list_orders", "named", "the same action on the same thing")
    ]


def test_spread_counts_what_is_shown_and_survives_without_a_corpus(sample):
    report = sample.report()
    whole = spread(report)
    assert sum(bar.tools for bar in whole.tiers) == sum(card.tier is not None for card in report.tools)
    assert whole.rows[0].smells.tools == sum("purpose_clarity" in card.smells for card in report.tools)
    assert whole.rows[0].registry_mean == 3.0
    narrowed = spread(replace(report, shown=("process",), legend=replace(report.legend, corpus=None)))
    assert sum(bar.tools for bar in narrowed.tiers) == 1
    assert narrowed.rows[0].smells.registry is None


@pytest.mark.parametrize(
    ("before", "after", "said"), [(2.9, 3.3, "+0.4"), (3.3, 2.9, "−0.4"), (3.0, 3.0, "±0.0"), (None, 3.0, "")]
)
def test_difference(before, after, said):
    assert difference(before, after) == said


def test_changes_leave_out_what_is_as_before_and_count_it(sample):
    tools = (ToolChange("get_order", "unchanged", tdqs_before=3.0, tdqs_after=3.0), ToolChange("gone", "removed", tdqs_before=2.0, tokens_before=9), ToolChange("process", "changed", tdqs_before=2.0, tdqs_after=1.5, tokens_before=10, tokens_after=1_210))  # fmt: skip
    found = changes(
        replace(sample.report(), comparison=Comparison("old.json", "1", True, 2.0, 2.5, "C", "C", 10, 8, tools))
    )
    assert [(row.change.name, row.score, row.tokens, row.trend) for row in found.rows] == [
        ("process", "−0.5", "+1,200", "worse"),
        ("gone", "", "", "same"),
    ]
    assert (found.same, found.score, found.tokens, set(found.by_name)) == (1, "+0.5", "−2", {"process"})
    assert changes(sample.report()) is None


def section(sample, *facts, reason=None):
    reasons = {"purpose_clarity": reason} if reason else {}
    return sections(sample.DIMENSIONS[:1], Answers(reasons, facts, (), Glossary(sample.LEGEND)))[0]


SUMS = [
    (Justification(4, "", 3.9, 2.0), "base 2 + 1.9 = 3.9"),
    (Justification(2, "", 2.0, 2.0, 2), "base 2 + 1.9, held at 2"),
    (Justification(5, "", 5.0, 4.0), "base 4 + 1.9, so 5"),
    (Justification(None, ""), ""),
]


@pytest.mark.parametrize(("reason", "said"), SUMS)
def test_a_score_is_added_up_before_the_reader(sample, reason, said):
    assert section(sample, sample.fact("purpose/names-verb-and-resource", "x", 1.9), reason=reason).sum == said


def test_two_witnesses_share_a_row_and_their_dispute_is_shown(sample):
    ours = sample.absent("purpose/restates-name")
    found = section(sample, ours, replace(ours, holds=True, witness="judge"), sample.absent("purpose/no-description"))
    (row,) = found.found
    assert (row.disputed, row.fact.witness, row.others[0].witness) == (True, "heuristic", "judge")
    assert found.quiet[0].label == "Clear of"


def test_facts_that_do_not_hold_are_grouped_by_what_they_have_in_common(sample):
    silent = Fact("purpose/unknown", "purpose_clarity", None, "does-not-apply", "there are no parameters")
    found = section(
        sample, silent, sample.absent("purpose/restates-name"), sample.absent("purpose/names-verb-and-resource")
    )
    assert [group.label for group in found.quiet] == [
        "Not found",
        "Clear of",
        "Does not apply: there are no parameters",
    ]
    assert found.quiet[2].facts == [("unknown", "")]


def test_anchors_are_plain_unique_and_the_names_own(sample):
    names = ["get_order", "get order", "get<order>", "get_order", "漢"]
    cards = [replace(sample.GET, name=name) for name in names]
    assert list(anchors(cards, "tool-")) == [
        "tool-get_order",
        "tool-get-order",
        "tool-get-order-",
        "tool-get_order~2",
        "tool--",
    ]


def test_hints_without_meaning_are_left_out():
    assert hints(AnnotationValues()) == []
    assert hints(AnnotationValues(destructive=True, read_only=True, open_world=False)) == ["Read-only", "Closed world"]
    assert hints(AnnotationValues(destructive=True, idempotent=False, read_only=False)) == [
        "Writes",
        "Destructive",
        "Not idempotent",
    ]


def test_risk_names_tools_of_the_same_class_and_answers_six_questions(sample):
    report = sample.rich()
    card = next(card for card in report.tools if card.name == "purge_customer")
    found = risk_view(card, report)
    assert [policy.label for policy in found.policies] == ["PolicyLayer", "Claude Code"]
    assert found.related == ["process"]
    assert len(found.questions) == 6
    assert risk_view(sample.GET, sample.report()) is None
