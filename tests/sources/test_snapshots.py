"""Snapshot folders, and the canonical snapshot of a server."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.errors import InputError
from scorer.models.tool import ToolSet
from scorer.sources import open_source
from scorer.sources.definitions import read_tools
from scorer.sources.document import read_document
from scorer.sources.snapshots import dump_snapshot

TOOL = '{"name": "%s", "inputSchema": {"type": "object"}}'


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_graded_file_by_file_and_what_is_no_snapshot_is_named(root):
    folder = root / "tests/fixtures/sources/greenhouse/__toolsnaps__"
    found = open_source(str(folder))
    assert (found.kind, found.server_name, found.location) == ("snapshot folder", "greenhouse", str(folder))
    assert [tool.name for tool in found.tools] == ["list_beds", "water_bed"]
    assert [tool.origin.file for tool in found.tools] == [str(folder / n) for n in ("list_beds.snap", "water_bed.json")]
    assert {(tool.origin.pointer, tool.origin.line) for tool in found.tools} == {("", 1)}
    assert [(p.tool, p.code) for p in found.problems] == [
        ("broken.snap", "not-readable"),
        ("both.json", "not-a-snapshot"),
        ("package.json", "not-a-snapshot"),
    ]
    assert "a comma before a closing bracket at line 3, column 36" in found.problems[0].message
    assert found.problems[1].message == "both.json holds a list of 2 tools, not one: left out"
    assert "package.json is a package.json, which lists no tools" in found.problems[2].message


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("orders", "orders"),
        ("orders/toolsnaps", "orders"),
        ("orders/__toolsnaps__", "orders"),
        ("orders/snapshots", "orders"),
    ],
)
def test_the_server_is_called_after_the_folder_that_says_something(tmp_path, folder, name):
    write(tmp_path, {f"{folder}/a.json": TOOL % "a"})
    assert open_source(str(tmp_path / folder)).server_name == name


def test_the_current_folder_has_a_name(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, {"a.json": TOOL % "a"}))
    found = open_source(".")
    assert (found.server_name, found.location, found.tools[0].origin.file) == (tmp_path.name, ".", "a.json")


def test_two_files_with_one_name_are_both_read(tmp_path):
    found = open_source(str(write(tmp_path, {"a.json": TOOL % "a", "b.SNAP": TOOL % "a", "c.snap": "[1]"})))
    assert [tool.name for tool in found.tools] == ["a", "a"]
    assert "is also the name of a.json" in found.tools[1].problems[0].message


def test_a_nameless_snapshot_is_an_error_row_that_names_the_file(tmp_path):
    found = open_source(str(write(tmp_path, {"a.json": TOOL % "a", "b.json": '{"inputSchema": {}}'})))
    assert [(p.tool, p.code) for p in found.problems] == [("b.json", "no-name")]


# files -> what the error says, what the tip says
NO_SNAPSHOT = {
    "empty": ({}, "holds no tool snapshots", "A snapshot is one tool definition"),
    "other files": ({"README.md": "x", ".hidden.json": TOOL % "a"}, "holds no tool snapshots", "A snapshot is"),
    "a list": (
        {"tools.json": '{"tools": []}', "package.json": '{"name": "x", "bin": {}}'},
        "no one-tool",
        "tools.json",
    ),
    "a config": ({"mcp.json": '{"mcpServers": {}}'}, "no one-tool snapshots", "mcp.json"),
    "a hidden config": ({".mcp.json": "{}"}, "no one-tool snapshots", ".mcp.json"),
    "an editor's config": ({".vscode/mcp.json": "{}"}, "no one-tool snapshots", "mcp.json"),
    "below": ({"pkg/github/__toolsnaps__/a.snap": TOOL % "a"}, "no tool snapshots itself", "__toolsnaps__"),
    "below a module": ({"node_modules/x/__toolsnaps__/a.snap": TOOL % "a"}, "no tool snapshots", "A snapshot is"),
    "broken": ({"a.json": '{"name": '}, "the text ends too early at line 1, column 9", "Mend that file"),
    "jest": ({"a.snap": "// Jest Snapshot v1\nexports[`x`] = `1`;"}, "is a Jest snapshot", "Mend that file"),
}


@pytest.mark.parametrize(("files", "message", "tip"), NO_SNAPSHOT.values(), ids=NO_SNAPSHOT)
def test_a_folder_without_snapshots_says_what_to_name_instead(tmp_path, files, message, tip):
    with pytest.raises(InputError) as caught:
        open_source(str(write(tmp_path, files)))
    assert message in str(caught.value)
    assert tip in caught.value.tip


def test_nothing_in_a_folder_leads_out_of_it_or_blocks(tmp_path):
    outside = write(tmp_path, {"outside.json": TOOL % "secret"}) / "outside.json"
    folder = write(tmp_path / "in", {"a.json": TOOL % "a", "sub.json/b.json": TOOL % "b"})
    (folder / "link.json").symlink_to(outside)
    os.mkfifo(folder / "pipe.json")
    found = open_source(str(folder))
    assert [tool.name for tool in found.tools] == ["a"]
    assert [p.tool for p in found.problems] == ["link.json", "pipe.json"]
    assert "symbolic link, which is not followed" in found.problems[0].message
    assert "neither a file nor a folder" in found.problems[1].message


def test_hostile_file_names_stay_on_one_line(tmp_path):
    found = open_source(str(write(tmp_path, {"a.json": TOOL % "a", "b\n\x1b[31m.json": "{"})))
    assert found.problems[0].tool == "b\ufffd\ufffd[31m.json"
    assert "\n" not in found.problems[0].message


def test_a_snapshot_is_canonical():
    tools, _ = read_tools([{"name": "b", "inputSchema": {"z": 1, "a": "ü"}}, {"description": "d", "name": "a"}])
    found = ToolSet("greenhouse", tools, "1.0")
    text = dump_snapshot(found)
    assert text == (
        '{\n  "serverName": "greenhouse",\n  "serverVersion": "1.0",\n  "tools": [\n'
        '    {\n      "description": "d",\n      "name": "a"\n    },\n'
        '    {\n      "inputSchema": {\n        "a": "ü",\n        "z": 1\n      },\n      "name": "b"\n    }\n  ]\n}\n'
    )
    assert dump_snapshot(replace(found, tools=tuple(reversed(tools)))) == text


TEXT = st.text(st.characters(), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=10,
)
ENTRY = st.builds(
    lambda name, schema, rest: {**rest, "name": name, "inputSchema": schema},
    st.text("abcXYZ_-. ü", min_size=1).filter(str.strip),
    st.dictionaries(TEXT, JSON, max_size=3),
    st.dictionaries(TEXT, JSON, max_size=3),
)


@given(st.lists(ENTRY, max_size=5), st.none() | TEXT)
def test_a_snapshot_read_back_gives_the_same_definitions(entries, version):
    tools, _ = read_tools(entries)
    text = dump_snapshot(ToolSet("greenhouse", tools, version))
    again = read_document(text.encode(), "x.json")
    assert again.kind == "captured tool list"
    assert [tool.definition for tool in again.tools] == [t.definition for t in sorted(tools, key=lambda t: t.name)]
    assert [line["name"] for line in json.loads(text)["tools"]] == sorted(tool.name for tool in tools)
    assert dump_snapshot(replace(again, server_version=version)) == text
