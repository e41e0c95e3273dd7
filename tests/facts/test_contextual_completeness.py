"""Completeness: each fact with a definition where it fires and one where it is silent."""

from __future__ import annotations

import pytest

from scorer.facts import contextual_completeness as dimension
from scorer.facts.witness import fact_id

TEXT = {"type": "string"}
SAID = {"type": "string", "description": "ISO 4217 currency of the refund."}
MANY = {f"field_{c}": TEXT for c in "abcdef"}
RESULT = {
    "type": "object",
    "properties": {
        k: {"type": "string", "description": f"The {k} that was paid back."} for k in ("refund", "fee", "tax")
    },
}
LONG = (
    "Search papers. Matches author, title and abstract across publishers. Preprints rank below journals, retracted work is marked, "
    "and citation counts refresh nightly from the open graph. Duplicates merge by DOI; editions stay apart when pagination differs. "
    "Embargoed manuscripts appear without links until their licence permits downloading, conference posters never do."
)

ROWS = [
    ("complex-call", ("Plan a route.", {"params": MANY}), ("Plan a route.", {"params": {"to": TEXT}})),
    ("returns-documented", ("Cancel.", {"outputSchema": RESULT}), ("Cancel.", {"outputSchema": {"type": "object"}})),
    ("returns-said", "Cancel a task. Returns the refund amount and the fee.", "Cancel a task. Returns a result."),
    ("returns-said", "Add numbers.\n\nReturns:\n    The sum of all terms.", "Add numbers.\n\nReturns:\n    A result."),
    ("returns-said", "Flatten it. Returns {accepted, removed}.", "Flatten it. Pass {accepted, removed}."),
    ("returns-unknown", "Analyze a repository.", "Analyze a repository. Returns languages, open issues and risk."),
    ("failure-or-limit-said", "Upload a file of at most 25 MB.", "Upload a file."),
    ("guidance-said", "Get logs. Use this when a credit charge looks wrong.", "Get logs."),
    (
        "parameters-explained",
        ("Refund.", {"params": {"currency": SAID}}),
        ("Refund.", {"params": {"currency": SAID, "mode": TEXT}}),
    ),
    (
        "parameters-unexplained",
        ("Refund.", {"params": {"mode": TEXT, "kind": TEXT}}),
        ("Refund.", {"params": {"currency": SAID}}),
    ),
    (
        "several-unexplained",
        ("Refund.", {"params": MANY}),
        ("Refund.", {"params": {"currency": SAID, "mode": TEXT}}),
    ),
    ("has-hints", ("Count rows.", {"annotations": {"readOnlyHint": True}}), "Count rows."),
    (
        "simple-and-said",
        ("Show version, uptime and licence of the press.", {"name": "status"}),
        ("Show the status.", {"name": "status"}),
    ),
    (
        "asks-much-tells-little",
        ("Plan a route.", {"params": MANY}),
        (LONG, {"params": MANY}),
    ),
    (
        "thin-text",
        ("Transfer a quiz.", {"name": "transfer_quiz", "params": {"quiz": TEXT}}),
        (
            "Transfer a quiz to another teacher; shared links stop working, results and scores move along.",
            {"name": "transfer_quiz", "params": {"quiz": TEXT}},
        ),
    ),
    ("tells-something", "Count rows of every partition, archived ones too.", "Count rows."),
    ("tells-more", LONG, "Search papers. Preprints too."),
    ("rich-text", LONG, "Search papers. Preprints rank below journals."),
    ("covers-several-points", LONG, "Search papers. Preprints rank below journals."),
    ("names-no-action", "Cabinet tool: open_door", "Unlock one door of the cabinet."),
    ("vague-action", "Manage browser tabs.", "Close browser tabs."),
    ("fragment", ("Echo", {"name": "echo"}), ("Echo the text back over the transport.", {"name": "echo"})),
]


@pytest.mark.parametrize(("fact", "fires", "silent"), ROWS)
def test_row(fact, fires, silent, holds):
    assert holds(f"context/{fact}", fires) is True
    assert holds(f"context/{fact}", silent) is not True


def test_every_fact_has_a_row():
    assert {fact_id(dimension.PREFIX, c) for c in dimension.CHECKS} == {f"context/{row[0]}" for row in ROWS}
