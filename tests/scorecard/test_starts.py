"""What to write is begun with the tool's own names; where nothing is known, nothing is said."""

from __future__ import annotations

import pytest

from scorer import load, score
from scorer.models.tool import Tool
from scorer.scorecard.starts import _by_thing, _readers, start_of
from scorer.signals import compare, measure

TEXT = {"type": "string"}


def start(fact, *tools):
    """The start for a fact of the first of these tools."""
    signals = [measure(one) for one in tools]
    siblings, _ = compare(tools, signals)
    return start_of(fact, tools[0], signals[0], siblings[0])


def tool(name, properties=None, required=(), **more):
    schema = {"type": "object", "properties": properties or {}, "required": list(required)}
    definition = {"name": name, "inputSchema": schema, **more}
    return Tool(name, definition, description=more.get("description"), input_schema=schema)


PURPOSES = [
    (tool("k8s_delete_pod", {"name": TEXT}, ["name"]), "Delete a pod by name; <what goes with it, and whether it can be undone>."),
    (tool("get_order", {"order_id": TEXT}, ["order_id"]), "Get an order by order id, <with which of its parts>."),
    (tool("list_orders"), "List orders, <which ones, in which order>."),
    (tool("get_order_status"), "Get the order status, <which ones, in which order>."),
    (tool("manage_text"), "<Verb> the text, <what changes and what stays>."),
    (tool("orders"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("one", "words"), PURPOSES, ids=[one.name for one, _ in PURPOSES])
def test_a_purpose(one, words):
    assert start("purpose/no-description", one) == words


SEARCH = tool("search_orders", {"query": TEXT}, ["query"], description="Search the orders of a shop.")
GET = tool("get_order", {"order_id": TEXT}, ["order_id"], description="Get an order of the shop.")
DELETE = tool("delete_order", {"order_id": TEXT}, ["order_id"], description="Delete an order of the shop.")


def test_the_sibling_that_does_the_like_is_named():
    assert start("usage/says-when", GET, DELETE, SEARCH).endswith("; for <the other case>, use search_orders.")
    assert start("usage/says-when", DELETE, GET) == "Use this when <the situation that calls for it>."
    assert start("usage/names-alternative", GET, SEARCH) == "For <the other case>, use search_orders."
    assert start("usage/names-alternative", GET, DELETE) == ""


def test_a_word_of_all_names_is_no_thing():
    names = ("k8s_get_pod", "k8s_list_nodes", "k8s_get_service", "k8s_read_logs", "k8s_find_events")
    assert start("usage/names-alternative", *map(tool, names)) == ""


def test_where_an_id_comes_from():
    assert start("usage/names-prerequisite", GET, SEARCH) == "order_id comes from search_orders."
    assert start("usage/names-prerequisite", GET, DELETE) == ""


ARGUMENTS = [
    (TEXT, "<what it names, in which form>"),
    ({"type": "boolean"}, "<what true does>"),
    ({"type": "integer"}, "<of what, in which unit, within which limits>"),
    ({"enum": ["aa", "bb"]}, "<what each value means>"),
]


@pytest.mark.parametrize(("schema", "said"), ARGUMENTS)
def test_an_argument(schema, said):
    one = tool("move_crate", {"to": schema})
    assert start("parameters/undocumented", one) == f'"to": {{..., "description": "{said}"}}'
    assert start("parameters/undocumented", tool("move_crate", {"to": {**schema, "description": "Where."}})) == ""


def test_an_argument_that_a_sibling_yields():
    assert '"<which one>, from search_orders"' in start("parameters/undocumented", GET, SEARCH)


def test_annotations_follow_the_verb():
    assert start("behavior/has-hints", GET) == '"annotations": {"readOnlyHint": true}'
    assert start("behavior/has-hints", DELETE) == '"annotations": {"readOnlyHint": false, "destructiveHint": true}'
    assert start("behavior/has-hints", tool("orders")) == ""


def test_a_fact_without_a_start():
    assert start("concise/praise", GET) == ""


def test_the_first_fixes_of_a_card_are_begun(root):
    cards = score(load(root / "tests/fixtures/servers/bookshop.json")).tools
    assert all(fix.start == "" for card in cards for fix in card.fixes[5:])
    assert sum(bool(fix.start) for card in cards for fix in card.fixes[:5]) > len(cards)


def test_a_hostile_name_is_one_short_line():
    words = start("purpose/no-description", tool("delete_" + "x\n" * 5_000, {"a\nb_id": TEXT}, ["a\nb_id"]))
    assert "\n" not in words
    assert 0 < len(words) <= 200


def test_a_server_of_thousands_is_looked_up_in_short_lists():
    names = frozenset(f"get_order_{at}" for at in range(5_000))
    assert max(len(found) for index in (_by_thing(names), _readers(names)) for found in index.values()) <= 50
