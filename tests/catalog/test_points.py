from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.catalog import load_rubric
from scorer.catalog.points import rewrite_points
from scorer.errors import RubricError

TEXT = """\
# Odd on purpose.
id:   x
base: 2.0   # where it starts
facts:
  says-when:   # the first
    points: 0.9        # tenths
    says: "points: 0.9 and base: 2.0"
    question: "é points: 0.9"
  bad: {kind: defect, points: '-0.5', why: "base: 7"}
  gated:
    kind: defect
    gate: 1
  zero: {points: 0}
"""


def test_only_the_numbers_change():
    text = rewrite_points(TEXT, 3.1, {"says-when": 1.25, "bad": -1, "gated": 0.0, "zero": 0.0})
    assert text == TEXT.replace("base: 2.0   #", "base: 3.1   #").replace(
        "points: 0.9        #", "points: 1.2        #"
    ).replace("'-0.5'", "-1.0")


def test_what_is_not_named_and_what_is_the_same_keeps_its_spelling():
    assert rewrite_points(TEXT, 2, {}) == TEXT
    assert rewrite_points(TEXT, 2.0, {"says-when": 0.9, "bad": -0.5, "zero": -0.04}) == TEXT


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_stay(newline):
    text = TEXT.replace("\n", newline)
    assert rewrite_points(text, 2.0, {"bad": -0.6}) == text.replace("'-0.5'", "-0.6")


BROKEN = {
    "not YAML": ("base: [", {}, "not YAML"),
    "no mapping": ("- a", {}, "is no mapping"),
    "no base": ("facts: {}", {}, "base has no number"),
    "an unknown fact": (TEXT, {"other": 0.1}, "facts.other is no mapping"),
    "no points to write to": (TEXT, {"gated": -0.5}, "facts.gated.points has no number"),
    "words": ("base: high\nfacts: {}", {}, "'high' is not a number"),
}


@pytest.mark.parametrize(("text", "points", "message"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_written_is_refused(text, points, message):
    with pytest.raises(RubricError, match=message):
        rewrite_points(text, 3.0, points, "f.yaml")


@given(st.data())
def test_every_shipped_file_takes_any_points(root, data):
    """Back with the old numbers, every byte is as it was."""
    rules = data.draw(st.sampled_from(load_rubric().tool))
    text = (root / "rubrics" / "tool" / f"{rules.id}.yaml").read_text(encoding="utf-8")
    names = [rule.id.partition("/")[2] for rule in rules.facts]
    tenths = st.integers(-30, 30).map(lambda value: value / 10)
    points = {rule.id.partition("/")[2]: data.draw(tenths) if "points" in text else 0.0 for rule in rules.facts}
    changed = rewrite_points(text, data.draw(st.integers(10, 50)) / 10, points)
    assert changed.count("\n") == text.count("\n")
    same = [a == b for a, b in zip(changed.splitlines(), text.splitlines(), strict=True)]
    assert same.count(False) <= len(names) + 1
    old = {rule.id.partition("/")[2]: rule.points for rule in rules.facts}
    assert rewrite_points(changed, rules.base, old) == rewrite_points(text, rules.base, old)
