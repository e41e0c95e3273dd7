"""Cues: the small language they are written in, and that looking ahead never loses a match."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings, strategies

from scorer.catalog import load_risk_rules
from scorer.facts import behavioral_transparency, conciseness_structure, purpose_clarity, usage_guidelines
from scorer.facts.roles import Trait
from scorer.text.cues import Cue, text_keys

ROWS = [
    ("permanent(ly)?", "deleted permanently.", "impermanently"),
    ("overwrit+", "it overwrites the file", "it overwrit"),
    ("auth*", "needs auth", "needs an author's oath"[:8]),
    ("no_undo", "there is no   undo", "there is nothing to undo"),
    ("up_to_\\d", "up to 5", "up to five"),
    ("=\\s*true", "with all=true", "it is true"),
    ("(use|call)_this", "call this first", "calling that"),
    ("fail(s|ed)?", "it failed", "failsafe"),
    ("40\\d", "returns 404 then", "returns 505 then"),
]


@pytest.mark.parametrize(("phrase", "found", "silent"), ROWS)
def test_phrase(phrase, found, silent):
    cue = Cue(phrase)
    assert cue.pattern.search(found)
    assert cue.may_match(text_keys(found))
    assert not cue.pattern.search(silent)


def all_cues():
    for module in (behavioral_transparency, conciseness_structure, purpose_clarity, usage_guidelines):
        for name, value in vars(module).items():
            cue = value.cue if isinstance(value, Trait) else value
            if isinstance(cue, Cue):
                yield f"{module.__name__}.{name}", cue


def test_there_are_cues_to_check():
    assert len(dict(all_cues())) > 20


def test_looking_ahead_loses_no_match_on_real_texts(shared):
    cues = dict(all_cues())
    for path in sorted((shared / "bench" / "servers").glob("*.json")):
        for tool in json.loads(path.read_text())["tools"]:
            lower = (tool.get("description") or "").lower()
            keys = text_keys(lower)
            lost = [name for name, cue in cues.items() if not cue.may_match(keys) and cue.pattern.search(lower)]
            assert lost == [], tool["name"]


NEEDS = [
    ("permanent(ly)?", {"perma*"}, None),
    ("fail(s|ed)?", {"fai*"}, None),
    ("no_undo", {"undo"}, {"no"}),
    ("undo no_undo", {"undo"}, None),
    ("(use|call)_this", {"this"}, {"use", "call"}),
    ("(re)?try_it", {"it"}, None),
    ("up_to_\\d", {"0"}, {"up"}),
    ("in.?place", {"*"}, None),
    ("(sub-?|web)agents", {"sub*", "web*"}, None),
]


@pytest.mark.parametrize(("phrases", "first", "beside"), NEEDS)
def test_needs(phrases, first, beside):
    needs = Cue(phrases).needs
    assert needs.first == first
    assert all(needs.beside[key] == beside for key in first)


def test_two_words_of_one_phrase_are_needed():
    cue = Cue("no_undo never_again")
    assert cue.may_match(text_keys("there is no undo"))
    assert not cue.may_match(text_keys("there is no again"))


def risk_cues():
    rules = load_risk_rules()
    yield from rules.phrases.items()
    for name, rule in rules.signals.items():
        yield from ((f"{name}.{part}", cue) for part, cue in (("cues", rule.cues), ("unless", rule.unless)) if cue)


@pytest.mark.parametrize("cue", [pytest.param(cue, id=name) for name, cue in (*all_cues(), *risk_cues())])
def test_looking_ahead_loses_no_match(cue):
    @settings(max_examples=60, database=None)
    @given(strategies.from_regex(cue.pattern, alphabet=strategies.characters(codec="ascii")))
    def law(text):
        lower = text.lower()
        if cue.pattern.search(lower):
            assert cue.may_match(text_keys(lower))

    law()
