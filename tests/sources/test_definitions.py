"""What becomes of one entry of a tool list, row by row."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.models.tool import Origin, Tool
from scorer.sources.bounds import MAX_DEPTH
from scorer.sources.definitions import read_tools
from scorer.sources.fields import MAX_NAME, MAX_TEXT

SCHEMA = {"type": "object", "properties": {"bed": {"type": "string"}}}


def one(entry: object, **kwargs) -> Tool:
    tools, problems = read_tools([entry], **kwargs)
    assert problems == ()
    return tools[0]


def nested(levels: int) -> object:
    value: object = 1
    for _ in range(levels):
        value = {"a": value}
    return value


def test_a_sound_definition_is_kept_whole():
    entry = {
        "name": "water_bed",
        "title": "Water",
        "description": "Opens a valve.",
        "inputSchema": SCHEMA,
        "outputSchema": {"type": "object"},
        "annotations": {"readOnlyHint": False},
        "_meta": {"x": 1},
        "icons": [],
    }
    tool = one(entry, file="beds.json")
    assert tool == Tool(
        name="water_bed",
        definition=entry,
        title="Water",
        description="Opens a valve.",
        input_schema=SCHEMA,
        output_schema={"type": "object"},
        annotations={"readOnlyHint": False},
        origin=Origin("beds.json", "/tools/0"),
    )


SHAPES = {
    "anthropic": ({"name": "a", "input_schema": SCHEMA}, {"name": "a", "inputSchema": SCHEMA}, "/tools/0"),
    "openai nested": (
        {"type": "function", "function": {"name": "a", "parameters": SCHEMA}},
        {"name": "a", "inputSchema": SCHEMA},
        "/tools/0/function",
    ),
    "openai nested, strict outside": (
        {"type": "function", "strict": True, "function": {"name": "a", "parameters": SCHEMA}},
        {"strict": True, "name": "a", "inputSchema": SCHEMA},
        "/tools/0/function",
    ),
    "openai flat": (
        {"type": "function", "name": "a", "parameters": SCHEMA, "strict": True},
        {"type": "function", "name": "a", "inputSchema": SCHEMA, "strict": True},
        "/tools/0",
    ),
    "parameters alone": ({"name": "a", "parameters": SCHEMA}, {"name": "a", "inputSchema": SCHEMA}, "/tools/0"),
    "python dump": (
        {"name": "a", "input_schema": SCHEMA, "output_schema": SCHEMA},
        {"name": "a", "inputSchema": SCHEMA, "outputSchema": SCHEMA},
        "/tools/0",
    ),
    "mcp wins": (
        {"name": "a", "inputSchema": SCHEMA, "parameters": 1},
        {"name": "a", "inputSchema": SCHEMA, "parameters": 1},
        "/tools/0",
    ),
}


@pytest.mark.parametrize(("entry", "definition", "pointer"), SHAPES.values(), ids=SHAPES)
def test_every_client_shape_becomes_mcps(entry, definition, pointer):
    before = json.dumps(entry)
    tool = one(entry)
    assert tool.definition == definition
    assert tool.input_schema == SCHEMA
    assert (tool.problems, tool.schema_known, tool.origin.pointer) == ((), True, pointer)
    assert json.dumps(entry) == before


UNGRADABLE = {
    "number": (7, "not-an-object", "a tool must be an object, not a number"),
    "null": (None, "not-an-object", "a tool must be an object, not null"),
    "list": ([], "not-an-object", "a tool must be an object, not a list"),
    "no name": ({"description": "d"}, "no-name", "the tool has no `name`"),
    "null name": ({"name": None}, "name-not-a-string", "the tool's `name` is null, not a string"),
    "numeric name": ({"name": 3}, "name-not-a-string", "the tool's `name` is a number, not a string"),
    "blank name": ({"name": " \t"}, "blank-name", "the tool's `name` is blank"),
}


@pytest.mark.parametrize(("entry", "code", "message"), UNGRADABLE.values(), ids=UNGRADABLE)
def test_an_entry_that_is_no_tool_is_a_problem_and_the_others_are_read(entry, code, message):
    tools, problems = read_tools([{"name": "a", "inputSchema": SCHEMA}, entry, {"name": "b", "inputSchema": SCHEMA}])
    assert [tool.name for tool in tools] == ["a", "b"]
    assert [tool.origin.pointer for tool in tools] == ["/tools/0", "/tools/2"]
    (problem,) = problems
    assert (problem.code, problem.message, problem.tool, problem.pointer) == (code, message, "#2", "/tools/1")


# field, its value, the problem's code and pointer, whether the schema is known
FAULTS = {
    "boolean schema": ({"inputSchema": True}, "boolean-schema", "/inputSchema", False),
    "null schema": ({"inputSchema": None}, "null-schema", "/inputSchema", False),
    "text schema": ({"inputSchema": "object"}, "schema-not-an-object", "/inputSchema", False),
    "list schema": ({"inputSchema": []}, "schema-not-an-object", "/inputSchema", False),
    "anthropic null": ({"input_schema": None}, "null-schema", "/inputSchema", False),
    "openai list": ({"type": "function", "parameters": []}, "schema-not-an-object", "/inputSchema", False),
    "no schema": ({}, "missing-schema", "/inputSchema", False),
    "description": ({"inputSchema": {}, "description": ["d"]}, "description-not-a-string", "/description", True),
    "title": ({"inputSchema": {}, "title": 5}, "title-not-a-string", "/title", True),
    "annotations": ({"inputSchema": {}, "annotations": "ro"}, "annotations-not-an-object", "/annotations", True),
    "hint": (
        {"inputSchema": {}, "annotations": {"readOnlyHint": "true"}},
        "hint-not-a-boolean",
        "/annotations/readOnlyHint",
        True,
    ),
    "output": ({"inputSchema": {}, "outputSchema": "x"}, "output-schema-not-an-object", "/outputSchema", True),
    "NaN": ({"inputSchema": {}, "x/y": {"d": float("nan")}}, "not-a-number", "/x~1y", True),
    "infinity": ({"inputSchema": {}, "x": [float("-inf")]}, "not-a-number", "/x", True),
    "huge integer": ({"inputSchema": {}, "x": 10**5000}, "not-a-number", "/x", True),
    "no JSON": ({"inputSchema": {}, "x": {1: b"b"}}, "not-json", "/x", True),
    "surrogate": ({"inputSchema": {"\ud83d": 1}}, "lone-surrogate", "/inputSchema", True),
}


@pytest.mark.parametrize(("fields", "code", "pointer", "known"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_field_is_reported_and_the_tool_still_read(fields, code, pointer, known):
    tool = one({"name": "a", **fields})
    assert [(p.code, p.pointer, p.tool) for p in tool.problems] == [(code, pointer, "a")]
    assert "\n" not in tool.problems[0].message
    assert tool.schema_known is known
    assert tool.title is None
    assert tool.description is None
    assert tool.annotations in (None, {"readOnlyHint": "true"})
    json.dumps(tool.definition, allow_nan=False, ensure_ascii=False).encode()


SILENT = {
    "nulls are absent": {
        "inputSchema": {},
        "title": None,
        "description": None,
        "annotations": None,
        "outputSchema": None,
    },
    "boolean output schema": {"inputSchema": {}, "outputSchema": True},
    "odd but an object": {"inputSchema": {"type": "array", "properties": []}},
    "function without parameters": {"type": "function"},
    "function with null": {"type": "function", "parameters": None},
    "null hint": {"inputSchema": {}, "annotations": {"readOnlyHint": None}},
    "empty description": {"inputSchema": {}, "description": ""},
}


@pytest.mark.parametrize("fields", SILENT.values(), ids=SILENT)
def test_what_is_allowed_is_no_problem(fields):
    tool = one({"name": "a", **fields})
    assert tool.problems == ()
    assert tool.schema_known


def test_a_format_without_schemas_makes_their_absence_silent_and_unknown():
    tool = one({"name": "a", "description": "d"}, schema_known=False)
    assert (tool.problems, tool.schema_known, tool.input_schema) == ((), False, None)


def test_the_later_of_two_tools_with_one_name_says_so():
    entries = [{"name": n, "inputSchema": {}} for n in ("a", "b", "a", "a")]
    tools, problems = read_tools(entries)
    assert problems == ()
    assert [[p.code for p in tool.problems] for tool in tools] == [[], [], ["duplicate-name"], ["duplicate-name"]]
    assert "`a` is also the name of #1" in tools[2].problems[0].message


def test_giant_texts_are_cut_for_grading_and_kept_in_the_definition():
    words = "word " * 1_000_000
    tool = one({"name": "n" * 5000, "description": words, "title": "t" * (MAX_TEXT + 1), "inputSchema": {}})
    assert (len(tool.name), len(tool.description or ""), len(tool.title or "")) == (MAX_NAME, MAX_TEXT, MAX_TEXT)
    assert tool.definition["description"] == words
    assert [(p.code, p.pointer) for p in tool.problems] == [
        ("oversized", f"/{k}") for k in ("title", "description", "name")
    ]
    assert all(len(p.message) < 200 for p in tool.problems)


@pytest.mark.parametrize(("levels", "kept"), [(MAX_DEPTH - 1, True), (MAX_DEPTH, False), (50_000, False)])
def test_a_schema_deeper_than_the_bound_is_left_out_and_the_text_stays(levels, kept):
    tool = one({"name": "a", "description": "d", "inputSchema": nested(levels)})
    assert tool.description == "d"
    assert (tool.input_schema is not None, tool.schema_known, "inputSchema" in tool.definition) == (kept, kept, kept)
    assert [p.code for p in tool.problems] == ([] if kept else ["too-deep"])


def test_hostile_keys_cannot_move_the_cursor_in_a_message():
    tool = one({"name": "a", "inputSchema": {}, "x\n\x1b[2J\u202e": float("nan")})
    assert tool.problems[0].message.startswith("`x \ufffd[2J\ufffd` holds")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(), max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)
KEYS = st.sampled_from(
    [
        "name",
        "title",
        "description",
        "inputSchema",
        "input_schema",
        "parameters",
        "function",
        "type",
        "annotations",
        "outputSchema",
    ]
)


@given(st.lists(JSON | st.dictionaries(KEYS, JSON | st.just("function"), max_size=6), max_size=5))
def test_any_entries_are_each_a_tool_or_a_problem_and_what_is_read_encodes(entries):
    tools, problems = read_tools(entries)
    assert len(tools) + len(problems) == len(entries)
    for tool in tools:
        json.dumps(tool.definition, allow_nan=False, ensure_ascii=False).encode()
        f"{tool.name}{tool.title}{tool.description}{tool.problems}".encode()
