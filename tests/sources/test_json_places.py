"""Every field's place is where an editor would put the cursor."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.models.fact import Place
from scorer.scorecard.places import Finder
from scorer.sources.document import open_source, read_document
from scorer.sources.json_places import JsonPlaces, Lines

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(LEAVES, lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(), below, max_size=4))


def pointers(value, base=""):
    yield base, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in items:
        yield from pointers(below, f"{base}/{str(key).replace('~', '~0').replace('/', '~1')}")


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.text(), VALUES, max_size=4), st.sampled_from([None, 0, 2]), st.booleans())
def test_every_value_is_found_where_it_stands(value, indent, ascii_only):
    text = "\n  " + json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    rows = text.split("\n")
    found = {place.pointer: place for place in JsonPlaces(Lines(text), 3, "f.json")}
    wanted = dict(pointers(value))
    assert set(found) == set(wanted)
    for pointer, below in wanted.items():
        place = found[pointer]
        at = rows[place.line - 1][place.column - 1 - isinstance(below, str) :]
        first = json.dumps(below, ensure_ascii=ascii_only)
        assert at.startswith("[" if isinstance(below, list) else "{" if isinstance(below, dict) else first)


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1), st.data())
def test_an_offset_into_a_string_is_an_offset_in_the_file(words, data):
    offset = data.draw(st.integers(0, len(words) - 1))
    text = json.dumps([{"name": "a", "description": words}], indent=1, ensure_ascii=data.draw(st.booleans()))
    (tool,) = read_document(text.encode(), "a.json").tools
    if tool.problems:  # half a surrogate pair was mended
        return
    place = Finder(tool).place(Place("/description", offset, offset + 1))
    at = text.split("\n")[place.line - 1][place.column - 1 :]
    rest = json.dumps(words[offset:], ensure_ascii="\\u" in text)[1:2]
    assert at.startswith(rest)
    assert (place.file, place.pointer) == ("a.json", "/description")


SHAPES = {
    "tools/list": '{"tools": [\n {"name": "a",\n  "description": "D"}]}',
    "one tool": '\n\n{"name": "a",\n  "description": "D", "inputSchema": {}}',
    "JSON lines": '{"name": "z", "inputSchema": {}}\n\n {"name": "a", "description": "D", "inputSchema": {}}\n',
    "Anthropic": '[{"name": "a", "input_schema": {"type": "object"},\n "description": "D"}]',
    "OpenAI": '[{"type": "function", "function": {\n"name": "a", "description": "D", "parameters": {"type": "object"}}}]',
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_in_every_shape(text, tmp_path):
    path = tmp_path / ("t.jsonl" if text.count('"name"') > 1 else "t.json")
    path.write_text(text, encoding="utf-8")
    tool = next(tool for tool in open_source(str(path)).tools if tool.name == "a")
    found = {place.pointer: place for place in tool.places}
    rows = text.split("\n")
    assert rows[found["/description"].line - 1][found["/description"].column - 1 :].startswith('D"')
    assert ("/inputSchema" in found) == (tool.input_schema is not None)


def test_the_snapshots_of_a_folder(tmp_path):
    (tmp_path / "a.snap").write_text('{\n "name": "a",\n "description": "D"\n}', encoding="utf-8")
    (tool,) = open_source(str(tmp_path)).tools
    place = {place.pointer: place for place in tool.places}["/description"]
    assert (place.file, place.line, place.column) == (str(tmp_path / "a.snap"), 3, 18)


def test_a_hostile_definition_is_bounded():
    text = json.dumps({"name": "a", "x": [0] * 100_000})
    assert len(JsonPlaces(Lines(text), 0, "a.json")) <= 20_000


def test_stdin_has_no_places():
    (tool,) = read_document(b'[{"name": "a"}]', "-").tools
    assert tool.places == ()
