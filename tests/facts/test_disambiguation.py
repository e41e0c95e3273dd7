"""Disambiguation: each fact with a set of tools where it fires and one where it is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from server_facts import asker

from scorer.facts import disambiguation as dimension
from scorer.facts.witness import fact_id
from scorer.models.signals import Overlap

if TYPE_CHECKING:
    from pathlib import Path


ask = asker(dimension.PREFIX)


ORDERS = (
    "find_orders",
    "search_orders",
    "get_order",
    "cancel_order",
    "list_customers",
    "get_customer",
    "add_note",
    "send_receipt",
)


def pair(a: str, b: str, *, boundary: bool = False) -> Overlap:
    return Overlap(a, b, 0.8, ("order",), boundary)


ONE = (pair("find_orders", "search_orders"),)
DRAWN = (pair("find_orders", "search_orders", boundary=True),)
TWO = (*ONE, pair("search_orders", "find_orders"))
FOUR_TOOLS = (*ONE, pair("get_order", "get_customer"))


def described(name: str, text: str | None) -> dict[str, Any]:
    return {"name": name, "description": text}


ROWS = [
    ("only-tool", (["get_order"],), (["get_order", "list_orders"],)),
    ("one-overlap", (ORDERS, ONE), (ORDERS, TWO)),
    ("one-overlap", (ORDERS, (*ONE, *DRAWN)), (ORDERS, DRAWN)),
    ("several-overlaps", (ORDERS, TWO), (ORDERS, FOUR_TOOLS)),
    ("several-overlaps", (ORDERS, TWO), (ORDERS, ONE)),
    ("widespread-overlaps", (ORDERS, FOUR_TOOLS), (ORDERS, TWO)),
    ("draws-boundaries", (ORDERS, (*ONE, *DRAWN)), (ORDERS, (*TWO, *DRAWN))),
    (
        "same-description",
        ([described("open", "Opens a document."), described("open_file", "Opens a document")],),
        ([described("open", "Opens a document."), described("close", "Closes a document.")],),
    ),
    (
        "same-description",
        ([described("a", "打开文件"), described("b", "打开文件。")],),
        ([described("a", "打开文件"), described("b", "关闭文件")],),
    ),
    (
        "undescribed-tools",
        ([described("a", " "), described("b", "Bills a patient.")],),
        (["get_order", "list_orders"],),
    ),
    ("catch-all-name", (["run", "get_order", "list_orders"],), (["run_report", "get_order", "list_orders"],)),
    ("catch-all-name", (["search", "search_users", "get_user"],), (["search", "get_user", "list_users"],)),
    ("version-twins", (["search", "search_v2", "get"],), (["search_title", "search_author", "get"],)),
    ("version-twins", (["score_basic", "score_full"],), (["hash_sha1", "hash_sha256"],)),
    ("version-twins", (["exportReport2", "exportReport"],), (["list_ipv4", "list_ipv6"],)),
    ("same-action-and-resource", (["find_orders", "search_orders"],), (["get_order", "get_orders"],)),
    ("same-action-and-resource", (["scan_secrets", "secrets_scan"],), (["get_project", "delete_project"],)),
    (
        "same-action-and-resource",
        (["get_order", "fetch_order"],),
        (["get_order", "fetch_order"], (pair("fetch_order", "get_order"),)),
    ),
    (
        "wide-choice",
        ([f"get_{letter}" for letter in "abcdefghijklmnop"],),
        ([f"get_{letter}" for letter in "abcdefghijklmno"],),
    ),
]


@pytest.mark.parametrize(("fact", "fires", "silent"), ROWS)
def test_fires_and_is_silent(fact, fires, silent):
    assert ask(fact, *fires).holds is True
    assert ask(fact, *silent).holds is False


def test_pairs_are_named_strongest_first():
    weak = Overlap("add_note", "send_receipt", 0.3, (), boundary=False)
    found = ask("widespread-overlaps", ORDERS, (weak, *ONE))
    assert found.tools == ("find_orders", "search_orders", "add_note", "send_receipt")


def test_many_tools_are_counted_but_not_all_named():
    found = ask("undescribed-tools", [described(f"tool_{number}", None) for number in range(60)])
    assert len(found.tools) == 20
    assert found.detail is not None
    assert found.detail.startswith("no description (60 of 60 tools): ")
    assert found.detail.endswith("and 56 more")


@pytest.mark.parametrize("fact", ["draws-boundaries", "undescribed-tools", "catch-all-name"])
def test_one_tool_leaves_no_question(fact):
    assert ask(fact, ["get_order"]).status == "does-not-apply"


def test_rubric_and_checks_name_the_same_facts(root: Path):
    rubric = yaml.safe_load((root / "rubrics" / "server" / "disambiguation.yaml").read_text(encoding="utf-8"))
    assert [f"{rubric['prefix']}/{name}" for name in rubric["facts"]] == [
        fact_id(dimension.PREFIX, check) for check in dimension.CHECKS
    ]
    assert {f"{dimension.PREFIX}/{row[0]}" for row in ROWS} == {
        fact_id(dimension.PREFIX, check) for check in dimension.CHECKS
    }
