"""A whole rubric as text, small enough to break one key at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

INDEX = """
version: "0.1.0"
specVersion: "1.3"
tiers: {A: 3.5, B: 3.0, C: 2.0, D: 1.0, F: 0.0}
tool: [usage_guidelines]
server: [completeness]
limits:
  publishedShare: 80
  meanShare: 60
  minShare: 40
  descriptionShare: 70
  coherenceShare: 30
  smellBelow: 3
  planEdits: 50
  quoteCharacters: 120
  remedyCharacters: 160
corpus:
  definitions: 10
  meanTdqs: 3.57
  means: {usage_guidelines: 3.03}
  belowThree: {usage_guidelines: 44.5}
  tiers: {A: 54.1, F: 0.0}
"""
DIMENSION = """
id: usage_guidelines
label: Usage Guidelines
prefix: usage
weight: 100
question: Does the text say when to use it?
why: An agent chooses by it.
base: 2.0
anchors: {5: best, 4: good, 3: fair, 2: thin, 1: none}
facts:
  says-when:
    question: Is there a condition?
    kind: merit
    points: 0.9
    says: says when to use it
    lacks: does not say when to use it
    why: A condition beats a guess.
    remedy: Add one clause that names the situation.
    before: Search orders.
    after: Search orders. Use this when the id is not known.
  forces-order:
    question: Does it claim precedence?
    kind: defect
    points: -0.5
    cap: 3
    flag: No Description
    says: claims precedence
    why: Agents obey it.
    remedy: Name the one case.
    before: Always call this first.
    after: Call this once per session.
  no-alternative:
    question: Is it alone?
    kind: note
    gate: 4
    says: stands alone
    why: Nothing can be named.
"""
SERVER = """
id: completeness
label: Usage Guidelines
prefix: surface
weight: 100
question: Can a task be finished?
why: A missing step ends it.
base: 3.9
anchors: {5: best, 4: good, 3: fair, 2: thin, 1: none}
facts:
  never-read:
    question: Can a thing be made that no tool reads?
    kind: defect
    points: -0.5
    says: something is never read
    why: It cannot be checked.
    remedy: Add a tool that reads it.
    before: create_invoice
    after: create_invoice, get_invoice
"""
FILES = {
    "rubrics/rubric.yaml": INDEX,
    "rubrics/tool/usage_guidelines.yaml": DIMENSION,
    "rubrics/server/completeness.yaml": SERVER,
}


@pytest.fixture
def reader() -> Callable[..., Callable[[str], str]]:
    """A reader of the small rubric in which `old` stands as `new` (in the file that has it)."""

    def make(old: str = "", new: str = "") -> Callable[[str], str]:
        assert any(old in text for text in FILES.values()), f"nothing to replace: {old}"
        return {path: text.replace(old, new, 1) for path, text in FILES.items()}.__getitem__

    return make
