"""Definitions made to break a reader: everything returns, bounded."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

WRAPS = {
    "properties": lambda inner: {"type": "object", "properties": {"a": inner}, "required": ["a"]},
    "items": lambda inner: {"type": "array", "items": inner},
    "allOf": lambda inner: {"allOf": [inner]},
    "anyOf": lambda inner: {"anyOf": [inner, {"type": "null"}]},
    "not": lambda inner: {"not": inner},
    "then": lambda inner: {"if": {"required": ["a"]}, "then": inner},
    "free keys": lambda inner: {"type": "object", "additionalProperties": inner},
    "default": lambda inner: {"default": inner},
    "enum": lambda inner: {"enum": [inner]},
    "wrong": lambda inner: {"type": "objekt", "properties": {"a": inner}},
}


@pytest.fixture
def nested():
    """A schema around `levels` of nesting; taken apart afterwards without recursion."""
    made = []

    def nested(wrap, levels):
        schema = {"type": "string"}
        for _ in range(levels):
            schema = wrap(schema)
            made.append(schema)
        return {"type": "object", "properties": {"p": schema}, "required": ["p"]}

    yield nested
    for schema in made:
        schema.clear()


@pytest.mark.parametrize("levels", [200, 5_000])
@pytest.mark.parametrize("kind", WRAPS)
def test_deep_nesting(measured, nested, kind, levels):
    signals = measured(nested(WRAPS[kind], levels))
    assert signals.parameters[0].path == "p"
    assert signals.context.required_param_count == 1


def chain(length, link):
    """Definitions that each refer to the next."""
    named = {f"d{at}": link({"$ref": f"#/$defs/d{at + 1}"}) for at in range(length)}
    return {
        "type": "object",
        "properties": {"p": {"$ref": "#/$defs/d0", "default": 1}},
        "required": ["p"],
        "$defs": {**named, f"d{length}": {"type": "string"}},
    }


@pytest.mark.parametrize(
    ("length", "link"),
    [
        (3_000, lambda ref: ref),
        (3_000, lambda ref: {"allOf": [ref]}),
        (40, lambda ref: {"allOf": [ref, ref]}),
        (40, lambda ref: {"anyOf": [ref, ref]}),
        (40, lambda ref: {"type": "object", "properties": {"x": ref, "y": ref}, "required": ["x", "y"]}),
        (40, lambda ref: {"type": "array", "items": ref, "prefixItems": [ref]}),
    ],
)
def test_references_in_long_chains_and_in_fans(measured, length, link):
    signals = measured(chain(length, link))
    assert signals.truncated
    assert len(signals.parameters) <= 2_000


def test_ten_thousand_properties_and_values(measured):
    wide = {f"p{at}": {"type": "string"} for at in range(10_000)}
    signals = measured({"type": "object", "properties": wide, "required": list(wide)})
    assert (signals.context.param_count, signals.context.required_field_count, len(signals.parameters)) == (
        10_000,
        10_000,
        2_000,
    )
    assert (
        measured({"type": "object", "properties": {"p": {"enum": list(range(10_000))}}}).parameters[0].enum[-1] == 9_999
    )


def test_half_a_surrogate_pair(measured):
    signals = measured(
        {
            "type": "object",
            "properties": {"\ud800": {"description": "\udfff", "default": "\ud800"}},
            "required": ["\ud800"],
        }
    )
    assert (signals.context.param_count, signals.tokens > 0, signals.faults) == (1, True, ())


WORDS = st.sampled_from(
    """type properties required items prefixItems allOf anyOf oneOf not if then else $ref $anchor $id $defs definitions default examples
    example enum const additionalProperties patternProperties dependentSchemas dependencies description pattern minimum $schema""".split()
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=3)
    | st.sampled_from(["object", "#", "#/$defs/a", "#a", "http://x", "("])
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.sampled_from(["a", "b"]), inner, max_size=4),
    max_leaves=25,
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(WORDS, ANYTHING, max_size=6))
def test_any_object_can_be_measured(measured, schema):
    signals = measured(schema, outputSchema=schema)
    assert all(p.pointer.startswith("/inputSchema") for p in signals.parameters)
    assert len({p.path for p in signals.parameters}) <= len(signals.parameters)
    assert {fault.pointer[:12] for fault in signals.faults} <= {"/inputSchema"}
