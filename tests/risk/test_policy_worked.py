"""Rules over arguments, tool by tool: which calls pass before anything is filled in, and which after, in both dialects."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scorer.catalog import load_risk_rules
from scorer.errors import UsageError
from scorer.risk import assess
from scorer.risk.policies import patterns, policy
from scorer.signals import measure
from scorer.sources.definitions import read_tools

HERE = Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("risk_deciding", HERE / "deciding.py")
deciding = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(deciding)

TOOLS = read_tools(json.loads((HERE / "worked.json").read_text(encoding="utf-8"))["tools"])[0]
FILLS = {
    ("refund_charge", "amount"): "1..5000",
    ("refund_charge", "amount/day"): "20000",
    ("refund_capture", "amount.value"): "100",
    ("*", "amount.currency_code"): "EUR",
    ("place_stock_order", "symbol"): "AAA, BBB",
    ("place_stock_order", "qty"): "10",
    ("transfer_create", "amount"): "500",
    ("transfer_create", "beneficiary_id"): "b-rent",
    ("*", "path"): "/data/",
    ("create_or_update_file", "branch"): "agent/",
    ("kubectl_delete", "namespace"): "staging",
    ("kubectl_delete", "resourceType"): "pod,job",
    ("*", "url"): "https://docs.example/",
    ("move_relative", "degrees"): "-45..45",
}


def assessed(tools=TOOLS):
    rules = load_risk_rules()
    counted = [(tool, measure(tool)) for tool in tools]
    return [(tool.name, signals, assess(tool, signals, rules, policies=False)) for tool, signals in counted]


KNOWN = assessed()


def made(shape, fills=None, profile="recommended"):
    return policy("worked", KNOWN, load_risk_rules(), format=shape, profile=profile, fills=fills)


DOCUMENTS = {
    (shape, filled): {"intercept": yaml.safe_load, "policylayer": json.loads}[shape](made(shape, fills).text)
    for shape in ("intercept", "policylayer")
    for filled, fills in (
        (False, None),
        (True, {k: v for k, v in FILLS.items() if shape == "intercept" or k[1] != "amount/day"}),
    )
}
CHARGE = {"charge_id": "c", "reason": "duplicate"}
ORDER = {"symbol": "AAA", "side": "buy", "type": "limit", "limit_price": "3", "qty": "9"}
PAID = {"amount": 500, "beneficiary_id": "b-rent", "note": "rent"}
FILE = {"project_id": "1", "branch": "agent/a", "file_path": "src/a.py", "content": "", "commit_message": "m"}
POD = {"resourceType": "pod", "name": "a", "namespace": "staging"}

CALLS = [
    # tool, arguments, passes before anything is filled in, passes after
    ("refund_charge", {**CHARGE, "amount": 5000}, False, True),
    ("refund_charge", {**CHARGE, "amount": 5001}, False, False),
    ("refund_charge", {**CHARGE, "amount": 0}, False, False),
    ("refund_charge", CHARGE, False, False),
    ("refund_charge", {"charge_id": "c", "amount": 5}, False, False),
    ("refund_capture", {"capture_id": "c", "amount": {"value": "99.99", "currency_code": "EUR"}}, False, True),
    ("refund_capture", {"capture_id": "c", "amount": {"value": "100", "currency_code": "EUR"}}, False, False),
    ("refund_capture", {"capture_id": "c", "amount": {"value": "5", "currency_code": "KWD"}}, False, False),
    ("refund_capture", {"capture_id": "c", "amount": {"value": 5, "currency_code": "EUR"}}, False, False),
    ("refund_capture", {"capture_id": "c"}, False, False),
    ("place_stock_order", ORDER, False, True),
    ("place_stock_order", {**ORDER, "type": "market"}, False, False),
    ("place_stock_order", {**ORDER, "qty": "10"}, False, False),
    ("place_stock_order", {**ORDER, "notional": "5"}, False, False),
    ("place_stock_order", {**ORDER, "symbol": "CCC"}, False, False),
    ("place_stock_order", {**ORDER, "advanced_instructions": {}}, False, False),
    ("place_stock_order", {k: v for k, v in ORDER.items() if k != "limit_price"}, False, False),
    ("transfer_create", PAID, False, True),
    ("transfer_create", {**PAID, "note": "  "}, False, False),
    ("transfer_create", {**PAID, "amount": 500.5}, False, False),
    ("transfer_create", {**PAID, "amount": -5}, False, False),
    ("transfer_create", {**PAID, "beneficiary_id": "b-me"}, False, False),
    ("transfer_create", {**PAID, "beneficiary": {"iban": "x"}}, False, False),
    ("bulk_transfer_create", {"transfers": []}, False, False),
    ("write_file", {"path": "/data/a", "content": ""}, False, True),
    ("edit_file", {"path": "/data/a", "edits": []}, False, True),
    ("create_workbook", {"path": "/data/a.xlsx"}, False, True),
    ("create_workbook", {"path": "/data/a.xlsx", "overwrite": True}, False, False),
    ("create_or_update_file", FILE, False, True),
    ("create_or_update_file", {**FILE, "branch": "main"}, False, False),
    ("create_or_update_file", {**FILE, "file_path": ".github/workflows/a.yml"}, False, False),
    ("create_or_update_file", {**FILE, "file_path": "src/../.ci.yml"}, False, False),
    ("create_or_update_file", {**FILE, "file_path": "/src/a"}, False, False),
    ("create_or_update_file", {**FILE, "previous_path": "a"}, False, False),
    ("push_files", {"project_id": "1", "branch": "agent/a", "files": []}, False, False),
    ("merge_merge_request", {"project_id": "1", "merge_request_iid": "2", "sha": "a"}, True, True),
    ("merge_merge_request", {"project_id": "1", "merge_request_iid": "2"}, False, False),
    ("merge_merge_request", {"project_id": "1", "sha": "a", "auto_merge": True}, False, False),
    ("approve_merge_request", {"project_id": "1", "merge_request_iid": "2"}, False, False),
    ("send_invoice_reminder", {"invoice_id": "1", "note": "hello"}, True, True),
    ("send_invoice_reminder", {"invoice_id": "1", "additional_recipients": ["a@example.org"]}, False, False),
    ("execute_sql", {"sql": "SELECT a FROM b;"}, True, True),
    ("execute_sql", {"sql": "  select\na from b"}, True, True),
    ("execute_sql", {"sql": "DELETE FROM b"}, False, False),
    ("execute_sql", {"sql": "select 1; drop table b"}, False, False),
    ("execute_sql", {"sql": "WITH a AS (DELETE FROM b RETURNING *) SELECT * FROM a"}, False, False),
    ("execute_sql", {"sql": "selection"}, False, False),
    ("execute_sql", {}, False, False),
    ("query_read_only", {"sql": "WITH a AS (SELECT 1) SELECT * FROM a"}, True, True),
    ("kubectl_delete", POD, False, True),
    ("kubectl_delete", {"resourceType": "pod", "namespace": "staging"}, False, False),
    ("kubectl_delete", {**POD, "namespace": "live"}, False, False),
    ("kubectl_delete", {**POD, "resourceType": "namespace"}, False, False),
    ("kubectl_delete", {**POD, "labelSelector": "a=b"}, False, False),
    ("kubectl_delete", {**POD, "manifest": "kind: Pod"}, False, False),
    ("kubectl_delete", {**POD, "filename": "a.yaml"}, False, False),
    ("kubectl_delete", {**POD, "context": "live"}, False, False),
    ("kubectl_delete", {**POD, "allNamespaces": True}, False, False),
    ("kubectl_delete", {**POD, "force": True}, False, False),
    ("create_run", {"workspace_name": "w", "run_type": "plan_only", "message": "drift"}, True, True),
    ("create_run", {"workspace_name": "w", "run_type": "plan_and_apply", "message": "drift"}, False, False),
    ("create_run", {"workspace_name": "w", "message": "drift"}, False, False),
    ("create_run", {"workspace_name": "w", "run_type": "plan_only"}, False, False),
    ("create_run", {"workspace_name": "w", "run_type": "plan_only", "message": "m", "is_destroy": True}, False, False),
    ("action_run", {"run_id": "r", "run_action": "discard", "comment": "stale"}, True, True),
    ("action_run", {"run_id": "r", "run_action": "apply", "comment": "go"}, False, False),
    ("action_run", {"run_id": "r", "run_action": "cancel"}, False, False),
    ("fetch", {"url": "https://docs.example/a"}, False, True),
    ("fetch", {"url": "https://docs.example.evil.example/"}, False, False),
    ("browser_navigate", {"url": "http://10.0.0.1/"}, False, False),
    ("browser_tabs", {"action": "list"}, True, True),
    ("browser_tabs", {"action": "new", "url": "https://docs.example/"}, False, False),
    ("browser_snapshot", {}, True, True),
    ("browser_snapshot", {"filename": "a.md"}, False, False),
    ("browser_evaluate", {"function": "() => 1"}, False, False),
    ("delete-many", {"database": "d", "collection": "c", "filter": {"_id": 1}}, False, False),
    ("drop-collection", {"database": "d", "collection": "c"}, False, False),
    ("move_relative", {"degrees": -45}, False, True),
    ("move_relative", {"degrees": 46}, False, False),
    ("move_relative", {"degrees": 5, "speed": 9}, False, False),
    ("move_relative", {}, False, False),
    ("stop", {}, True, True),
    ("delete_customer", {"id": "1", "dry_run": True}, True, True),
    ("delete_customer", {"id": "1", "dry_run": False}, False, False),
    ("delete_customer", {"id": "1"}, False, False),
]


@pytest.mark.parametrize(("tool", "arguments", "before", "after"), CALLS)
def test_call(tool, arguments, before, after):
    for filled, wanted in ((False, before), (True, after)):
        assert deciding.intercept_allows(DOCUMENTS["intercept", filled], tool, arguments) is wanted
        assert deciding.policylayer_allows(DOCUMENTS["policylayer", filled], tool, arguments) is wanted


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a INTO b FROM c",
        "select pg_read_file('/etc/passwd')",
        "SELECT setval('s', 1)",
        "select a from b where exists (Delete from c)",
    ],
)
def test_words_inside_a_statement_are_denied_where_the_format_can_say_it(sql):
    assert not deciding.policylayer_allows(DOCUMENTS["policylayer", False], "execute_sql", {"sql": sql})
    assert any("SELECT ... INTO" in note for note in made("intercept").notes)


def test_a_sum_a_day_is_counted_from_the_argument():
    rules = DOCUMENTS["intercept", True]["tools"]["refund_charge"]["rules"]
    total = next(rule for rule in rules if "state" in rule)
    assert total["state"] == {"counter": "amount_day", "window": "day", "increment_from": "args.amount"}
    assert total["conditions"] == [{"path": "state.refund_charge.amount_day", "op": "lte", "value": 20000}]


def test_a_sum_is_counted_for_whole_minor_units_alone():
    counted = [tool for tool, body in DOCUMENTS["intercept", True]["tools"].items() if "increment_from" in str(body)]
    assert counted == ["refund_charge"]


def test_a_format_without_sums_says_so_and_asks_for_none():
    document = made("policylayer")
    assert any("no sums: for refund_charge" in note for note in document.notes)
    assert not any("/day" in text for text in document.placeholders)


def test_permissive_keeps_sql_to_reading_and_asks_a_person_for_nothing():
    document = made("intercept", profile="permissive")
    assert document.placeholders == ()
    rules = yaml.safe_load(document.text)["tools"]["execute_sql"]["rules"]
    assert rules[0]["name"] == "sql: select only"


@pytest.mark.parametrize("value", [",", " , "])
def test_a_list_needs_a_value(value):
    with pytest.raises(UsageError, match="url needs a value"):
        made("intercept", {("fetch", "url"): value})


@given(st.integers(1, 30000), st.decimals(0, 40000, places=2))
def test_amounts_as_text_are_compared_as_numbers(limit, amount):
    for text in (f"{amount}", f"{int(amount)}", f"{amount:.1f}"):
        passes = float(text) < limit
        assert (re.search(patterns.below(limit), text) is not None) is passes
        assert (re.search(patterns.not_below(limit), text) is None) is passes


@given(st.text("0123456789.", max_size=7), st.integers(1, 5000))
def test_a_text_that_is_no_plain_decimal_passes_neither_dialect(text, limit):
    denied = any(re.search(one, text) for one in (*patterns.NOT_DECIMAL, patterns.not_below(limit)))
    assert (re.search(patterns.below(limit), text) is None) is denied


@given(st.text("selctSELCTx \t;", max_size=12))
def test_the_complement_of_a_first_word_is_exact(text):
    starts = re.match(r"\s*select\s", text, re.IGNORECASE) is not None
    assert (re.search(patterns.not_first_word("select"), text) is None) is starts


@given(st.text("a./\\-", max_size=10))
def test_plain_paths_are_the_same_in_both_dialects(text):
    assert (re.search(patterns.PLAIN_PATH, text) is None) is (re.search(patterns.NO_PLAIN_PATH, text) is not None)
