"""Whatever the input: one clear error with a tip and exit 2 when nothing can be graded, else an error row and the rest graded."""

from __future__ import annotations

import json
import os
import sys

import pytest

GOOD = {
    "name": "get_order",
    "description": "Get one order with its lines and state.",
    "inputSchema": {"type": "object", "properties": {"id": {"type": "string", "description": "Order id, like O-17."}}},
}


def nested(levels):
    schema = {"type": "string"}
    for _ in range(levels):
        schema = {"type": "object", "properties": {"inner": schema}}
    return schema


HOPELESS = {
    "empty file": (b"", "empty"),
    "only spaces": (b"  \n ", "empty"),
    "broken JSON": (b'{"tools": [\n  {"name": }\n]}', "line 2, column 12"),
    "cut short": (b'{"tools": [{"name": "a"', "line 1"),
    "NaN": (b'{"tools": NaN}', "NaN"),
    "zero tools": (b'{"tools": []}', "no tools"),
    "an empty list": (b"[]", "no tools"),
    "a number": (b"7", ""),
    "a text": (b'"tools"', ""),
    "null": (b"null", ""),
    "another document": (b'{"dependencies": {"left-pad": "1"}}', ""),
    "an OpenAPI document": (b'{"openapi": "3.1.0", "paths": {}}', ""),
    "tools that are no list": (b'{"tools": {"a": 1}}', ""),
    "no entry is a tool": (b'{"tools": [1, null, "x", []]}', "a tool must be an object"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ""),
    "UTF-16": ('{"tools": []}'.encode("utf-16"), ""),
    "Python": (b"def tool():\n    pass\n", ""),
    "YAML": (b"tools:\n  - name: a\n", ""),
    "a JSON-RPC error": (b'{"jsonrpc": "2.0", "id": 1, "error": {"code": -32601, "message": "no\x1b[2J"}}', ""),
    "nested without end": (b"[" * 100_000, ""),
}


@pytest.mark.parametrize(("content", "said"), HOPELESS.values(), ids=HOPELESS)
def test_nothing_to_grade_is_exit_2(toolmark, written, content, said):
    called = toolmark("score", written(content))
    assert (called.code, called.out) == (2, "")
    lines = [line for line in called.err.splitlines() if not line.startswith("Read ")]
    assert lines[0].startswith("error: ")
    assert said in called.err
    assert any(line.startswith("tip: ") for line in lines[1:])
    assert "Traceback" not in called.err
    assert called.err.replace("\n", "").isprintable()


ODD = {
    "a boolean schema": ({"name": "odd", "inputSchema": True}, "boolean-schema"),
    "a null schema": ({"name": "odd", "inputSchema": None}, "null-schema"),
    "a schema that is a list": ({"name": "odd", "inputSchema": [1]}, "schema-not-an-object"),
    "no schema": ({"name": "odd", "description": "Does odd things."}, "missing-schema"),
    "a name twice": ({**GOOD, "description": "Get it again."}, "duplicate-name"),
    "a number beyond floats": ({"name": "odd", "inputSchema": {"default": 10**400}}, "not-a-number"),
    "no object": (17, "not-an-object"),
    "no name": ({"description": "Gets a thing."}, "no-name"),
    "a name that is a number": ({"name": 4}, "name-not-a-string"),
    "a description that is a list": (
        {"name": "odd", "description": ["a"], "inputSchema": {}},
        "description-not-a-string",
    ),
}


@pytest.mark.parametrize(("entry", "code"), ODD.values(), ids=ODD)
def test_one_bad_entry_is_a_row_and_the_rest_is_graded(toolmark, written, entry, code):
    path = written({"tools": [GOOD, entry]})
    called = toolmark("score", path, "--format", "json")
    assert called.code == 0, called.err
    report = json.loads(called.out)
    assert report["tools"][0]["complete"]
    assert report["server"]["toolCount"] == 2
    rows = [row["code"] for row in report["errors"]] + [
        row["code"] for card in report["tools"] for row in card["errors"]
    ]
    assert code in rows
    assert toolmark("score", path).code == 0


ABSURD = {
    "recursive $ref": {"type": "object", "properties": {"a": {"$ref": "#"}}},
    "$ref in a circle": {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}},
    "a remote $ref": {"type": "object", "properties": {"a": {"$ref": "http://127.0.0.1:9/schema.json"}}},
    "a $ref to a file": {"type": "object", "properties": {"a": {"$ref": "file:///etc/hostname"}}},
    "200 levels": nested(200),
    "1,000 properties": {"type": "object", "properties": {f"p{n}": {"type": "string"} for n in range(1000)}},
    "types of nonsense": {"type": 7, "properties": [], "required": {"a": 1}, "$defs": 3, "oneOf": None, "enum": "x"},
    "a hostile pattern": {
        "type": "object",
        "properties": {"a": {"type": "string", "pattern": "(a+)+$", "default": "a" * 40 + "!"}},
    },
    "half a surrogate pair": {
        "type": "object",
        "properties": {"a": {"type": "string", "description": "\ud800 is half."}},
    },
}


@pytest.mark.parametrize("schema", ABSURD.values(), ids=ABSURD)
def test_absurd_schemas_are_graded(toolmark, written, schema, tmp_path):
    path = written({"tools": [GOOD, {"name": "odd", "description": "Does odd things.", "inputSchema": schema}]})
    outputs = [part for name in ("json", "markdown", "html") for part in (f"--{name}", tmp_path / f"card.{name}")]
    called = toolmark("score", path, *outputs)
    assert called.code == 0, called.err
    assert "internal-error" not in (tmp_path / "card.json").read_text(encoding="utf-8")
    report = json.loads((tmp_path / "card.json").read_text(encoding="utf-8"))
    assert [card["name"] for card in report["tools"]] == ["get_order", "odd"]
    assert not [fact for card in report["tools"] for fact in card["facts"] if fact.get("status") == "error"]


def test_hostile_words_do_not_steer_the_terminal(toolmark, written):
    hostile = {**GOOD, "name": "x\x1b[2J\u202egnp.exe", "description": "\x1b]0;owned\x07 \u200b \x9b31m Get it."}
    called = toolmark("score", written({"tools": [hostile, hostile]}), "--tool", "y\x1b[31m")
    assert called.code == 2
    shown = toolmark("score", written({"tools": [hostile, 3]}))
    assert shown.code == 0
    for text in (called.err, shown.err, shown.out):
        assert not set(text) & set("\x1b\x07\x9b\u202e\u200b")


def test_a_name_on_the_command_line_is_escaped_too(toolmark, tmp_path):
    called = toolmark("score", tmp_path / "no\x1b[31msuch\nfile.json")
    assert called.code == 2
    assert "\x1b" not in called.err


def test_zero_tools_may_be_allowed(toolmark, written):
    for name in ("text", "json", "markdown", "html"):
        called = toolmark("score", written({"tools": []}), "--allow-empty", "-f", name)
        assert called.code == 0, called.err
    assert (
        json.loads(toolmark("score", written({"tools": []}), "--allow-empty", "-f", "json").out)["serverScore"][
            "overallScore"
        ]
        is None
    )


def test_a_missing_file_names_its_neighbour(toolmark, orders):
    called = toolmark("score", orders.with_name("order.json"))
    assert called.code == 2
    assert "orders.json" in called.err.split("tip: ")[1]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file(toolmark, orders):
    orders.chmod(0)
    assert toolmark("score", orders).code == 2


def test_an_empty_folder(toolmark, tmp_path):
    called = toolmark("score", tmp_path)
    assert called.code == 2
    assert "tip: " in called.err


def test_a_pipe_as_a_file_is_refused(toolmark, tmp_path):
    os.mkfifo(tmp_path / "tools.json")
    assert toolmark("score", tmp_path / "tools.json").code == 2


def test_a_file_of_50_megabytes(toolmark, written):
    filler = {**GOOD, "name": "filler", "description": "word " * 10_000_000}
    called = toolmark("score", written({"tools": [GOOD, filler]}), "--format", "json")
    assert called.code in (0, 2)
    assert "error: " in called.err if called.code else "oversized" in called.out


def test_deep_definitions_do_not_exhaust_the_stack(toolmark, written):
    deep = "[" * 5000 + "]" * 5000
    text = (
        json.dumps({"tools": [GOOD]})[:-2]
        + ', {"name": "deep", "inputSchema": {"type": "object", "default": '
        + deep
        + "}}]}"
    )
    called = toolmark("score", written(text))
    assert called.code in (0, 2), called.err
    assert sys.getrecursionlimit() <= 10_000
