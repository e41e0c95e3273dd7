"""Which tools an agent may take for each other: rows that overlap, rows that do not."""

from __future__ import annotations

import json

import pytest

from scorer.signals import compare, measure


@pytest.fixture
def overlaps(tool):
    """The overlaps of tools given as name -> description or definition."""

    def overlaps(given):
        tools = [
            tool({"name": name, **(rest if isinstance(rest, dict) else {"description": rest})})
            for name, rest in given.items()
        ]
        return compare(tools, [measure(one) for one in tools])

    return overlaps


OVERLAP = [
    ("search_orders", "Search a customer's orders by free text, status and date, newest first.", "find_orders", "Finds orders for a customer."),
    ("get_order", "Get an order.", "get_order_by_id", "Get one order by its id."),
    ("get_orders", "Get the orders of a customer.", "list_orders", "List the orders of a customer."),
    ("read_note", "Read a note by title.", "view_note", "View a note as Markdown."),
    ("create_user", "Create a user.", "add_user", "Add a new user."),
    ("removeFile", "Remove a file.", "delete-file", "Delete a file from disk."),
    ("get_stock_info", "Get information about a stock.", "get_stock_details", "Get details of a stock."),
    ("list_folder", "List a folder's files and folders.", "list_folder_with_sizes", "List a folder's files and folders, and sizes."),
    ("update_issue", "Update an issue's fields.", "edit_issue", "Edit an issue."),
    ("buy_share", "Place a market order to buy a share.", "acme_buy_share", "Place a market order to buy a share."),
    ("list_orders", "List the open orders of one customer.", "search_orders", "Search the open orders of one customer."),
    ("open_doc", "Open a document from disk into memory.", "open_document", "Open a document from disk into memory."),
    ("my_issues", "List issues of the user.", "list_issues", "List issues of the user's projects."),
]  # fmt: skip
DISTINCT = [
    ("list_issues", "List issues.", "list_projects", "List projects."),
    ("create_issue", "Create an issue.", "delete_issue", "Delete an issue."),
    ("get_issue", "Get an issue.", "list_issues", "List issues."),
    ("get_issue", "Get an issue by its number.", "get_issues", "Get the issues of a project."),
    ("get_user_by_id", "Get a user.", "get_user_by_email", "Get a user."),
    ("create_issue", "Create an issue.", "create_issue_comment", "Create a comment on an issue."),
    ("read_file", "Read a file as text.", "get_file_info", "Get the size, owner and times of a file or folder."),
    ("diff_staged", "Show the staged changes.", "diff_unstaged", "Show the unstaged changes."),
    ("accept_event", "Accept an event in a calendar of the user.", "tentatively_accept_event", "Tentatively accept an event in a calendar of the user."),
    ("reply", "Reply to the sender of a message.", "reply_all", "Reply to all recipients of a message."),
    ("merge_pdf", "Merge PDF files.", "split_pdf", "Split PDF files."),
    ("list_orders", "List all orders.", "search_orders", "Search orders by customer name, item or free text."),
    ("read_arxiv", "Read a paper from arXiv.", "read_pubmed", "Read a paper from PubMed."),
    ("row_copy", "Copy a table row.", "table_copy", "Copy a table."),
    ("orders", None, "users", None),
]  # fmt: skip


@pytest.mark.parametrize(("a", "a_says", "b", "b_says"), OVERLAP)
def test_overlap(overlaps, a, a_says, b, b_says):
    siblings, found = overlaps({a: a_says, b: b_says, "ping": "Check that the server answers."})
    assert [(pair.a, pair.b) for pair in found] == [(a, b)]
    assert 0.3 < found[0].score <= 1
    assert [entry.overlaps for entry in siblings] == [found, found, ()]


@pytest.mark.parametrize(("a", "a_says", "b", "b_says"), DISTINCT)
def test_distinct(overlaps, a, a_says, b, b_says):
    assert overlaps({a: a_says, b: b_says, "ping": "Check that the server answers."})[1] == ()


def test_what_most_names_share_tells_nothing_apart(overlaps):
    given = {
        "crm_get_user": "Get a user.",
        "crm_get_order": "Get an order.",
        "crm_ping": "Ping.",
        "crm_stop": "Stop.",
        "fetch_order": "Fetch an order.",
    }
    assert [(pair.a, pair.b) for pair in overlaps(given)[1]] == [("crm_get_order", "fetch_order")]


@pytest.mark.parametrize(
    ("text", "boundary"),
    [
        ("Find orders. Use search_orders for free text.", True),
        ("Find orders. Not like `search_orders`.", True),
        ("Find orders. See SEARCH_ORDERS.", True),
        ("Find orders with search_orders_fast.", False),
        ("Find orders.", False),
    ],
)
def test_a_boundary_is_drawn_where_a_text_names_the_other(overlaps, text, boundary):
    (pair,) = overlaps({"search_orders": "Search orders.", "find_orders": text})[1]
    assert pair.boundary is boundary


def test_a_plain_word_is_a_name_only_where_it_looks_like_one(overlaps):
    for text, boundary in {
        "Find things after a search.": False,
        "Find things. Prefer search.": True,
        'Find things, unlike "search".': True,
    }.items():
        (pair,) = overlaps({"search": "Search things.", "find": text})[1]
        assert pair.boundary is boundary, text


def test_the_shared_words_are_those_that_were_written(overlaps):
    (pair,) = overlaps({"list_services": "Lists services.", "get_services": "List all services."})[1]
    assert "services" in pair.shared
    assert "servic" not in pair.shared


def test_the_dearer_of_an_overlapping_pair_is_shadowed(overlaps):
    fields = {name: {"type": "string"} for name in "abcdef"}
    dear = {
        "description": "Create an order.",
        "inputSchema": {"type": "object", "properties": fields, "required": list(fields)},
    }
    (pair,) = overlaps({"create_order": dear, "add_order": "Add an order.", "ping": "Ping."})[1]
    assert pair.costlier == "create_order"
    (pair,) = overlaps({"create_order": "Create an order.", "add_order": "Add an order.", "other": dear})[1]
    assert pair.costlier is None


def test_boilerplate_is_what_three_tools_say_in_the_same_words(overlaps):
    shared = "It is read-only and changes nothing."
    given = {
        f"t{at}": f"Get thing {at}. {shared} Too short here. ```{shared}```\n\nArgs:\n  x: the same words for every tool"
        for at in range(3)
    }
    assert overlaps(given)[0][0].boilerplate == {"it is read only and changes nothing"}
    del given["t2"]
    assert overlaps({**given, "other": "Something else."})[0][0].boilerplate == frozenset()


def test_every_tool_knows_all_names_and_nobody_overlaps_itself(overlaps, tool):
    siblings, found = overlaps({"a": "Get it.", "b": "Stop it."})
    assert {entry.names for entry in siblings} == {frozenset("ab")}
    twin = tool({"name": "get_order", "description": "Get an order."})
    assert compare([twin, twin], [measure(twin)] * 2)[1] == ()
    assert compare([], []) == ((), ())
    assert found == ()


def test_ten_thousand_tools_stay_bounded(tool):
    tools = [
        tool(
            {
                "name": f"get_item_{at % 7}" if at % 2 else f"get_thing{at}",
                "description": "Get the very same thing of all.",
            }
        )
        for at in range(10_000)
    ]
    siblings, found = compare(tools, [measure(tools[0])] * 10_000)
    assert len(found) <= 2_000
    assert max(len(entry.overlaps) for entry in siblings) <= 10_000


def test_real_servers_have_few_pairs(tool, real_servers):
    pairs = tools = 0
    for server, definitions in real_servers:
        if server == "unlabelled":
            continue
        own = [tool(definition) for definition in definitions]
        pairs, tools = pairs + len(compare(own, [measure(one) for one in own])[1]), tools + len(own)
    assert 0 < pairs < tools / 40


def test_the_shared_fixture(tool, shared):
    definitions = json.loads((shared / "fixtures" / "tools.json").read_text())["tools"]
    tools = [tool(definition) for definition in definitions]
    (pair,) = compare(tools, [measure(one) for one in tools])[1]
    assert (pair.a, pair.b, pair.boundary) == ("search_orders", "find_orders", False)
