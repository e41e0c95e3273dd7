"""Boundary cases: what a tool is, by what its words and schema let a caller do."""

from __future__ import annotations

import pytest

TEXT = {"type": "string"}
FLAG = {"type": "boolean"}

CASES = [
    # reads, whatever their names look like
    ("list_invoices", "Lists the invoices of a customer.", {}, "Read"),
    ("get_refund_policy", "Returns the refund policy of a shop.", {}, "Read"),
    ("subscription", "List the subscriptions of an account.", {}, "Read"),
    ("sum_two", "Add two numbers and return their sum.", {"a": {"type": "number"}, "b": {"type": "number"}}, "Read"),
    ("export_report", "Export the report as base64 text.", {"report_id": TEXT}, "Read"),
    ("vault_encode", "Base64-encode a string. Never mutates the vault.", {"value": TEXT}, "Read"),
    ("crawl_site", "Starts a crawl job and returns the pages.", {"url": TEXT}, "Read"),
    ("use_sheet", "Select the sheet that later calls work on.", {"sheet": TEXT}, "Read"),
    ("query_db", "Run a read-only SQL query.", {"sql": TEXT}, "Read"),
    ("server_status", "", {}, "Read"),
    ("daily_rates", "Daily exchange data", {}, "Read"),
    ("clean_text", "Process a Markdown text.", {"text": TEXT}, "Read"),
    # writes
    ("login_for", "Generate a login link.", {"user": TEXT}, "Write"),
    ("lay_slides", "Manage slide transitions.", {"operation": TEXT}, "Write"),
    ("new_folder", "Use this API to create a new folder.", {"body": {"type": "object"}}, "Write"),
    ("shot_of", "Get a request of the page.", {"responseFilePath": {"type": "string", "description": "Path to save the body to"}}, "Write"),
    ("d1_row_insert", "Insert a row into a table.", {"row": {"type": "object"}}, "Write"),
    ("remove_star", "Remove your star from a repository.", {"repo": TEXT}, "Write"),
    ("archive_chat", "Archive a conversation.", {"id": TEXT}, "Write"),
    ("send_mail", "Send an email to the recipients.", {"to": TEXT, "body": TEXT}, "Write"),
    ("save_shot", "Take a picture of the page.", {"output_path": TEXT}, "Write"),
    ("approve_change", "Approve a pull request.", {"id": TEXT}, "Write"),
    ("grant_role", "Grant a role to a member.", {"role": TEXT}, "Write"),
    ("rotate_key", "Rotate the API key of a project.", {"project": TEXT}, "Write"),
    ("bin_note", "Move a note to the trash.", {"id": TEXT}, "Write"),
    ("unstage_all", "Unstages all staged changes.", {}, "Write"),
    ("merge_sheets", "Merge cells of a table in a document.", {"range": TEXT}, "Write"),
    # runs
    ("stop_job", "Cancel a running job.", {"id": TEXT}, "Execute"),
    ("press", "Click an element of the page.", {"ref": TEXT}, "Execute"),
    ("roll_out", "Deploy a release to production.", {"release": TEXT}, "Execute"),
    ("merge_pr", "Merge a pull request.", {"id": TEXT}, "Execute"),
    ("run_js", "Run JavaScript code in the page.", {"code": TEXT}, "Execute"),
    ("lamp", "Turn a light of the smart home on or off.", {"entity_id": TEXT}, "Execute"),
    ("select_tab", "Select a page for later calls.", {"page": TEXT}, "Read"),
    ("close_sub", "Unsubscribe and close an existing pub/sub subscription.", {"id": TEXT}, "Read"),
    ("phase", "Return the phase of a course (setup/drill/mock).", {}, "Read"),
    ("zip_up", "Compress a file.", {"name": {"type": "string", "description": "Name of the output file"}}, "Read"),
    ("read_doc", "Read a paper.", {"save_path": {"type": "string", "description": "Where it would be saved (unused)."}}, "Read"),
    # losses
    ("d1_database_delete", "", {"id": TEXT}, "Destructive"),
    ("purge_bucket", "Purges every object of a bucket.", {"bucket": TEXT}, "Destructive"),
    ("put_page", "Creates a file or completely overwrites an existing file.", {"path": TEXT}, "Destructive"),
    ("make_book", "Create a workbook.", {"overwrite": FLAG}, "Destructive"),
    ("exec_sql", "Execute any SQL statement.", {"sql": TEXT}, "Destructive"),
    ("shell", "Run a shell command on the host.", {"command": TEXT}, "Destructive"),
    ("cut_row", "Delete a row from a sheet.", {"row": {"type": "integer"}}, "Destructive"),
    ("tidy", "Tidies a folder. Also permanently deletes files older than a year.", {}, "Destructive"),
    ("queue_pop", "Remove and return the first item of a queue.", {}, "Destructive"),
    ("branch", "Work with branches.", {"action": {"type": "string", "enum": ["list", "create", "delete"]}}, "Destructive"),
    ("black_out", "True redaction: remove text from a document.", {"text": TEXT}, "Destructive"),
    ("log_clear", "Clear the cache of messages. This is irreversible.", {}, "Destructive"),
    ("cache_clear", "清空消息缓存。警告：此操作不可逆！", {}, "Destructive"),
    ("run_code", "Run a Playwright snippet. Executes JavaScript in the server process.", {"code": TEXT}, "Destructive"),
    # money
    ("create_refund", "Refund a payment.", {"amount": {"type": "integer"}}, "Financial"),
    ("cancel_subscription", "Cancel the subscription of a customer.", {"id": TEXT}, "Financial"),
    ("place_order", "Place an order for shares.", {"symbol": TEXT, "qty": TEXT}, "Financial"),
    ("wire", "Transfer money to a beneficiary.", {"iban": TEXT, "amount": TEXT}, "Financial"),
    ("delete_invoice", "Void an invoice.", {"id": TEXT}, "Financial"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "description", "params", "category"), CASES, ids=[row[0] for row in CASES])
def test_category(card, name, description, params, category):
    found = card(name, description, params)
    assert found.category == category, found.reason


def test_what_cannot_be_told_is_execute_with_low_confidence(card):
    found = card("zorp", "Zorps the flim.")
    assert (found.category, found.confidence) == ("Execute", "low")


@pytest.mark.parametrize("hints", [{"readOnlyHint": True}, {"destructiveHint": False}, {"destructiveHint": True}, {}])
def test_hints_never_move_the_category(card, hints):
    assert card("drop_table", "Drops a table.", {"table": TEXT}, hints=hints).category == "Destructive"
    assert card("get_table", "Returns a table.", {"table": TEXT}, hints=hints).category == "Read"


def test_the_words_that_decided_are_quoted_with_their_place(card):
    description = "Careful. Deletes a customer and all orders."
    found = card("customer_delete", description)
    assert found.quote == description[found.place.start : found.place.end]
    assert found.reason.startswith("From the tool's definition")


def test_many_actions_are_named_the_worst_first(card):
    actions = {"action": {"type": "string", "enum": ["list", "create", "delete"]}}
    assert card("branch", "Work with branches.", actions).actions == ("delete", "create", "list")


def test_other_languages_are_read_by_their_names(card):
    assert card("request_delete", "Elimina una petición guardada.").category == "Destructive"


@pytest.mark.parametrize("text", ["", " ", "delete " * 4000, "\ud800", "…" * 20000, "(" * 5000, "a,or," * 5000])
def test_hostile_text_is_read_in_bounded_time(card, text):
    assert card("x", text).category
