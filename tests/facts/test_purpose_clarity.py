"""Purpose: each fact with a definition where it fires and one where it is silent."""

from __future__ import annotations

import pytest

from scorer.facts import purpose_clarity as dimension
from scorer.facts.witness import fact_id
from scorer.models.signals import Overlap

PAIR = Overlap("find_orders", "search_orders", 0.9, ("order",), boundary=False)
DRAWN = Overlap("find_orders", "search_orders", 0.9, ("order",), boundary=True)

ROWS = [
    ("no-description", "  \n", "Lists orders."),
    ("tautological", ("Process ", {"name": "process"}), ("Process.", {"name": "process"})),
    ("restates-name", ("list users", {"name": "list_users"}), ("List the active members.", {"name": "list_users"})),
    ("restates-name", ("Process.", {"name": "process"}), ("Convert a CSV file to ledger format.", {"name": "process"})),
    (
        "restates-name",
        ("This tool lists the users.", {"name": "ListUsers"}),
        ("Lists users of a workspace.", {"name": "ListUsers"}),
    ),
    ("names-verb-and-resource", "Send an open invoice to its customer.", "Handles it."),
    ("names-verb-and-resource", "Deletes pods.", "Basic liveness check."),
    ("names-verb-and-resource", "This tool allows you to search orders.", "Use this tool when you need to use it."),
    ("names-verb-and-resource", ("Triage incoming mail.", {"name": "triage_mail"}), "A tool."),
    ("names-scope", "List all calls in a date range, across users.", ("Lists calls.", {"name": "list_calls"})),
    ("names-scope-in-detail", "Get price, daily change, volume and 52-week range of a stock.", "Get a stock quote."),
    (
        "names-scope-closely",
        "Search preprints on arXiv by title, author or abstract, newest submissions first.",
        "Search preprints on arXiv.",
    ),
    ("names-result", "Analyze a page. Returns its headings, links and load time.", "Analyze a page."),
    ("tells-particulars", "Get the daily sales report of one branch as a CSV attachment.", "Get a report."),
    ("speaks-of-the-domain", "Basic liveness probe of the transport layer.", "An MCP thing."),
    ("vague-resource", "Fetches data from the API.", "Fetch open pull requests."),
    (
        "tells-apart",
        ("Search orders. If you have an id, call get_order.", {"name": "search_orders", "siblings": ("get_order",)}),
        ("Search orders.", {"name": "search_orders", "siblings": ("get_order",)}),
    ),
    (
        "confusable",
        ("Finds orders.", {"name": "find_orders", "siblings": ("search_orders",), "overlaps": (PAIR,)}),
        ("Finds orders.", {"name": "find_orders", "siblings": ("search_orders",), "overlaps": (DRAWN,)}),
    ),
    ("contradicts-name", ("Lists users.", {"name": "delete_user"}), ("Deletes a user.", {"name": "delete_user"})),
]


@pytest.mark.parametrize(("fact", "fires", "silent"), ROWS)
def test_row(fact, fires, silent, holds):
    assert holds(f"purpose/{fact}", fires) is True
    assert holds(f"purpose/{fact}", silent) is not True


def test_every_fact_has_a_row():
    assert {fact_id(dimension.PREFIX, c) for c in dimension.CHECKS} == {f"purpose/{row[0]}" for row in ROWS}


def test_another_language_is_not_guessed(ask):
    found = ask("purpose/names-verb-and-resource", "テキストを日本語から英語に翻訳します。1回に最大5000文字。")
    assert (found.holds, found.status) == (None, "cannot-tell")


def test_a_definition_given_alone_cannot_be_told_apart(ask):
    assert ask("purpose/tells-apart", "Search orders; with an id, call get_order.").status == "cannot-tell"
