"""Parameters at every depth."""

from __future__ import annotations

import pytest

from scorer.signals.schema import MAX_PARAMETERS, survey

ADDRESS = {
    "type": "object",
    "description": "A postal address",
    "properties": {"zip": {"type": "string"}},
    "required": ["zip"],
}


def obj(properties, **more):
    return {"type": "object", "properties": properties, **more}


PATHS = [
    ("flat", obj({"a": {"type": "string"}, "b": {}}, required=["b"]), ["a", "b!"]),
    ("nested", obj({"a": obj({"b": {"type": "string"}}, required=["b"])}), ["a", "a.b!"]),
    ("items", obj({"a": {"type": "array", "items": obj({"id": {}})}}), ["a", "a[].id"]),
    ("arrays of arrays", obj({"a": {"items": {"items": obj({"id": {}})}}}), ["a", "a[][].id"]),
    ("tuples", obj({"a": {"prefixItems": [obj({"x": {}}), obj({"y": {}})]}}), ["a", "a[].x", "a[].y"]),
    ("free keys", obj({"a": {"additionalProperties": obj({"v": {}})}}), ["a", "a{}.v"]),
    ("patterns", obj({"a": {"patternProperties": {"^x": obj({"v": {}})}}}), ["a", "a{}.v"]),
    ("root union", {"type": "object", "oneOf": [obj({"id": {}}, required=["id"]), obj({"name": {}, "board": {}})]}, ["id", "name", "board"]),
    ("required in every branch", {"oneOf": [obj({"k": {}, "x": {}}, required=["k", "x"]), obj({"k": {}}, required=["k"])]}, ["k!", "x"]),
    ("root reference", {"$ref": "#/$defs/I", "$defs": {"I": obj({"a": {}, "b": obj({"c": {}})})}}, ["a", "b", "b.c"]),
    ("allOf", {"allOf": [obj({"a": {}}), {"required": ["a"]}, obj({"b": {}})]}, ["a!", "b"]),
    ("nullable object", obj({"o": {"anyOf": [obj({"x": {}}, required=["x"]), {"type": "null"}]}}), ["o", "o.x!"]),
    ("condition", obj({"k": {}}, **{"if": obj({"k": {"const": 1}}), "then": obj({"v": {}}, required=["v"]), "else": obj({"w": {}})}), ["k", "v", "w"]),
    ("dependent", obj({"k": {}}, dependentSchemas={"k": obj({"v": {}})}), ["k", "v"]),
    ("recursion", obj({"t": {"$ref": "#/$defs/T"}}, **{"$defs": {"T": obj({"kids": {"items": {"$ref": "#/$defs/T"}}})}}), ["t", "t.kids"]),
    ("root recursion", obj({"kid": {"$ref": "#"}}), ["kid"]),
    ("mutual recursion", {"$ref": "#/$defs/A", "$defs": {"A": obj({"b": {"$ref": "#/$defs/B"}}), "B": obj({"a": {"$ref": "#/$defs/A"}})}}, ["b", "b.a"]),
    ("in-place recursion", {"$ref": "#/$defs/A", "$defs": {"A": {"anyOf": [{"$ref": "#/$defs/A"}, obj({"x": {}})]}}}, ["x"]),
    ("two uses of one definition", obj({"a": {"$ref": "#/$defs/X"}, "b": {"$ref": "#/$defs/X"}}, **{"$defs": {"X": obj({"v": {}})}}), ["a", "a.v", "b", "b.v"]),
    ("anchor", obj({"a": {"$ref": "#x"}}, **{"$defs": {"X": {"$anchor": "x", **obj({"v": {}})}}}), ["a", "a.v"]),
    ("embedded id", obj({"a": {"$ref": "other"}}, **{"$defs": {"X": {"$id": "other", **obj({"v": {}})}}}), ["a", "a.v"]),
    ("own id", obj({"a": {"$ref": "urn:me#/$defs/X"}}, **{"$id": "urn:me", "$defs": {"X": obj({"v": {}})}}), ["a", "a.v"]),
    ("percent and tilde", obj({"a": {"$ref": "#/$defs/x~1y%20z"}}, **{"$defs": {"x/y z": obj({"v": {}})}}), ["a", "a.v"]),
    ("pointer into properties", obj({"a": obj({"v": {}}), "b": {"$ref": "#/properties/a"}}), ["a", "a.v", "b", "b.v"]),
    ("pointer into a list", obj({"a": {"$ref": "#/anyOf/1"}}, anyOf=[True, obj({"v": {}})]), ["a", "a.v", "v"]),
    ("forbidden", obj({"a": False, "b": True}), ["b"]),
    ("broken reference", obj({"a": {"$ref": "#/$defs/gone"}}), ["a"]),
    ("remote reference", obj({"a": {"$ref": "http://localhost:9/x"}}), ["a"]),
    ("properties that are none", {"type": "object", "properties": [1]}, []),
    ("empty name", obj({"": {}, "x": obj({"": {}})}), ["", "x", "x."]),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "paths"), [row[1:] for row in PATHS], ids=[row[0] for row in PATHS])
def test_paths_and_which_are_required(schema, paths):
    found = survey(schema, "/inputSchema").parameters
    assert [p.path + "!" * p.required for p in found] == paths


def one(schema, **root):
    return survey(obj({"p": schema}, **root), "/inputSchema").parameters[0]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": ["string", "null"]}, (("string",), True, None)),
        ({"anyOf": [{"type": "integer"}, {"type": "string"}, {"type": "null"}]}, (("integer", "string"), True, None)),
        ({"anyOf": [{"enum": ["a", "b"]}, {"type": "null"}]}, ((), True, ("a", "b"))),
        ({"enum": ["a", None]}, ((), True, ("a",))),
        ({"oneOf": [{"const": "a"}, {"const": "b"}]}, ((), False, ("a", "b"))),
        ({"anyOf": [{"enum": ["a"]}, {"type": "string"}]}, (("string",), False, None)),
        ({"oneOf": [{"const": 1}, {"const": True}, {"const": 1.0}]}, ((), False, (1, True, 1.0))),
        ({"$ref": "#/$defs/E"}, (("string",), False, ("x", "y"))),
        ({"allOf": [{"$ref": "#/$defs/E"}]}, (("string",), False, ("x", "y"))),
        ({"properties": {"a": {}}}, (("object",), False, None)),
        ({"items": {}}, (("array",), False, None)),
        (True, ((), False, None)),
        (None, ((), False, None)),
    ],
)
def test_types_null_and_closed_values(schema, expected):
    found = one(schema, **{"$defs": {"E": {"type": "string", "enum": ["x", "y"]}}})
    assert (found.types, found.nullable, found.enum) == expected


@pytest.mark.parametrize(
    ("schema", "words", "pointer"),
    [
        ({"description": "own"}, "own", "/properties/p/description"),
        ({"description": "  "}, None, None),
        ({"description": 5}, None, None),
        ({"$ref": "#/$defs/A"}, "A postal address", "/$defs/A/description"),
        ({"$ref": "#/$defs/A", "description": "beside"}, "beside", "/properties/p/description"),
        (
            {"description": "wrap", "anyOf": [{"type": "string", "description": "in"}, {"type": "null"}]},
            "wrap",
            "/properties/p/description",
        ),
        (
            {"anyOf": [{"type": "null"}, {"type": "string", "description": "in"}]},
            "in",
            "/properties/p/anyOf/1/description",
        ),
        (
            {"type": "array", "items": {"type": "string", "description": "each"}},
            "each",
            "/properties/p/items/description",
        ),
        ({"allOf": [{"$ref": "#/$defs/A"}]}, "A postal address", "/$defs/A/description"),
    ],
)
def test_where_the_words_stand(schema, words, pointer):
    found = one(schema, **{"$defs": {"A": ADDRESS}})
    assert (found.description, found.description_pointer) == (words, pointer and f"/inputSchema{pointer}")


def test_pointers_lead_to_the_schema_behind_a_reference():
    schema = obj({"to/a~b": {"$ref": "#/$defs/A"}}, **{"$defs": {"A": ADDRESS}})
    outer, inner = survey(schema, "/inputSchema").parameters
    assert outer.pointer == "/inputSchema/properties/to~1a~0b"
    assert inner.pointer == "/inputSchema/$defs/A/properties/zip"
    assert (outer.depth, inner.depth, outer.is_leaf, inner.is_leaf) == (1, 2, False, True)
    assert outer.schema is schema["$defs"]["A"]


def test_constraints_are_the_keywords_that_bound_something():
    found = one(
        {"type": "integer", "minimum": -(2**53) + 1, "maximum": 2**53 - 1, "multipleOf": 2, "default": 4, "title": "P"}
    )
    assert (found.constraints, found.has_default) == (("multipleOf",), True)
    assert one({"anyOf": [{"format": "uuid"}, {"minLength": 1}]}).constraints == ("format", "minLength")


def test_the_same_name_in_two_branches_is_one_parameter():
    schema = {"oneOf": [obj({"kind": {"const": "a"}}), obj({"kind": {"const": "b", "description": "which"}})]}
    (found,) = survey(schema, "/inputSchema").parameters
    assert (found.path, found.description, found.enum) == ("kind", "which", ("a",))


def test_bounds():
    many = obj({f"p{at}": {} for at in range(MAX_PARAMETERS + 1)})
    assert len(survey(many, "").parameters) == MAX_PARAMETERS
    assert survey(many, "").truncated
    deep = {"type": "string"}
    for _ in range(12):
        deep = obj({"x": deep})
    found = survey(deep, "")
    assert (max(p.depth for p in found.parameters), found.truncated) == (10, True)
    assert not survey(obj({"p": {}}), "").truncated


def test_outputs_and_the_blind_spots_of_the_specification(measured):
    signals = measured(
        {"type": "object", "oneOf": [obj({"a": {}}), obj({"b": {}})]},
        outputSchema={"type": "array", "items": obj({"id": {}})},
    )
    assert (signals.context.param_count, len(signals.parameters)) == (0, 2)
    assert [p.pointer for p in signals.output] == ["/outputSchema/items/properties/id"]
    assert measured(None).parameters == ()
