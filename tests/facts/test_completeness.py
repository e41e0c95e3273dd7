"""Completeness of the surface: each fact with a set of tools where it fires and one where it is silent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from server_facts import asker, build

from scorer.facts import completeness as dimension
from scorer.facts import server
from scorer.facts.server import examine_set
from scorer.facts.witness import fact_id

if TYPE_CHECKING:
    from pathlib import Path


ask = asker(dimension.PREFIX)


def needing(name: str, parameter: str, words: str = "") -> dict[str, Any]:
    schema = {
        "type": "object",
        "properties": {parameter: {"type": "string", "description": words}},
        "required": [parameter],
    }
    return {"name": name, "description": f"Acts on one thing by {name}.", "inputSchema": schema}


def listing(name: str, *parameters: str) -> dict[str, Any]:
    schema = {"type": "object", "properties": {parameter: {"type": "string"} for parameter in parameters}}
    return {"name": name, "description": f"Lists {name}.", "inputSchema": schema}


def saying(name: str, text: str) -> dict[str, Any]:
    return {"name": name, "description": text}


PAGED = [listing("list_orders", "cursor"), listing("list_users", "cursor"), listing("list_items", "page")]
READS = [saying("get_order", "Gets an order."), saying("list_orders", "Lists orders.")]
JOB = saying("start_export", "Starts an export of all invoices. Returns a job id.")

ROWS = [
    ("only-one-tool", ["get_order"], ["get_order", "list_orders"]),
    ("trivial-tool", ["hello_world"], ["calculate_tax"]),
    ("self-contained", ["convert_to_markdown"], ["get_order"]),
    ("read-only", READS, [*READS, saying("delete_order", "Deletes an order.")]),
    (
        "full-life-cycle",
        ["create_order", "get_order", "update_order", "delete_order"],
        ["create_order", "get_order", "update_user", "delete_user"],
    ),
    ("full-life-cycle", ["create_or_update_order", "list_orders", "cancel_order"], ["create_order", "cancel_order"]),
    ("find-then-read", ["search_orders", "get_order"], ["search_orders", "get_customer"]),
    ("find-then-read", ["get_stories", "get_story"], ["get_story", "get_comment"]),
    ("never-read", ["create_invoice", "list_orders"], ["create_invoice", "list_invoices"]),
    (
        "never-read",
        ["create_invoice", "list_orders"],
        ["create_invoice", saying("search", "Searches orders and invoices.")],
    ),
    ("never-read", ["create_invoice", "list_orders"], ["create_session", "list_orders"]),
    ("never-ended", ["create_team", "create_project", "delete_project"], ["create_team", "create_project"]),
    (
        "never-ended",
        ["create_team", "create_project", "delete_project"],
        ["create_team", "delete_team", "create_project", "delete_project"],
    ),
    (
        "unobtainable-id",
        [needing("rename_board", "board_id"), "get_user"],
        [needing("rename_board", "board_id"), "list_boards"],
    ),
    (
        "unobtainable-id",
        [needing("rename_board", "boardId"), "get_user"],
        [needing("rename_board", "boardId", "The last part of its URL."), "get_user"],
    ),
    (
        "unobtainable-id",
        [needing("rename_board", "board_id"), "get_user"],
        [needing("rename_board", "user_id"), "get_order"],
    ),
    (
        "dead-end-reference",
        [saying("cancel_order", "Cancels. Call get_receipt first."), "get_order"],
        [saying("cancel_order", "Cancels. Call get_order first."), "get_order"],
    ),
    (
        "dead-end-reference",
        [saying("cancel_order", "Cancels. Call get_receipt first."), "get_order"],
        [saying("cancel_order", "Cancels, using OpenStreet."), "get_order"],
    ),
    ("one-way-switch", ["watch_topic", "get_topic"], ["watch_topic", "unwatch_topic"]),
    ("one-way-switch", ["lock_door", "get_door"], ["lock_door", "update_door"]),
    ("unfollowed-job-id", [JOB, "list_invoices"], [JOB, needing("await_export", "job_id")]),
    ("unfollowed-job-id", [JOB, "list_invoices"], [JOB, "export_status"]),
    ("uneven-paging", [*PAGED, listing("list_notes", "owner")], [*PAGED, listing("list_notes", "page_token")]),
    ("uneven-paging", [*PAGED, listing("list_notes", "owner")], [*PAGED, listing("list_notes")]),
]


@pytest.mark.parametrize(("fact", "fires", "silent"), ROWS)
def test_fires_and_is_silent(fact, fires, silent):
    assert ask(fact, fires).holds is True
    assert ask(fact, silent).holds is False


def test_one_tool_has_no_life_cycle():
    assert {
        ask(fact, ["create_order"]).status
        for fact in ("read-only", "full-life-cycle", "never-read", "never-ended", "dead-end-reference")
    } == {"does-not-apply"}


def test_other_scripts_cannot_be_told():
    assert ask("never-read", ["创建订单", "列出客户"]).status == "cannot-tell"


def test_the_place_of_a_dead_end_is_the_name():
    found = ask("dead-end-reference", [saying("cancel_order", "Cancels. Call get_receipt first."), "get_order"])
    assert (found.quote, found.place.pointer, found.place.start) == ("get_receipt", "/description", 14)


def test_a_broken_check_becomes_a_row(monkeypatch):
    def broken(subject):
        raise RecursionError

    monkeypatch.setattr(server, "_ASKED", (("surface/broken", "completeness", broken), *server._ASKED[:1]))
    facts = examine_set(*build("get_order"), ())
    assert [(fact.status, fact.holds) for fact in facts] == [("error", None), ("answered", True)]
    assert facts[0].reason == "the check failed: RecursionError"


def test_every_server_is_answered(shared: Path):
    for file in sorted((shared / "bench" / "servers").glob("*.json")):
        definitions = json.loads(file.read_text(encoding="utf-8"))["tools"]
        facts = examine_set(*build(*definitions), ())
        assert not [(file.name, fact.id) for fact in facts if fact.status == "error"]


def test_rubric_and_checks_name_the_same_facts(root: Path):
    rubric = yaml.safe_load((root / "rubrics" / "server" / "completeness.yaml").read_text(encoding="utf-8"))
    assert [f"{rubric['prefix']}/{name}" for name in rubric["facts"]] == [
        fact_id(dimension.PREFIX, check) for check in dimension.CHECKS
    ]
    assert {f"{dimension.PREFIX}/{row[0]}" for row in ROWS} == {
        fact_id(dimension.PREFIX, check) for check in dimension.CHECKS
    }
