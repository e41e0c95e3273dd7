"""What could not be read of a tool is never graded as missing."""

from __future__ import annotations

import pytest

from scorer.engine import score
from scorer.models.tool import Tool, ToolSet, Unread
from scorer.outputs import render
from scorer.text.unread import blind

SCHEMA = {
    "type": "object",
    "properties": {"id": {"type": "string", "description": "The order's number, as on the bill."}},
}
TEXT = "List the orders of one customer. Use it before refund_order."


def tool(pointer, **fields):
    definition = {"name": "list_orders", "description": TEXT, "inputSchema": SCHEMA, **fields}
    kept = {key: value for key, value in definition.items() if value is not None}
    gaps = (Unread(pointer, "it is computed at a.py:3", "a.py", 3),) if pointer else ()
    return Tool("list_orders", kept, None, kept.get("description"), kept.get("inputSchema"), unread=gaps)


WORDS = {
    "purpose_clarity",
    "usage_guidelines",
    "behavioral_transparency",
    "conciseness_structure",
    "contextual_completeness",
}
# pointer, what is not there -> the dimensions that cannot be measured
LOST = {
    "": ("", {}, set()),
    "description": ("/description", {"description": None}, WORDS),
    "description and bare": ("/description", {"description": None, "inputSchema": {"type": "object", "properties": {"id": {}}}}, WORDS | {"parameter_semantics"}),
    "parameter": ("/inputSchema/properties/id/description", {}, {"parameter_semantics", "contextual_completeness"}),
    "default": ("/inputSchema/properties/id/default", {}, set()),
    "annotations": ("/annotations/readOnlyHint", {}, {"behavioral_transparency"}),
    "output": ("/outputSchema", {}, {"contextual_completeness"}),
}  # fmt: skip


@pytest.mark.parametrize("case", LOST)
def test_a_dimension_that_rests_on_it_is_null_with_the_reason(case):
    pointer, fields, lost = LOST[case]
    one = tool(pointer, **fields)
    card = score(ToolSet("shop", (one,)), generated_at="2026-01-01T00:00:00Z").tools[0]
    assert set(blind(one)) == lost
    assert {key for key, value in card.scores.items() if value is None} == lost
    assert card.complete == (not lost)
    assert not card.flags
    for dimension in lost:
        assert card.justifications[dimension].justification == "Could not tell: it is computed at a.py:3."
        assert all(fact.holds is None for fact in card.facts if fact.dimension == dimension)


def test_text_and_markdown_say_what_was_not_read():
    report = score(ToolSet("shop", (tool("/description", description=None),)), generated_at="2026-01-01T00:00:00Z")
    assert "not read: it is computed at a.py:3" in render(report, "text")
    assert "not read, so not graded: it is computed at a.py:3" in render(report, "markdown")
