"""A schema as rows: schema -> (path, required, type, description, default), and what it allows in phrases."""

from __future__ import annotations

import pytest

from scorer.outputs.page.constraints import constraints
from scorer.outputs.page.parameters import parameter_rows


def rows(schema: object) -> list[tuple[object, ...]]:
    return [tuple(row)[:5] for row in parameter_rows(schema)]


RECURSIVE = {
    "$ref": "#/$defs/A",
    "$defs": {
        "A": {
            "properties": {"a": {"$ref": "#/$defs/A"}},
            "anyOf": [{"$ref": "#/$defs/A"}] * 30,
            "items": {"$ref": "#/$defs/A"},
        }
    },
}

SCHEMAS = [
    (None, []),
    (True, []),
    ({"properties": []}, []),
    ({"properties": {"a": True, "b": 3}, "required": "a"}, [("a", False, "", "", ""), ("b", False, "", "", "")]),
    ({"properties": {"a": {"type": "integer", "default": None, "description": 7}}, "required": ["a", {}]}, [("a", True, "integer", "", "null")]),
    ({"properties": {"a": {"anyOf": [{"enum": ["x", 1]}, {"type": "null"}]}}}, [("a", False, "enum | null", "", "")]),
    ({"properties": {"a": {"$ref": "#/$defs/n", "description": "near"}}, "$defs": {"n": {"const": 1, "description": "far"}}}, [("a", False, "enum", "near", "")]),
    ({"properties": {"a": {"$ref": "https://evil.example/x"}, "b": {"$ref": "#/$defs/none"}}}, [("a", False, "", "", ""), ("b", False, "", "", "")]),
    ({"oneOf": [{"properties": {"a": {"type": "string"}}, "required": ["a"]}]}, [("a", True, "string", "", "")]),
    ({"additionalProperties": {"properties": {"a": {"type": ["string", "null"]}}}}, [("{}.a", False, "string | null", "", "")]),
    ({"properties": {"a": {"type": "array", "items": {"type": "integer"}}}}, [("a", False, "array of integer", "", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "expected"), SCHEMAS)
def test_rows(schema, expected):
    assert rows(schema) == expected


def test_nested_rows_are_indented_below_their_parent():
    schema = {"properties": {"a": {"properties": {"b": {"type": "array", "items": {"properties": {"c": {}}}}}}}}
    found = [(row.depth, row.parent, row.name) for row in parameter_rows(schema)]
    assert found == [(0, "", "a"), (1, "a.", "b"), (2, "a.b[].", "c")]


def test_recursion_ends():
    assert rows(RECURSIVE)[0][0] == "a"
    assert len(rows(RECURSIVE)) <= 200
    assert rows({"$ref": "#"}) == rows({"$ref": "#/$ref"}) == []
    assert len(rows({"properties": {f"p{i}": {} for i in range(10_000)}})) == 200


LIMITS = [
    ({}, ()),
    ({"minimum": 1, "maximum": 50}, ("1 to 50",)),
    ({"exclusiveMinimum": 0}, ("at least 0 exclusive",)),
    ({"minLength": 2, "pattern": "^[a-z]+$"}, ("at least 2 characters", "pattern ^[a-z]+$")),
    ({"maxItems": 3, "uniqueItems": True}, ("at most 3 items", "no repeats")),
    ({"enum": ["open", 1, None]}, ('one of "open", 1, null',)),
    ({"enum": list(range(40))}, ("one of " + ", ".join(map(str, range(30))) + " and 10 more",)),
    ({"const": "x", "format": "uri", "examples": ["a"]}, ('always "x"', "format uri", 'for example "a"')),
    ({"pattern": {"not": "a string"}, "enum": "no list", "examples": "none"}, ('pattern {"not": "a string"}',)),
]


@pytest.mark.parametrize(("schema", "expected"), LIMITS)
def test_constraints(schema, expected):
    assert constraints(schema) == expected


def test_limits_of_alternatives_and_of_items_are_told():
    schema = {"properties": {"a": {"anyOf": [{"enum": ["x"]}, {"type": "null"}]}, "b": {"items": {"maximum": 9}}}}
    assert [row.limits for row in parameter_rows(schema)] == [('one of "x"',), ("each at most 9",)]
