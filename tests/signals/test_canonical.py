from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tdqs.stringify_json import stringify_json

from scorer.signals.canonical import canonical, exact, number

# As Node 20 prints them.
NUMBERS = [
    (1.0, "1"), (-0.0, "0"), (0.1, "0.1"), (-1.5, "-1.5"), (100.0, "100"), (1e20, "100000000000000000000"), (1e21, "1e+21"),
    (1e-6, "0.000001"), (1e-7, "1e-7"), (1.5e-9, "1.5e-9"), (1.23e25, "1.23e+25"), (5e-324, "5e-324"), (2**53, "9007199254740992"),
    (2**53 + 1, "9007199254740992"), (2**63 - 1, "9223372036854776000"), (10**21, "1e+21"), (-(10**22), "-1e+22"),
    (1.7976931348623157e308, "1.7976931348623157e+308"), (10**400, "null"), (math.inf, "null"), (math.nan, "null"),
]  # fmt: skip
SCALARS = st.none() | st.booleans() | st.text() | st.floats(allow_nan=False, allow_infinity=False) | st.integers()
CHARACTERS = st.text(
    st.sampled_from(
        ["a", "B", "é", "（", "\uffff", "\ud800", "\udfff", "😀", "𐀀", '"', "\\", "\n", "\x00", "\x7f", "\u2028"]
    )
)
JSON = st.recursive(
    SCALARS | CHARACTERS, lambda inner: st.lists(inner) | st.dictionaries(CHARACTERS | st.text(), inner), max_leaves=12
)
# The reference writes integers beyond 2**53 digit by digit, which JavaScript does not.
AGREED = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False).filter(
    lambda v: abs(v) < 2**53 or abs(v) >= 1e21
)


@pytest.mark.parametrize(("value", "text"), NUMBERS)
def test_numbers_are_written_as_javascript_writes_them(value, text):
    assert number(value) == text
    assert canonical({"a": [value]}) == f'{{"a":[{text}]}}'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": {"d": [], "c": {}}}, '{"a":{"c":{},"d":[]},"b":1}'),
        ({"\uff08": 1, "😀": 2}, '{"😀":2,"\uff08":1}'),
        ("\ud800", '"\\ud800"'),
        ("😀\u2028\x7f\x01\n", '"😀\u2028\x7f\\u0001\\n"'),
        ([9007199254740991, 90071992547409910], "[9007199254740991,90071992547409900]"),
        ({"a": ":1.5"}, '{"a":":1.5"}'),
        (None, "null"),
        (1.0, "1"),
    ],
)
def test_text_as_javascript_writes_it(value, text):
    assert canonical(value) == exact(value) == text


@given(JSON)
def test_the_fast_path_writes_what_the_exact_one_writes(value):
    assert canonical(value) == exact(value)


@given(
    st.recursive(
        AGREED | st.text() | CHARACTERS | st.booleans(),
        lambda inner: st.lists(inner) | st.dictionaries(CHARACTERS, inner),
        max_leaves=12,
    )
)
def test_the_reference_agrees(value):
    assert canonical(value) == stringify_json(value, sort_keys=True)


def test_no_nesting_is_too_deep():
    value = []
    for _ in range(20_000):
        value = [value]
    assert canonical(value) == "[" * 20_001 + "]" * 20_001
    while value:
        value = value.pop()


def test_what_is_not_json_is_refused():
    with pytest.raises(TypeError):
        exact({"a": {1, 2}})
