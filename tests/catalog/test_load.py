from __future__ import annotations

import pytest

from scorer.catalog import build_rubric
from scorer.errors import RubricError
from scorer.models.rubric import Limits


def test_reads_everything(reader):
    rubric = build_rubric(reader())
    (usage,), (surface,) = rubric.tool, rubric.server
    assert (rubric.version, rubric.spec_version) == ("0.1.0", "1.3")
    assert [(tier.letter, tier.at_least) for tier in rubric.tiers] == [
        ("A", 3.5),
        ("B", 3.0),
        ("C", 2.0),
        ("D", 1.0),
        ("F", 0.0),
    ]
    assert (usage.id, usage.label, usage.prefix, usage.weight, usage.base, usage.needs_schema) == (
        "usage_guidelines",
        "Usage Guidelines",
        "usage",
        100,
        2.0,
        False,
    )
    assert usage.anchors == ((5, "best"), (4, "good"), (3, "fair"), (2, "thin"), (1, "none"))
    says, forces, alone = usage.facts
    assert (says.id, says.dimension, says.kind, says.points, says.cap, says.flag) == (
        "usage/says-when",
        "usage_guidelines",
        "merit",
        0.9,
        None,
        None,
    )
    assert (forces.points, forces.cap, forces.gate, forces.flag, forces.lacks) == (-0.5, 3, None, "No Description", "")
    assert (alone.kind, alone.points, alone.gate, alone.remedy, alone.before) == ("note", 0.0, 4, "", "")
    assert surface.facts[0].id == "surface/never-read"
    assert (rubric.corpus.definitions, rubric.corpus.below_three) == (10, {"usage_guidelines": 44.5})
    assert rubric.limits == Limits()


BROKEN = {
    "unknown key": ("lacks:", "lack:", "tool/usage_guidelines.yaml: facts.says-when.lack: unknown key", "'lacks'"),
    "unknown key of the index": (
        "specVersion:",
        "specversion:",
        "rubric.yaml: specversion: unknown key",
        "'specVersion'",
    ),
    "unknown limit": ("planEdits", "planEdit", "rubric.yaml: limits.planEdit: unknown key", "'planEdits'"),
    "missing field": ("    why: Agents obey it.\n", "", "facts.forces-order.why: missing", ""),
    "empty field": ("why: Agents obey it.", "why:", "facts.forces-order.why: must not be empty", ""),
    "a defect without remedy": (
        "remedy: Name the one case.",
        "remedy:",
        "facts.forces-order.remedy: must not be empty",
        "",
    ),
    "a merit without example": ("    before: Search orders.\n", "", "facts.says-when.before: missing", ""),
    "a long remedy": ("Name the one case.", "x" * 161, "remedy: has 161 characters, at most 160", "denser"),
    "a merit that lowers": ("points: 0.9", "points: -0.9", "facts.says-when.points: a merit never lowers", ""),
    "a merit that caps": ("points: 0.9", "cap: 4", "facts.says-when.cap: a merit never lowers", ""),
    "a defect that raises": (
        "points: -0.5\n    cap",
        "points: 0.5\n    cap",
        "facts.forces-order.points: a defect never raises",
        "",
    ),
    "not in tenths": ("points: 0.9", "points: 0.25", "'0.25' is not a number of tenths", "-0.5"),
    "not a number": ("points: 0.9", "points: much", "'much' is not a number of tenths", ""),
    "a cap out of range": ("cap: 3", "cap: 6", "facts.forces-order.cap: must be from 1 to 5", ""),
    "a gate that is no number": ("gate: 4", "gate: four", "'four' is not a whole number", ""),
    "unknown kind": ("kind: merit", "kind: merits", "unknown kind 'merits'", "'merit'"),
    "unknown flag": (
        "flag: No Description",
        "flag: No description",
        "unknown flag 'No description'",
        "'No Description'",
    ),
    "duplicate fact": ("  no-alternative:", "  says-when:", "duplicate or odd key 'says-when'", ""),
    "a fact's name": ("  no-alternative:", "  no_alternative:", "facts.no_alternative: a fact's name", ""),
    "another id": ("id: usage_guidelines", "id: usage", "id: is 'usage', the file is named 'usage_guidelines'", ""),
    "the same prefix": ("prefix: surface", "prefix: usage", "more than one dimension is called 'usage'", ""),
    "an odd prefix": ("prefix: usage", "prefix: Usage/", "prefix: 'Usage/' is not one lower-case word", ""),
    "weights": (
        "weight: 100\nquestion: Does",
        "weight: 90\nquestion: Does",
        "rubric.yaml: tool: the weights of its dimensions sum to 90",
        "",
    ),
    "a missing anchor": ("5: best, ", "", "anchors.5: missing", ""),
    "a sixth anchor": ("{5: best", "{6: x, 5: best", "anchors.6: unknown key", ""),
    "a base": ("base: 2.0", "base: 0.5", "base: must be from 1.0 to 5.0", ""),
    "neither true nor false": ("base: 2.0", "needsSchema: yes\nbase: 2.0", "needsSchema: 'yes' is neither", ""),
    "a list where text belongs": (
        "label: Usage Guidelines\nprefix: usage",
        "label: [x]\nprefix: usage",
        "label: must be text",
        "",
    ),
    "text where a mapping belongs": ("anchors: {5", "anchors: none\nbroken: {5", "", ""),
    "no dimensions": ("tool: [usage_guidelines]", "tool: []", "rubric.yaml: tool: must be a list of names", ""),
    "falling tiers": ("B: 3.0", "B: 4.0", "rubric.yaml: tiers: must fall from A to F", ""),
    "a flag on the set": (
        "kind: defect\n    points: -0.5\n    says: something",
        "kind: defect\n    flag: No Description\n    says: something",
        "completeness.yaml: surface/never-read: flag",
        "",
    ),
    "a stranger in the corpus": (
        "belowThree: {usage_guidelines",
        "belowThree: {usage_guideline",
        "belowThree.usage_guideline: unknown key",
        "'usage_guidelines'",
    ),
}


@pytest.mark.parametrize(("old", "new", "message", "tip"), BROKEN.values(), ids=BROKEN)
def test_every_mistake_is_named_with_file_and_key(reader, old, new, message, tip):
    with pytest.raises(RubricError) as raised:
        build_rubric(reader(old, new))
    assert str(raised.value).startswith("rubrics/")
    assert message in str(raised.value)
    assert tip in raised.value.tip
