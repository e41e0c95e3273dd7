from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scorer.catalog.yaml_text import read_mapping
from scorer.errors import RubricError


def test_scalars_stay_text():
    assert read_mapping("a: no\nb: 0.5\nc:\nd: [1, x]\ne: {f: '7'}", "f.yaml") == {
        "a": "no",
        "b": "0.5",
        "c": "",
        "d": ["1", "x"],
        "e": {"f": "7"},
    }


BROKEN = {
    "a: [1": "f.yaml, line ",
    "a: 1\na: 2": "line 2: duplicate or odd key 'a'",
    "a: {b: 1, b: 2}": "duplicate or odd key 'b'",
    "a: &x 1\nb: *x": "line 2: aliases",
    "a: !!python/object:os.system x": "tags",
    "a: !!binary aGk=": "tags",
    "": "no single mapping",
    "- a": "no single mapping",
    "text": "no single mapping",
    "a: 1\n---\nb: 2": "no single mapping",
    "[a]: 1": "odd key",
    "a: \x00": "f.yaml",
}


@pytest.mark.parametrize(("text", "message"), BROKEN.items())
def test_what_is_no_plain_mapping_is_refused(text, message):
    with pytest.raises(RubricError) as raised:
        read_mapping(text, "f.yaml")
    assert str(raised.value).startswith("f.yaml")
    assert message in str(raised.value)


VALUES = st.recursive(
    st.text(
        st.characters(
            codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"
        )
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text("abc", min_size=1), VALUES, min_size=1, max_size=4))
def test_reads_what_the_library_writes(values):
    text = yaml.safe_dump(values, allow_unicode=True)
    assert read_mapping(text, "f.yaml") == yaml.load(text, yaml.BaseLoader) == values


def test_reads_the_same_without_the_parser_in_c(monkeypatch):
    text = "a: no\nb: 'x: y'\nc:\n  - 1\n  - d: |\n      two\n      lines\n"
    found = read_mapping(text, "f.yaml")
    monkeypatch.setattr("scorer.catalog.yaml_text._LOADER", yaml.SafeLoader)
    assert read_mapping(text, "f.yaml") == found == {"a": "no", "b": "x: y", "c": ["1", {"d": "two\nlines\n"}]}
