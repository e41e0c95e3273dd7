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
    ("trivial-call", ("Get the clock.", {"name": "get_clock"}), ("Reset the clock.", {"name": "reset_clock"})),
    ("no-required-input", "Get the clock.", ("Get the clock.", {"params": {"zone": TEXT}})),
    ("complex-call", ("Plan a route.", {"params": MANY}), ("Plan a route.", {"params": {"to": TEXT}})),
    ("returns-documented", ("Cancel.", {"outputSchema": RESULT}), ("Cancel.", {"outputSchema": {"type": "object"}})),
    ("bare-output-schema", ("Cancel.", {"outputSchema": {"type": "object"}}), ("Cancel.", {"outputSchema": RESULT})),
    ("returns-said", "Cancel a task. Returns the refund amount and the fee.", "Cancel a task. Returns a result."),
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
        "effect-unexplained",
        ("Prune snapshots.", {"name": "prune_snapshots"}),
        ("Prune snapshots; they cannot be restored from backups.", {"name": "prune_snapshots"}),
    ),
    (
        "change-without-result",
        ("Move a crate.", {"name": "move_crate"}),
        ("Move a crate. Returns its new shelf, row and bay.", {"name": "move_crate"}),
    ),
    ("annotated", ("Count rows.", {"annotations": {"readOnlyHint": True}}), "Count rows."),
    ("rich-text", LONG, "Search papers."),
    ("very-rich-text", LONG, "Search papers. Matches author, title and abstract."),
    (
        "thin-text",
        ("Transfer a quiz.", {"name": "transfer_quiz"}),
        ("Transfer a quiz; shared links stop working and scores move along.", {"name": "transfer_quiz"}),
    ),
    ("says-nothing", ("Echo", {"name": "echo"}), ("Echo the text back over the transport.", {"name": "echo"})),
]


@pytest.mark.parametrize(("fact", "fires", "silent"), ROWS)
def test_row(fact, fires, silent, holds):
    assert holds(f"context/{fact}", fires) is True
    assert holds(f"context/{fact}", silent) is not True


def test_every_fact_has_a_row():
    assert {fact_id(dimension.PREFIX, c) for c in dimension.CHECKS} == {f"context/{row[0]}" for row in ROWS}
