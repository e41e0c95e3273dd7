"""Every kind of file, and everything that people pass by mistake."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.errors import InputError
from scorer.models.tool import Origin, ToolSet
from scorer.sources import files, open_source
from scorer.sources.client_config import ClientConfig
from scorer.sources.document import read_document
from scorer.sources.json_text import parse
from scorer.sources.numbers import BadNumberError

TOOL = {"name": "water_bed", "description": "Opens a valve.", "inputSchema": {"type": "object"}}
TEXT = json.dumps(TOOL)


def read(text: str | bytes, source: str = "tools.json") -> ToolSet:
    found = read_document(text if isinstance(text, bytes) else text.encode(), source)
    assert isinstance(found, ToolSet)
    return found


def refused(text: str | bytes, source: str = "tools.json") -> InputError:
    with pytest.raises(InputError) as caught:
        read_document(text if isinstance(text, bytes) else text.encode(), source)
    assert "\n" not in str(caught.value)
    assert caught.value.tip
    return caught.value


NAMES = ["list_beds", "water_bed", "list_valves"]
# file -> kind, server, version, the tools' pointers and lines, problems
KINDS = {
    "tools_list.json": ("tools/list result", "tools_list", None, [("/tools/0", 3), ("/tools/1", 16)], []),
    "envelope.json": (
        "JSON-RPC reply to tools/list",
        "envelope",
        None,
        [("/result/tools/0", 6), ("/result/tools/1", 19)],
        ["more-pages"],
    ),
    "array.json": ("array of tools", "array", None, [("/0", 2), ("/1", 15)], []),
    "single.json": ("single tool", "single", None, [("", 1)], []),
    "anthropic.json": ("list of Anthropic tools", "anthropic", None, [("/tools/0", 4), ("/tools/1", 17)], []),
    "openai.json": ("array of OpenAI tools", "openai", None, [("/0/function", 2), ("/1/function", 18)], []),
    "responses.json": ("array of OpenAI tools", "responses", None, [("/0", 2), ("/1", 17), ("/2", 41)], []),
    "lines.jsonl": ("JSON lines", "lines", None, [("", 1), ("", 3)], []),
    "captured.json": ("captured tool list", "greenhouse", "3.1.0", [("/tools/0", 5), ("/tools/1", 18)], []),
    "manifest.json": (
        "mcpb manifest",
        "greenhouse-bundle",
        "0.4.2",
        [("/tools/0", 10), ("/tools/1", 14)],
        ["tools-generated"],
    ),
    "transcript.txt": (
        "JSON-RPC transcript",
        "greenhouse",
        "3.1.0",
        [("/result/tools/0", 3), ("/result/tools/0", 4)],
        [],
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_recognised_and_placed(root, name):
    path = root / "tests/fixtures/sources" / name
    kind, server, version, places, problems = KINDS[name]
    found = open_source(str(path))
    assert isinstance(found, ToolSet)
    assert (found.kind, found.server_name, found.server_version, found.location) == (kind, server, version, str(path))
    assert [tool.name for tool in found.tools] == (["water_bed"] if name == "single.json" else NAMES[: len(places)])
    assert [(tool.origin.pointer, tool.origin.line) for tool in found.tools] == places
    assert {tool.origin.file for tool in found.tools} == {str(path)}
    assert [problem.code for problem in found.problems] == problems
    assert all(tool.schema_known is (name != "manifest.json") and not tool.problems for tool in found.tools)
    lines = path.read_text(encoding="utf-8").split("\n")
    assert all(lines[(tool.origin.line or 0) - 1].lstrip().startswith("{") for tool in found.tools)


def test_a_client_config_is_no_list_of_tools_comments_or_not(root):
    path = root / "tests/fixtures/sources/client.json"
    found = open_source(str(path))
    assert isinstance(found, ClientConfig)
    assert [server.name for server in found.servers] == ["greenhouse"]
    inner = '{"mcp": {"servers": {"a": {"url": "https://example.org/mcp"}}}, "editor.fontSize": 12}'
    assert isinstance(read_document(inner.encode(), "settings.json"), ClientConfig)
    assert isinstance(read_document(b'{"mcpServers": {}}', "x.json"), ClientConfig)
    assert "lists no tools" in str(refused('{"servers": {"production": {"host": "x"}}}'))


# text -> kind, number of tools
ALSO_TOOLS = {
    "empty list": ('{"tools": []}', "tools/list result", 0),
    "empty array": ("[]", "array of tools", 0),
    "no schema": ('{"name": "a", "description": "d"}', "single tool", 1),
    "result alone": (f'{{"result": {{"tools": [{TEXT}]}}}}', "JSON-RPC reply to tools/list", 1),
    "error is null": (
        f'{{"jsonrpc": "2.0", "error": null, "result": {{"tools": [{TEXT}]}}}}',
        "JSON-RPC reply to tools/list",
        1,
    ),
    "single anthropic": ('{"name": "a", "input_schema": {}}', "single Anthropic tool", 1),
    "single openai": ('{"type": "function", "function": {"name": "a"}}', "single OpenAI tool", 1),
    "a tool with a tools key": ('{"name": "a", "inputSchema": {}, "tools": [1, 2]}', "single tool", 1),
    "one line": (TEXT + "\n", "single tool", 1),
    "lines without suffix": (f"{TEXT}\r\n\r\n{TEXT}\r\n", "JSON lines", 2),
    "batch": (f'[{{"jsonrpc": "2.0", "id": 1, "result": {{"tools": [{TEXT}]}}}}]', "JSON-RPC transcript", 1),
    "byte order mark": ("\ufeff" + TEXT, "single tool", 1),
    "utf-16 with mark": (TEXT.encode("utf-16"), "single tool", 1),
    "utf-16-le without": (TEXT.encode("utf-16-le"), "single tool", 1),
    "utf-16-be": ("\ufeff".encode("utf-16-be") + TEXT.encode("utf-16-be"), "single tool", 1),
    "utf-32": (TEXT.encode("utf-32"), "single tool", 1),
}


@pytest.mark.parametrize(("text", "kind", "count"), ALSO_TOOLS.values(), ids=ALSO_TOOLS)
def test_other_spellings_of_a_list_of_tools(text, kind, count):
    found = read(text)
    assert (found.kind, len(found.tools), found.server_name, found.problems) == (kind, count, "tools", ())


# text -> what the error says (line and column where there is one), what the tip says
BROKEN = {
    "comma in object": (
        '{"tools": [{"name": "a",}\n',
        "a comma before a closing bracket at line 1, column 24",
        "Remove that",
    ),
    "comma in list": (
        '{"tools": [\n  {"name": "a"},\n]}',
        "a comma before a closing bracket at line 2, column 16",
        "Remove",
    ),
    "comma at the end": ('{"tools": [],\n}', "a comma before a closing bracket at line 1, column 13", "Remove"),
    "cut off": ('{"tools": [{"name": "a"', "the text ends too early at line 1, column 24", "cut off"),
    "cut in a string": ('{"tools": [{"name": "a', "unterminated string starting at line 1, column 21", "cut off"),
    "single quotes": ("{'tools': []}", "a single quote at line 1, column 2", "double quotes"),
    "typographic": ("{“tools”: []}", "a typographic quote at line 1, column 2", "straight"),
    "comment": ('{\n  // ours\n  "tools": []}', "a comment at line 2, column 3", "Remove the comments"),
    "python": ('{"tools": [{"name": "a", "x": None}]}', "a word that is not JSON at line 1, column 31", "null"),
    "fence": ("```json\n{}\n```", "a Markdown fence at line 1, column 1", "between the fences"),
    "bare key": ("{tools: []}", "expecting property name enclosed in double quotes at line 1, column 2", "every key"),
    "no comma": ('[{"a": 1}\n {"b": 2}]', "expecting ',' delimiter at line 2, column 2", "comma between"),
    "no comma, outer": ('{"a": 1 "b": 2}', "expecting ',' delimiter at line 1, column 9", "comma between"),
    "no colon": ('{"tools" []}', "expecting ':' delimiter at line 1, column 10", "colon"),
    "line break": ('{"name": "a\nb"}', "invalid control character at line 1, column 12", "\\n"),
    "escape": ('{"name": "\\x"}', "invalid \\escape", "backslash"),
    "more behind": ('{"tools": []} {"tools": []}', "extra data at line 1, column 15", "one tool on each line"),
    "not a number": (
        '{"name": "NaN",\n "inputSchema": {"x": NaN}}',
        "`NaN` is not a number that JSON can carry at line 2, column 23",
        "null",
    ),
    "infinity": ('{"inputSchema": {"x": -Infinity}}', "`-Infinity` is not a number", "finite"),
    "many digits": ('{"inputSchema": {"x": -' + "9" * 6000 + "}}", "a number of 6,001 characters is not", "finite"),
    "exponent": (
        '{"inputSchema": {"x": 1e999}}',
        "`1e999` is not a number that JSON can carry at line 1, column 23",
        "finite",
    ),
    "deep object": ('{"a":' * 100_000, "nested too deeply", "loop"),
    "deep, unclosed": ("[" * 100_000, "the text ends too early at line 1, column 100001", "cut off"),
    "words": ("hello there", "expecting value at line 1, column 1", "tools/list"),
}


@pytest.mark.parametrize(("text", "message", "tip"), BROKEN.values(), ids=BROKEN)
def test_broken_json_is_placed_and_explained(text, message, tip):
    error = refused(text)
    assert message in str(error)
    assert "tools.json" in str(error)
    assert tip in error.tip


FOREIGN = {
    "png": (b"\x89PNG\r\n\x1a\n\0\0", "x.png", "is a PNG image"),
    "zip": (b"PK\x03\x04\x14\0", "x.mcpb", "is a zip archive"),
    "gzip": (b"\x1f\x8b\x08\0", "x", "is a gzip archive"),
    "program": (b"\x7fELF\x02", "x", "is a program"),
    "zeros": (b"\0" * 64, "x", "x is not"),
    "latin-1": (b'{"name": "a",\n "description": "caf\xe9"}', "x", "x is not UTF-8: byte 0xe9 at line 2"),
    "odd utf-16": (b"\xff\xfe{", "x", "x is not UTF-16"),
    "nothing": (b"", "x", "x is empty"),
    "blank": (b" \n\xef\xbb\xbf"[:2], "x", "x is empty"),
    "lines of nothing": (b"\n\n", "x.jsonl", "x.jsonl is empty"),
    "html": (b"<!DOCTYPE html><html>", "x", "is an HTML page"),
    "xml": (b"<?xml version='1.0'?>", "x", "is XML"),
    "yaml": (b"tools:\n  - name: a\n", "x", "is YAML"),
    "yaml by name": (b"- name: a", "x.yml", "is YAML"),
    "toml": (b"[project]\nname = 'x'\n", "x", "is TOML"),
    "python": (b'"""Beds."""\nimport os\n', "x.py", "is source code"),
    "shell": (b"#!/bin/sh\n", "x", "is source code"),
    "http": (b"HTTP/1.1 200 OK\r\n", "x", "is an HTTP reply"),
    "events": (b"event: message\ndata: {}\n", "x", "is an event stream"),
    "jest": (b"// Jest Snapshot v1\n", "x.snap", "is a Jest snapshot"),
    "scalar": (b"3", "x", "x holds a bare JSON value"),
    "string": (b'"tools"', "x", "x holds a bare JSON value"),
    "empty object": (b"{}", "x", "x is an empty object"),
    "package": (b'{"name": "a", "description": "d", "version": "1", "scripts": {}}', "x", "is a package.json"),
    "lock": (b'{"name": "a", "version": "1", "lockfileVersion": 3, "packages": {}}', "x", "is a package-lock.json"),
    "registry": (
        b'{"name": "io.x/a", "description": "d", "version": "1", "packages": []}',
        "x",
        "registry server.json",
    ),
    "registry by schema": (
        b'{"$schema": "https://x/2025-09-29/server.schema.json", "name": "a"}',
        "x",
        "registry server.json",
    ),
    "openapi": (b'{"openapi": "3.1.0", "paths": {}}', "x", "is an OpenAPI document"),
    "schema": (b'{"type": "object", "properties": {}}', "x", "is a JSON Schema, not a tool"),
    "report": (b'{"schemaVersion": "1.0", "rubricVersion": "1", "tools": [{"name": "a"}]}', "x", "is a saved report"),
    "other": (
        b'{"a": 1, "b\\n\\u001b": 2, "c": 3, "d": 4, "e": 5}',
        "x",
        "lists no tools: its keys are a, b \ufffd, c, d, ...",
    ),
    "tools object": (b'{"tools": {"a": {}}}', "x", "the `tools` of x is an object, not a list"),
    "servers": (b'[{"serverName": "a", "tools": []}, {"tools": []}]', "x", "x is a list of 2 servers"),
    "manifest": (b'{"manifest_version": "0.3", "name": "a"}', "x", "x is a manifest that lists no tools"),
    "request": (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}', "x", "is a request, not the reply"),
    "other reply": (
        b'{"jsonrpc": "2.0", "id": 1, "result": {"content": []}}',
        "x",
        "is a reply, but not to tools/list",
    ),
    "null result": (b'{"jsonrpc": "2.0", "id": 1, "result": null}', "x", "is a reply, but not to tools/list"),
    "odd error": (b'{"jsonrpc": "2.0", "id": 1, "error": "no"}', "x", "is a JSON-RPC error, not a list: no"),
    "session without": (
        b'{"jsonrpc": "2.0", "result": {}}\n{"jsonrpc": "2.0", "result": {}}\n',
        "x",
        "none of them a reply",
    ),
    "session error": (
        b'{"jsonrpc": "2.0", "result": {}}\n{"jsonrpc": "2.0", "error": {"code": 1, "message": "no\\u001b"}}\n',
        "x",
        "is a JSON-RPC error, not a list: no\ufffd (code 1)",
    ),
}


@pytest.mark.parametrize(("data", "source", "message"), FOREIGN.values(), ids=FOREIGN)
def test_what_is_no_list_of_tools_is_named(data, source, message):
    assert message in str(refused(data, source))


def test_a_jsonrpc_error_is_told_with_its_code(root):
    with pytest.raises(InputError, match=r"is a JSON-RPC error, not a list: Method not found \(code -32601\)"):
        open_source(str(root / "tests/fixtures/sources/rpc_error.json"))


def test_entries_that_cannot_be_read_do_not_take_the_others_with_them():
    deep = '{"name": "deep", "inputSchema": ' + '{"a":' * 50_000 + '"] }"' + "}" * 50_000 + "}"
    found = read(f'{{"tools": [{TEXT},\n{deep}, {{"name": "n", "inputSchema": {{"x": 1e999}}}},\n 7, {TEXT}]}}')
    assert [tool.origin for tool in found.tools] == [
        Origin("tools.json", "/tools/0", 1),
        Origin("tools.json", "/tools/4", 3),
    ]
    assert [(p.tool, p.code, p.pointer) for p in found.problems] == [
        ("#2", "too-deep", "/tools/1"),
        ("#3", "not-a-number", "/tools/2"),
        ("#4", "not-an-object", "/tools/3"),
    ]
    assert found.problems[1].message.startswith("`1e999` at line 2, column ")
    assert [p.code for p in found.tools[1].problems] == ["duplicate-name"]


def test_two_hundred_levels_are_graded_or_told_with_the_text_kept():
    schema = '{"type": "object", "properties": {"a": ' * 200 + "{}" + "}}" * 200
    (tool,) = read(f'{{"tools": [{{"name": "a", "description": "d", "inputSchema": {schema}}}]}}').tools
    assert (tool.description, tool.schema_known, [p.code for p in tool.problems]) == ("d", False, ["too-deep"])


def test_a_key_that_stands_twice_is_told_where_it_matters():
    found = read(
        '{"tools": [], "tools": [{"name": "a", "name": "b", "inputSchema": {"x": 1, "x": 2}}, {"name": "c", "inputSchema": {}}]}'
    )
    assert [tool.name for tool in found.tools] == ["b", "c"]
    assert [p.message[:13] for p in found.tools[0].problems] == ["the key `x` s", "the key `name"]
    assert found.tools[0].definition["inputSchema"] == {"x": 2}
    assert found.tools[1].problems == ()
    assert [(p.code, p.tool) for p in found.problems] == [("duplicate-key", None)]
    (single,) = read('{"name": "a", "name": "b", "inputSchema": {}}').tools
    assert [p.code for p in single.problems] == ["duplicate-key"]


def test_lone_surrogates_never_reach_an_output():
    (tool,) = read('{"name": "a", "description": "\\ud800 \\ud83d\\ude00", "inputSchema": {"\\udc00": 1}}').tools
    assert tool.description == "\ufffd \U0001f600"
    assert [p.pointer for p in tool.problems] == ["/description", "/inputSchema"]
    json.dumps(tool.definition, ensure_ascii=False).encode()


def test_broken_lines_are_rows_and_the_others_are_read():
    found = read(f'{TEXT}\n{{"name": \n[]\n{{"tools": []}}\n{{"inputSchema": {{}}}}\n', "x.jsonl")
    assert [(tool.name, tool.origin) for tool in found.tools] == [("water_bed", Origin("x.jsonl", "", 1))]
    assert [(p.tool, p.code) for p in found.problems] == [
        ("line 2", "not-json"),
        ("line 3", "not-an-object"),
        ("line 4", "not-a-tool"),
        ("line 5", "no-name"),
    ]
    assert "at line 2, column" in found.problems[0].message
    assert "is not valid JSON" in str(refused("{\n{", "x.ndjson"))


def test_hostile_server_names_are_bounded_and_nonsense_ones_ignored():
    names = ['"' + "n" * 1_000_000 + '"', "7", '" "', '"a\\ud800"']
    found = [read(f'{{"serverName": {name}, "serverVersion": {name}, "tools": []}}') for name in names]
    assert [(len(f.server_name), f.server_version is None) for f in found] == [
        (200, False),
        (5, True),
        (5, True),
        (2, False),
    ]
    assert found[3].server_name == "a\ufffd"


def test_stdin_is_read_once_and_named(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"[{TEXT}]".encode())))
    found = open_source("-")
    assert (found.server_name, found.location, found.kind) == ("stdin", "-", "array of tools")
    assert found.tools[0].origin == Origin(None, "/0", 1)
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="stdin cannot be read"):
        open_source("-")


# path (in an empty folder that holds tools.json) -> message, tip
MISSING = {
    "close": ("tool.json", "there is no file tool.json", "Did you mean tools.json?"),
    "far": ("zzzz", "there is no file zzzz", "Check the path"),
    "folder": ("nowhere/tools.json", "there is no folder nowhere", "Check the path"),
    "below a file": ("tools.json/x", "there is no folder tools.json", "Check the path"),
    "url": ("https://example.org/mcp", "is a URL", "--url https://example.org/mcp"),
    "command": ("npx -y beds", "there is no file npx -y beds", '--server "npx -y beds"'),
    "nothing": ("", "there is no input", "Name a file"),
    "nul": ("a\0b", "a\ufffdb cannot be read", "Name a file"),
    "long": ("x" * 5000, "cannot be read", "Name a file"),
    "control": ("\x1b[31m", "\ufffd[31m", "Check the path"),
    "surrogate": ("\ud800", "", "Name a file"),
    "loop": ("loop", "loop cannot be read", "Name a file"),
    "device": (os.devnull, "is neither a file nor a folder", "stdin"),
    "pipe": ("pipe", "is neither a file nor a folder", "stdin"),
}


@pytest.mark.parametrize(("path", "message", "tip"), MISSING.values(), ids=MISSING)
def test_a_path_that_leads_to_no_file_is_told_at_once(tmp_path, monkeypatch, path, message, tip):
    monkeypatch.chdir(tmp_path)
    Path("tools.json").write_text("[]", encoding="utf-8")
    Path("loop").symlink_to("loop")
    os.mkfifo("pipe")
    with pytest.raises(InputError) as caught:
        open_source(path)
    str(caught.value).encode()
    assert message in str(caught.value)
    assert tip in caught.value.tip


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_closed_files_and_folders_are_told(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    with pytest.raises(InputError, match="may not be read"):
        open_source(str(closed))
    with pytest.raises(InputError, match="may not be read"):
        open_source(str(closed / "tools.json"))


def test_a_refusal_of_the_system_is_told():
    assert str(files.unreadable("a", PermissionError(13, "Permission denied"))) == "a may not be read"
    assert str(files.unreadable("a", OSError(5, "Input/output error"))) == "a cannot be read: Input/output error"


def test_the_limit_of_size_is_told_and_nothing_beyond_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "tools.json"
    path.write_text(f"[{TEXT}]", encoding="utf-8")
    monkeypatch.setattr(files, "MAX_BYTES", path.stat().st_size)
    assert len(open_source(str(path)).tools) == 1
    monkeypatch.setattr(files, "MAX_BYTES", path.stat().st_size - 1)
    with pytest.raises(InputError, match="is larger than 0 MB"):
        open_source(str(path))


def test_ten_thousand_tools_keep_their_lines():
    found = read('{"tools": [\n' + ",\n".join(json.dumps({**TOOL, "name": f"t{i}"}) for i in range(10_000)) + "\n]}")
    assert [tool.origin.line for tool in found.tools] == list(range(2, 10_002))
    assert found.problems == ()


def test_every_captured_server_reads_without_a_problem(shared):
    paths = sorted((shared / "bench/servers").glob("*.json"))
    assert len(paths) > 50
    for path in paths:
        document = json.loads(path.read_bytes())
        found = open_source(str(path))
        assert isinstance(found, ToolSet)
        assert (found.kind, found.server_name) == ("captured tool list", document["serverName"])
        assert [tool.definition for tool in found.tools] == document["tools"]
        assert (found.problems, [p for tool in found.tools for p in tool.problems]) == ((), [])
        lines = path.read_text(encoding="utf-8").split("\n")
        assert all("{" in lines[(tool.origin.line or 0) - 1] for tool in found.tools)


# file -> kind, names
SHARED = {
    "anthropic.json": ("array of Anthropic tools", ["a"]),
    "openai.json": ("array of OpenAI tools", ["a"]),
    "manifest.json": ("mcpb manifest", ["a"]),
    "single.json": ("single tool", ["search_orders"]),
    "empty.json": ("tools/list result", []),
    "tools.json": ("tools/list result", ["search_orders", "getData", "delete_customer", "process", "find_orders"]),
    "tools_array.json": ("array of tools", ["search_orders", "getData", "delete_customer", "process", "find_orders"]),
    "tools_rpc.json": (
        "JSON-RPC reply to tools/list",
        ["search_orders", "getData", "delete_customer", "process", "find_orders"],
    ),
    "toolsnaps": ("snapshot folder", ["delete_customer", "find_orders", "getData", "process", "search_orders"]),
}


@pytest.mark.parametrize("name", SHARED)
def test_the_shared_inputs_read_as_what_they_are(shared, name):
    found = open_source(str(shared / "fixtures" / name))
    kind, names = SHARED[name]
    assert (found.kind, sorted(tool.name for tool in found.tools), found.problems) == (kind, sorted(names), ())


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["tools", "result", "a", "b"]), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(JSON, st.sampled_from([None, 0, 3]), st.booleans())
def test_parsing_agrees_with_the_standard_library_and_finds_each_element(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    document = parse(text)
    assert document.value == json.loads(text)
    for pointer, elements in document.elements.items():
        for element in elements:
            assert json.JSONDecoder().raw_decode(text, element.start)[0] == element.value, pointer


def outcome(data: bytes) -> InputError | None:
    try:
        read_document(data, "x")
    except InputError as error:
        return error
    return None


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


@given(st.text(st.sampled_from("{}[]\",:\\ \n\ttools1e-NaN.u0d8/*'"), max_size=40) | st.text(max_size=30))
def test_any_text_is_read_or_refused_in_one_line(text):
    try:
        parse(text)
    except BadNumberError:
        assert is_json(text)
    except json.JSONDecodeError:
        assert not is_json(text)
    else:
        assert is_json(text)
    assert "\n" not in str(outcome(text.encode()))


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_in_one_line(data):
    error = outcome(data)
    assert "\n" not in str(error)
    assert error is None or error.tip
