"""Schema faults: a row where each is found, rows where it is not."""

from __future__ import annotations

import socket
import threading

import pytest

from scorer.signals import measure


def obj(properties, **more):
    return {"type": "object", "properties": properties, **more}


def with_default(schema, **more):
    return obj({"p": schema}, **more)


FOUND = [
    ("root-not-object", {"type": "array"}, "/inputSchema/type"),
    ("root-not-object", {"properties": {}}, "/inputSchema"),
    ("root-not-object", {"type": ["object"]}, "/inputSchema/type"),
    ("invalid-schema", obj({"p": {"type": "objekt"}}), "/inputSchema/properties/p/type"),
    ("invalid-schema", obj({"p": {"type": "integer|null"}}), "/inputSchema/properties/p/type"),
    ("invalid-schema", obj({"p": "string"}), "/inputSchema/properties/p"),
    ("invalid-schema", obj({"p": {"required": True}}), "/inputSchema/properties/p/required"),
    ("invalid-schema", obj({"p": {"minimum": "1"}}, **{"$schema": "http://json-schema.org/draft-07/schema#"}), "/inputSchema/properties/p/minimum"),
    ("invalid-schema", obj({"p": {"exclusiveMinimum": True}}), "/inputSchema/properties/p/exclusiveMinimum"),
    ("invalid-schema", obj({"p": {"type": "x"}}, **{"$schema": "https://nowhere.invalid/mine"}), "/inputSchema/properties/p/type"),
    ("broken-ref", obj({"p": {"$ref": "#/$defs/gone"}}), "/inputSchema/properties/p/$ref"),
    ("broken-ref", obj({}, **{"$defs": {"A": {"items": {"$ref": "#nowhere"}}}}), "/inputSchema/$defs/A/items/$ref"),
    ("broken-ref", obj({"p": {"$ref": "#/properties/p/description"}}), "/inputSchema/properties/p/$ref"),
    ("remote-ref", obj({"p": {"$ref": "https://nowhere.invalid/s.json#/x"}}), "/inputSchema/properties/p/$ref"),
    ("remote-ref", obj({"p": {"$ref": "file:///etc/passwd"}}), "/inputSchema/properties/p/$ref"),
    ("remote-ref", obj({"p": {"$ref": "common.json"}}), "/inputSchema/properties/p/$ref"),
    ("required-unknown", obj({"data": {}}, required=["data", "verbose"]), "/inputSchema/required"),
    ("required-unknown", obj({"o": obj({"a": {}}, required=["b"])}), "/inputSchema/properties/o/required"),
    ("required-unknown", obj({"l": {"items": obj({"a": {}}, required=["b"])}}), "/inputSchema/properties/l/items/required"),
    ("required-unknown", obj({"a": {}}, required=["b"], additionalProperties=False), "/inputSchema/required"),
    ("required-unknown", {"type": "object", "allOf": [obj({"a": {}}), {"required": ["b"]}]}, "/inputSchema/allOf/1/required"),
    ("default-breaks-schema", with_default({"type": "integer", "default": "10"}), "/inputSchema/properties/p/default"),
    ("default-breaks-schema", with_default({"enum": ["a", "b"], "default": "c"}), "/inputSchema/properties/p/default"),
    ("default-breaks-schema", with_default({"type": "string", "default": None}, required=["p"]), "/inputSchema/properties/p/default"),
    ("default-breaks-schema", with_default({"$ref": "#/$defs/E", "default": 3}, **{"$defs": {"E": {"enum": [1, 2]}}}), "/inputSchema/properties/p/default"),
    ("default-breaks-schema", obj({"a b%": {"$ref": "#/$defs/E", "default": 3}}, **{"$defs": {"E": {"enum": [1]}}}), "/inputSchema/properties/a b%/default"),
    ("default-breaks-schema", with_default({"type": "string", "pattern": "^[0-9]+$", "default": "x"}), "/inputSchema/properties/p/default"),
    ("default-breaks-schema", with_default({"anyOf": [{"type": "integer", "default": "x"}, {"type": "null"}]}), "/inputSchema/properties/p/anyOf/0/default"),
    ("default-breaks-schema", with_default({"type": "array", "items": {"type": "integer", "default": "x"}}), "/inputSchema/properties/p/items/default"),
    ("example-breaks-schema", with_default({"type": "integer", "examples": [1, "two"]}), "/inputSchema/properties/p/examples/1"),
    ("example-breaks-schema", with_default({"type": "integer", "example": "two"}), "/inputSchema/properties/p/example"),
    ("example-breaks-schema", obj({"p": {"type": "integer"}}, required=["p"], examples=[{}]), "/inputSchema/examples/0"),
]  # fmt: skip
SOUND = [
    obj({}),
    obj({"p": {"pattern": "("}}),
    obj({"p": {"type": "string", "pattern": "(?<=a)b", "default": "x"}}),
    obj({"p": {"type": "integer", "minimum": 1, "exclusiveMinimum": True}}, **{"$schema": "http://json-schema.org/draft-04/schema#"}),
    obj({"$ref": {"type": "string"}}),
    obj({"p": {"enum": [{"$ref": "#/gone"}], "default": {"$ref": "#/gone"}}}),
    obj({"p": {"$ref": "#"}}),
    obj({"p": {"$ref": "#/$defs/a"}}, **{"$defs": {"a": {"$id": "urn:a", "$defs": {"b": {}}, "$ref": "#/$defs/b"}}}),
    obj({"p": {"$ref": "#/$defs/x"}}, **{"$defs": {"x": True}}),
    obj({"a": {}}, required=["b"], patternProperties={"^b": {}}),
    obj({"a": {}}, required=["b"], additionalProperties={"type": "string"}),
    obj({"a": {}}, required=["b"], additionalProperties=True),
    {"type": "object", "required": ["a"], "oneOf": [obj({"a": {}}), obj({"a": {}, "b": {}})]},
    {"type": "object", "anyOf": [{"required": ["a"]}, {"required": ["b"]}], "properties": {"a": {}, "b": {}}},
    {"type": "object", "required": ["a"], "$ref": "#/$defs/A", "$defs": {"A": obj({"a": {}})}},
    {"type": "object", "required": ["a"], "allOf": [{"$ref": "#/$defs/A"}], "$defs": {"A": obj({"a": {}})}},
    {"type": "object", "required": ["v"], "if": obj({"k": {}}, required=["v"]), "then": obj({"v": {}})},
    obj({"a": {}}, **{"not": {"required": ["z"]}}),
    obj({"s": {"type": "string", "required": ["x"]}}),
    obj({"k": False}, required=["k"]),
    with_default({"type": "string", "default": None}),
    with_default({"anyOf": [{"type": "integer"}, {"type": "null"}], "default": None}, required=["p"]),
    with_default({"type": "integer", "default": 1.0}),
    with_default({"type": "string", "format": "date", "default": "today"}),
    with_default({"$ref": "#/$defs/E", "default": 1}, **{"$id": "https://nowhere.invalid/s", "$defs": {"E": {"enum": [1]}}}),
    with_default({"$ref": "#/$defs/T", "default": 5}, **{"$defs": {"T": {"type": "object", "properties": {"t": {"$ref": "#/$defs/T"}}}}}),
    with_default({"$ref": "#/$defs/T", "default": 5}, **{"$defs": {"T": {"anyOf": [{"$ref": "#/$defs/T"}]}}}),
    with_default({"type": "integer", "examples": [1, 2], "example": 3}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "schema", "pointer"), FOUND)
def test_found(measured, code, schema, pointer):
    assert (code, pointer) in [(fault.code, fault.pointer) for fault in measured(schema).faults]


@pytest.mark.parametrize("schema", SOUND)
def test_not_found(measured, schema):
    assert measured(schema).faults == ()


def test_messages_name_what_is_wrong(measured):
    (unknown,) = measured(obj({"data": {}}, required=["verbose"])).faults
    assert (unknown.message, unknown.quote) == (
        "`verbose` is required, but the properties do not define it.",
        "verbose",
    )
    (default,) = measured(with_default({"type": "integer", "default": "ten"})).faults
    assert default.quote == '"ten"'
    assert default.message.startswith("The default of `p` does not fit its schema: ")
    (invalid,) = measured(obj({"p": {"type": "objekt"}})).faults
    assert (invalid.quote, "objekt" in invalid.message) == ('"objekt"', True)


def test_a_large_schema_is_told_its_first_offence(measured):
    wide = {f"p{at}": {"type": "string"} for at in range(3_000)}
    (fault,) = measured(obj({**wide, "p2999": {"type": "objekt"}})).faults
    assert (fault.code, fault.pointer, fault.quote) == (
        "invalid-schema",
        "/inputSchema/properties/p2999/type",
        '"objekt"',
    )


def test_each_fault_is_told_once(measured):
    schema = obj(
        {name: {"$ref": "#/$defs/E"} for name in "abc"}, **{"$defs": {"E": {"type": "integer", "default": "x"}}}
    )
    assert [fault.code for fault in measured(schema).faults] == ["default-breaks-schema"]
    many = obj({f"p{at}": {"type": "integer", "default": "x"} for at in range(200)})
    assert len(measured(many).faults) == 50


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "^(a|a)*$", "(x+x+)+y", r"^(a+)+\1$", r"(\w{100}){1000}", "((a{100}){100}){100}"]
)
def test_no_pattern_hangs_the_check_of_a_default(measured, pattern):
    schema = with_default({"type": "string", "pattern": pattern, "default": "a" * 9_000 + "!"})
    assert {fault.code for fault in measured(schema).faults} <= {"default-breaks-schema"}


def test_nothing_is_fetched(measured):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        calls = []
        watcher = threading.Thread(target=lambda: calls.append(_accepted(server)))
        watcher.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/s.json"
        for schema in (
            obj({"p": {"$ref": url, "default": 1}}, **{"$schema": url}),
            obj({"p": {"type": "objekt", "$ref": url}}, **{"$schema": url}),
            obj(
                {"p": {"allOf": [{"$ref": f"{url}#/x"}], "examples": [1]}},
                **{"$id": "http://127.0.0.1:1/", "$dynamicRef": url},
            ),
        ):
            assert measured(schema, outputSchema=schema).faults
        watcher.join()
    assert calls == [False]


def _accepted(server):
    try:
        server.accept()
    except TimeoutError:
        return False
    return True


def test_real_definitions_are_almost_all_sound(tool, real_servers):
    found = {}
    for server, definitions in real_servers:
        if server in ("tools", "blind", "game", "hard"):
            continue
        for definition in definitions:
            for fault in measure(tool(definition)).faults:
                found.setdefault(fault.code, set()).add((server, definition["name"]))
    assert set(found) <= {"invalid-schema", "remote-ref"}
    assert sum(map(len, found.values())) < 15
