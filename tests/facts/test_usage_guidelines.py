"""Usage Guidelines: each fact with a definition where it fires and one where it is silent."""

from __future__ import annotations

import pytest

from scorer.facts import usage_guidelines as dimension
from scorer.facts.witness import fact_id

NAMED = {"name": "search_orders", "siblings": ("get_order", "search_customers")}
NONSENSE = (
    "Use this tool when you need to use it. Do not use when you should not; use other tools instead. "
    "Returns a result. Requires authentication. Rate limit applies."
)

ROWS = [
    (
        "says-when",
        ("Search orders. Use this when you know words of a line item.", NAMED),
        ("Search orders. Use this tool to search orders.", NAMED),
    ),
    ("says-when", "Get logs. Useful for auditing unexpected credit charges.", NONSENSE),
    (
        "says-when",
        "Search.\n\nWhen to use:\n- You need peer-reviewed clinical papers\n",
        "Search.\n\nReturns:\n- peer-reviewed clinical papers\n",
    ),
    ("says-when-not", "Read a file. Not for binary files.", NONSENSE),
    (
        "says-when-not",
        "Render a board. Do not use for boards with archived lanes.",
        "Render a board with archived lanes.",
    ),
    (
        "names-alternative",
        ("Search orders. If you have an id, call get_order instead.", NAMED),
        ("Search orders. Otherwise use another tool instead.", NAMED),
    ),
    ("names-alternative", "Count words. For large files use `wc` instead.", NONSENSE),
    (
        "names-prerequisite",
        ("Cancel an order; call search_customers first.", NAMED),
        ("Cancel an order; call the other tool first.", NAMED),
    ),
    (
        "names-prerequisite",
        ("Cancel.", {**NAMED, "params": {"id": {"type": "string", "description": "As returned by get_order."}}}),
        ("Cancel.", {**NAMED, "params": {"id": {"type": "string", "description": "As returned by max_results."}}}),
    ),
    ("says-precondition", "Pay an invoice; it must be finalized first.", "Pay an invoice."),
    (
        "distinguishes-cases",
        "List all calls. To filter by workspace, use the extensive search.",
        "List all calls. To use it, use it.",
    ),
    (
        "implied-by-working",
        "Search files. Patterns follow POSIX syntax; binary blobs are skipped quietly.",
        "Search files.",
    ),
    ("only-purpose", "Search files.", "Search files. Patterns follow POSIX syntax."),
    ("implies-context", "Create a draft for later review by a manager.", "Create a draft."),
    ("empty-guidance", NONSENSE, "Use this when you know the shipment's barcode."),
    (
        "names-missing-tool",
        ("Search orders; with an id, call get_invoice.", NAMED),
        ("Search orders; with an id, call get_order.", NAMED),
    ),
    (
        "names-missing-tool",
        (
            "Delete.",
            {**NAMED, "params": {"id": {"type": "string", "description": "Id, as returned by list_customers."}}},
        ),
        (
            "Delete.",
            {**NAMED, "params": {"id": {"type": "string", "description": "Id, as returned by search_customers."}}},
        ),
    ),
    (
        "forces-order",
        "Lists boards. Always call this tool first.",
        "Lists boards. Call this before moving a card to learn its lane.",
    ),
]


@pytest.mark.parametrize(("fact", "fires", "silent"), ROWS)
def test_row(fact, fires, silent, holds):
    assert holds(f"usage/{fact}", fires) is True
    assert holds(f"usage/{fact}", silent) is not True


def test_every_fact_has_a_row():
    assert {fact_id(dimension.PREFIX, c) for c in dimension.CHECKS} == {f"usage/{row[0]}" for row in ROWS}


@pytest.mark.parametrize("name", ["max_results", "next_page", "read-only", "example.com", "ISO_8601", "api_key"])
def test_what_is_no_tool_is_not_missing(name, holds):
    assert holds("usage/names-missing-tool", (f"Search orders. Use {name} for that; call {name}.", NAMED)) is not True


def test_a_parameter_is_no_missing_tool(holds):
    case = ("Search orders; use filter_by to narrow.", {**NAMED, "params": {"filter_by": {"type": "string"}}})
    assert holds("usage/names-missing-tool", case) is not True


def test_a_missing_tool_is_no_alternative(holds):
    assert holds("usage/names-alternative", ("Search orders. With an id, call get_invoice instead.", NAMED)) is not True
