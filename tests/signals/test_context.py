"""The specification's signals against its reference implementation."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from tdqs.compute_context_signals import compute_context_signals
from tdqs.evaluate_hard_gates import evaluate_hard_gates
from tdqs.tool_definition import ToolDefinition

from scorer.signals import gates, measure

NAMES = st.sampled_from(["a", "b", "c", "größe", "名前", "😀", "a/b", "~", "（", ""])
# Between 2**53 and 1e21 the reference writes digits that JavaScript does not.
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(-1e15, 1e15)
REFERENCES = st.sampled_from(
    ["#/$defs/A", "#/$defs/B", "#/definitions/C", "#/$defs/a%2Fb", "#", "#/properties/a", "#/$defs/", "http://x/y"]
)
ANY = (
    st.none()
    | st.booleans()
    | NUMBERS
    | st.text(max_size=5)
    | st.lists(NUMBERS, max_size=2)
    | st.dictionaries(NAMES, NUMBERS, max_size=2)
)
TYPES = st.sampled_from(["string", "object", "array", "null", ["null"], ["string", "null"], 5, None])


def schemas(inner):
    """Schemas, and things where schemas should be."""
    part = inner | ANY
    return st.fixed_dictionaries(
        {},
        optional={
            "type": TYPES,
            "description": st.text(max_size=4) | st.just(5),
            "properties": st.dictionaries(NAMES, part, max_size=3) | ANY,
            "required": st.lists(NAMES | ANY, max_size=3) | ANY,
            "enum": st.lists(ANY, max_size=2) | st.just("x"),
            "items": part,
            "allOf": st.lists(part, max_size=2) | ANY,
            "anyOf": st.lists(part, max_size=3) | ANY,
            "oneOf": st.lists(part, max_size=3) | ANY,
            "not": part,
            "$ref": REFERENCES | st.just(3),
            "default": ANY,
            "minimum": NUMBERS,
        },
    )


SCHEMA = st.recursive(schemas(st.nothing()), schemas, max_leaves=12)
DEFINITIONS = st.fixed_dictionaries(
    {},
    optional={
        name: st.dictionaries(st.sampled_from(["A", "B", "C", "a/b", ""]), SCHEMA, max_size=3)
        for name in ("$defs", "definitions")
    },
)
ROOT = st.builds(lambda schema, definitions: schema | definitions, SCHEMA, DEFINITIONS)
WORDS = st.text(max_size=8) | st.sampled_from(["get_it", " GET_IT\ufeff", "Get It", "\x1cget_it", "", " \u3000"])
TOOLS = st.fixed_dictionaries(
    {"name": st.text(min_size=1, max_size=6) | st.just("get_it")},
    optional={
        "description": st.none() | WORDS,
        "title": st.none() | WORDS,
        "inputSchema": st.none() | ROOT,
        "outputSchema": st.none() | ROOT,
        "annotations": st.none()
        | st.dictionaries(st.sampled_from(["readOnlyHint", "destructiveHint", "title"]), ANY, max_size=3),
    },
)


def same_as_reference(ours, definition):
    reference = ToolDefinition.model_validate(definition)
    assert asdict(measure(ours).context) == compute_context_signals(reference).model_dump(by_alias=False)
    assert gates(ours) == evaluate_hard_gates(reference).flags


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(TOOLS)
def test_generated_definitions_give_the_reference_s_signals_and_gates(tool, definition):
    same_as_reference(tool(definition), definition)


def test_real_definitions_give_the_reference_s_signals_and_gates(tool, real_servers):
    compared = 0
    for _, definitions in real_servers:
        for definition in definitions:
            try:
                same_as_reference(tool(definition), definition)
            except ValidationError:
                continue
            compared += 1
    assert compared > 3_000


@pytest.mark.parametrize(
    ("description", "title", "flags"),
    [
        (None, None, ("No Description",)),
        (" \u3000\ufeff\n", None, ("No Description",)),
        ("\x1c", None, ()),
        (" Get_Orders ", None, ("Tautological Description",)),
        ("List Orders", "list orders", ("Tautological Description",)),
        ("Get orders.", None, ()),
    ],
)
def test_gates(tool, description, title, flags):
    assert gates(tool({"name": "get_orders", "description": description, "title": title})) == flags


def test_a_large_integer_is_hashed_as_the_registry_hashes_it(tool):
    definition = {"name": "t", "inputSchema": {"type": "object", "properties": {"n": {"maximum": 2**63 - 1}}}}
    rounded = {"name": "t", "inputSchema": {"type": "object", "properties": {"n": {"maximum": 9223372036854776000}}}}
    assert measure(tool(definition)).context.input_hash == measure(tool(rounded)).context.input_hash
