"""Behavior: each fact with a definition where it fires and one where it is silent."""

from __future__ import annotations

import pytest

from scorer.facts import behavioral_transparency as dimension
from scorer.facts.witness import fact_id

READ, WRITE = {"readOnlyHint": True}, {"readOnlyHint": False, "destructiveHint": True}
SAFE = {"readOnlyHint": False, "destructiveHint": False}
DEEP = "Sync a mirror. Renamed branches are matched by commit graph. Tags older than the mirror are skipped quietly. Submodules resolve against the parent's remote."

TEXT = {"type": "string"}

ROWS = [
    (
        "contradicts-annotations",
        ("Deletes a customer.", {"name": "delete_customer", "annotations": READ}),
        ("Deletes a customer.", {"name": "delete_customer", "annotations": WRITE}),
    ),
    (
        "contradicts-annotations",
        ("Deletes a customer permanently.", {"name": "delete_customer", "annotations": SAFE}),
        ("Generate a report of customers.", {"name": "generate_report", "annotations": READ}),
    ),
    (
        "contradicts-annotations",
        ("Count rows. This is a read-only operation.", {"annotations": WRITE}),
        ("Count rows. This is a read-only operation.", {"annotations": READ}),
    ),
    ("safety-annotated", ("Count rows.", {"annotations": READ}), ("Count rows.", {"annotations": {"title": "Count"}})),
    ("claims-read-only", "Count rows. Read-only.", ("Count rows. Read-only.", {"annotations": READ})),
    ("says-consequence", "Delete a pod. Its volume is permanently lost.", "Delete a pod."),
    ("says-what-stays", "Clear the cache; does not touch project files.", "Clear the cache."),
    ("says-limit", "Returns at most 50 orders per call.", "Returns orders."),
    ("says-access", "List orders. Needs the orders:read scope.", "List orders. Requires authentication."),
    ("says-cost", "Search papers. Billed at 5 credits.", "Search papers. Rate limit applies."),
    (
        "says-failure",
        "Create a branch. Fails when the branch already exists upstream.",
        "Create a branch. Returns an error if it fails.",
    ),
    (
        "says-returns",
        "Cancel a task. Returns the refund amount and the cancellation fee.",
        "Cancel a task. Returns a result.",
    ),
    ("says-order-or-paging", "List orders, newest first.", "List orders."),
    (
        "says-condition",
        "Remove tokens. With no argument, removes tokens of every wiki; otherwise one wiki's.",
        "Remove tokens.",
    ),
    (
        "says-lifetime",
        ("Open a browser session; it expires after 10 minutes idle.", {"name": "open_session"}),
        ("Open a browser session.", {"name": "open_session"}),
    ),
    (
        "explains-working",
        "Geocode place names. Each name is looked up in turn against the public gazetteer.",
        "Geocode place names.",
    ),
    ("explains-more", DEEP, "Sync a mirror. Renamed branches are matched by commit graph."),
    ("tells-much", DEEP, "Sync a mirror with its origin."),
    ("has-hints", ("Count rows.", {"annotations": {"openWorldHint": False}}), "Count rows."),
    (
        "simple-and-said",
        ("Show version, uptime and licence of the press.", {"name": "status"}),
        ("Show version, uptime and licence of the press.", {"name": "status", "params": {"press": TEXT}}),
    ),
    ("names-no-action", "Cabinet tool: open_door", "Unlock one door of the cabinet."),
    ("vague-action", "Manage browser tabs.", "Close browser tabs."),
    ("fragment", "Echo", "Return the text that was sent, to test the connection."),
    (
        "silent-effect",
        ("Reset the board.", {"name": "reset_board"}),
        ("Reset the board.", {"name": "reset_board", "annotations": WRITE}),
    ),
    (
        "empty-claim",
        "Get a widget. Returns a result. Rate limit applies.",
        "Get a widget. Returns the new version number.",
    ),
]


@pytest.mark.parametrize(("fact", "fires", "silent"), ROWS)
def test_row(fact, fires, silent, holds):
    assert holds(f"behavior/{fact}", fires) is True
    assert holds(f"behavior/{fact}", silent) is not True


def test_every_fact_has_a_row():
    assert {fact_id(dimension.PREFIX, c) for c in dimension.CHECKS} == {f"behavior/{row[0]}" for row in ROWS}


@pytest.mark.parametrize(
    "claim",
    [
        "Returns a result.",
        "Requires authentication.",
        "Rate limit applies.",
        "Returns an error if it fails.",
        "Limitations: some.",
    ],
)
@pytest.mark.parametrize("fact", ["says-returns", "says-access", "says-cost", "says-failure", "says-limit"])
def test_a_claim_without_content_is_no_disclosure(fact, claim, holds):
    assert holds(f"behavior/{fact}", f"Get a widget. {claim}") is not True


@pytest.mark.parametrize(
    "text", ["Export orders to a file.", "Start a search of orders.", "Download the report.", "Log in to the shop."]
)
def test_a_read_only_hint_on_an_ambiguous_verb_is_no_contradiction(text, holds):
    assert (
        holds("behavior/contradicts-annotations", (text, {"name": text.split()[0].lower(), "annotations": READ}))
        is not True
    )
