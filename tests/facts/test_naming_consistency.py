"""Naming: each fact with a set of names where it fires and one where it is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from server_facts import asker, build

from scorer.facts import naming_consistency as dimension
from scorer.facts.server import examine_set
from scorer.facts.witness import fact_id

if TYPE_CHECKING:
    from pathlib import Path


ask = asker(dimension.PREFIX)


PLAIN = ["get_order", "list_orders", "cancel_order", "refund_order"]
MANY = [f"get_{word}" for word in "apple pear plum fig date kiwi lime mango melon peach papaya quince".split()]


def titled(name: str, title: str) -> dict[str, Any]:
    return {"name": name, "title": title, "description": f"Does {name}."}


ROWS = [
    ("invalid-name", ["get order", "list_orders"], PLAIN),
    ("invalid-name", ["获取订单", "list_orders"], ["gateway.tasks_cancel", "list_orders"]),
    ("invalid-name", ["x" * 129], ["x" * 128]),
    ("invalid-name", [""], ["x"]),
    ("refused-name", ["orders.get", "list_orders"], PLAIN),
    ("refused-name", ["x" * 65], ["x" * 64]),
    ("refused-name", ["orders.get"], ["orders get"]),
    ("duplicate-name", ["search", "search"], ["search", "Search"]),
    ("one-pattern", PLAIN, ["get_order", "order_list", "cancel_order", "refund_order"]),
    (
        "one-pattern",
        ["order_create", "order_delete", "customer_update"],
        ["order_total", "customer_name", "stock_level"],
    ),
    ("one-pattern", ["shop_get_order", "shop_list_orders", "shop_search"], ["getOrder", "list_orders", "cancel_order"]),
    ("mixed-case-styles", ["get_order", "listOrders", "cancel_order"], ["get_order", "search", "cancel_order"]),
    ("mixed-case-styles", ["get-order", "list_orders"], ["docx-open", "docx-openFile", "docx-queryMeta"]),
    ("stray-case-style", [*MANY, "listOrders"], [*MANY, "list_orders"]),
    ("stray-case-style", [*MANY, "listOrders"], ["get_order", "listOrders"]),
    ("mixed-word-order", ["create_game", "delete_game", "board_evaluate", "board_reset"], PLAIN),
    ("stray-word-order", [*PLAIN, "order_archive_delete"], PLAIN),
    ("stray-word-order", [*PLAIN, "stock_update"], ["stock_update", "order_cancel", "order_list", "order_get"]),
    ("mostly-without-verb", ["orders", "order_total", "customers"], PLAIN),
    ("mostly-without-verb", ["orders", "order_total", "customers"], ["pdf_merger", "docx_to_pdf", "html_formatter"]),
    ("noun-among-verbs", [*PLAIN, "stock_level"], PLAIN),
    (
        "noun-among-verbs",
        [*PLAIN, "stock_level"],
        [*PLAIN, {"name": "frobnicate_gear", "description": "Frobnicate one gear."}],
    ),
    ("several-verbs-for-one-action", ["get_order", "fetch_customer", "list_orders"], PLAIN),
    (
        "several-verbs-for-one-action",
        ["delete_order", "remove_customer", "get_order"],
        ["delete_tag", "create_tag", "add_label", "remove_label"],
    ),
    (
        "inconsistent-prefix",
        ["shop_get_order", "shop_list_orders", "shop_cancel_order", "ping"],
        ["shop_get_order", "shop_list_orders", "shop_cancel_order"],
    ),
    (
        "inconsistent-prefix",
        ["shop_get_order", "shop_list_orders", "shop_cancel_order", "ping"],
        ["search_orders", "search_users", "search_items", "ping"],
    ),
    (
        "inconsistent-suffix",
        ["list_runs_tool", "get_run", "cancel_run"],
        ["list_runs_tool", "get_run_tool", "cancel_run_tool"],
    ),
    ("two-spellings", ["list_testcases", "get_test_case"], ["list_test_cases", "get_test_case"]),
    ("two-spellings", ["clone_repo", "delete_repository"], ["clone_repo", "delete_repo"]),
    ("singular-and-plural", ["create_issue", "create_issues"], ["create_issue", "list_issues"]),
    ("title-disagrees", [titled("get_order", "Purchase lookup")], [titled("get_order", "Get an order")]),
    ("title-disagrees", [titled("get_order", "Purchase lookup")], [titled("get_order", "取得订单")]),
    ("long-name", ["get_all_open_orders_of_customer_by_email"], ["get_open_orders_of_customer"]),
]


@pytest.mark.parametrize(("fact", "fires", "silent"), ROWS)
def test_fires_and_is_silent(fact, fires, silent):
    assert ask(fact, fires).holds is True
    assert ask(fact, silent).holds is False


@pytest.mark.parametrize(
    "fact",
    ["one-pattern", "mixed-word-order", "mostly-without-verb", "noun-among-verbs", "several-verbs-for-one-action"],
)
def test_words_in_other_scripts_cannot_be_told(fact):
    assert ask(fact, ["获取订单", "取消订单", "列出订单"]).status == "cannot-tell"


def test_names_in_other_languages_cannot_be_told():
    names = [
        {"name": f"buscar_{word}", "description": "Busca los datos de la tienda para el cliente."}
        for word in ("pedido", "cliente", "pago")
    ]
    assert ask("mostly-without-verb", names).status == "cannot-tell"


def test_case_style_is_told_in_any_language():
    assert ask("mixed-case-styles", ["buscar_pedido", "buscarCliente", "pagar_pedido"]).holds is True


def test_the_exceptions_are_named_not_the_rule():
    found = ask("mixed-case-styles", [*PLAIN, "listRefunds"])
    assert found.tools == ("listRefunds",)
    assert found.detail == "not in snake_case (1 of 5 names): `listRefunds`"


@given(st.lists(st.text(max_size=40), min_size=1, max_size=12))
def test_any_names_are_answered(names):
    tools, signals = build(*({"name": name, "description": name} for name in names))
    facts = examine_set(tools, signals, ())
    assert not [fact.reason for fact in facts if fact.status == "error"]
    assert all(tool in names for fact in facts for tool in fact.tools)


def test_rubric_and_checks_name_the_same_facts(root: Path):
    rubric = yaml.safe_load((root / "rubrics" / "server" / "naming_consistency.yaml").read_text(encoding="utf-8"))
    assert [f"{rubric['prefix']}/{name}" for name in rubric["facts"]] == [
        fact_id(dimension.PREFIX, check) for check in dimension.CHECKS
    ]
    assert {f"{dimension.PREFIX}/{row[0]}" for row in ROWS} == {
        fact_id(dimension.PREFIX, check) for check in dimension.CHECKS
    }
