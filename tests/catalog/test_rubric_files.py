"""The shipped rubric against the code, and against what every rule owes its reader."""

from __future__ import annotations

import importlib

import pytest
import tdqs

from scorer.catalog import load_rubric
from scorer.models.rubric import TOOL_FLAGS, Limits

TOOL = [
    "purpose_clarity",
    "usage_guidelines",
    "behavioral_transparency",
    "parameter_semantics",
    "conciseness_structure",
    "contextual_completeness",
]
SERVER = ["disambiguation", "naming_consistency", "tool_count_appropriateness", "completeness"]


@pytest.fixture(scope="module")
def rules():
    rubric = load_rubric()
    return [rule for dimension in (*rubric.tool, *rubric.server) for rule in dimension.facts]


@pytest.mark.parametrize("name", [*TOOL, *SERVER])
def test_rubric_and_code_ask_the_same_questions(name):
    module = importlib.import_module(f"scorer.facts.{name}")
    dimension = next(d for d in (*load_rubric().tool, *load_rubric().server) if d.id == name)
    coded = [f"{module.PREFIX}/{check.__name__.replace('_', '-')}" for check in module.CHECKS]
    written = [rule.id for rule in dimension.facts]
    assert set(coded) - set(written) == set(), "asked by the code, unknown to the rubric"
    assert set(written) - set(coded) == set(), "in the rubric, asked by no code"
    assert len(coded) == len(set(coded))


def test_dimensions_and_weights_are_the_specifications():
    rubric = load_rubric()
    assert [d.id for d in rubric.tool] == TOOL
    assert [d.id for d in rubric.server] == SERVER
    assert {d.id: d.weight for d in rubric.tool} == {d.key: d.weight for d in tdqs.TOOL_DIMENSIONS}
    assert [tier.letter for tier in rubric.tiers] == [tier.tier for tier in tdqs.TIERS]
    assert [tier.at_least for tier in rubric.tiers[:-1]] == [tier.minimum for tier in tdqs.TIERS[:-1]]


def test_every_file_is_in_the_index(root):
    rubric = load_rubric()
    for group, dimensions in (("tool", rubric.tool), ("server", rubric.server)):
        assert {path.stem for path in (root / "rubrics" / group).glob("*.yaml")} == {d.id for d in dimensions}


def test_the_code_assumes_the_limits_that_are_written():
    assert load_rubric().limits == Limits()


def test_every_defect_has_a_remedy(rules):
    assert [
        rule.id for rule in rules if rule.kind == "defect" and not (rule.remedy and rule.before and rule.after)
    ] == []


def test_there_are_enough_facts(rules):
    assert len(rules) >= 45


@pytest.mark.parametrize("flag", TOOL_FLAGS)
def test_each_flag_of_the_specification_has_the_effect_that_it_asks_for(rules, flag):
    raised = [rule for rule in rules if rule.flag == flag]
    assert raised
    for rule in raised:
        if flag == "Tautological Description":
            assert (rule.dimension, rule.cap) == ("purpose_clarity", 2)
        elif flag == "Annotation Contradiction":
            assert (rule.dimension, rule.gate) == ("behavioral_transparency", 1)
        else:
            assert rule.gate == 1


def test_clauses_read_as_clauses(rules):
    """They are joined into sentences, so they neither start nor end one."""
    for rule in rules:
        for clause in (rule.says, rule.lacks):
            assert clause == clause.strip(), rule.id
            assert not clause.endswith((".", ";", ",")), rule.id
            assert not (clause[:1].isupper() and clause[1:2].islower()), rule.id


def test_the_corpus_is_what_was_published():
    corpus = load_rubric().corpus
    assert (corpus.definitions, corpus.mean_tdqs) == (362_226, 3.57)
    assert set(corpus.below_three) == set(TOOL)
    assert sum(corpus.tiers.values()) == pytest.approx(100)
    weights = {d.id: d.weight for d in load_rubric().tool}
    assert sum(corpus.means[key] * weight for key, weight in weights.items()) / 100 == pytest.approx(
        corpus.mean_tdqs, abs=0.03
    )
