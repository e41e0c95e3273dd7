"""Sentences: where they end, what kind they are, and the heading they stand under."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.text.sentences import sentences

ROWS = [
    ("One. Two! Three?", ["One.", "Two!", "Three?"]),
    ("Search, e.g. by id. Then stop.", ["Search, e.g. by id.", "Then stop."]),
    ("Pay it; it must be open.", ["Pay it;", "it must be open."]),
    ("First line\ncontinues here.\n\nNext.", ["First line\ncontinues here.", "Next."]),
    ("翻訳します。次です。", ["翻訳します。", "次です。"]),
    ("- one\n- two", ["one", "two"]),
    ("v1.2 is out", ["v1.2 is out"]),
    ("   \n ", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_where_sentences_end(text, expected):
    assert [s.text for s in sentences(text)] == expected


SECTIONS = [
    (
        "Do it.\n\nArgs:\n    path: where it is\n\nReturns:\n    the new path",
        [("", "prose"), ("args", "prose"), ("returns", "prose")],
    ),
    ("Do it. Returns: the new path.", [("", "prose"), ("returns", "prose")]),
    ("Do it.\n\n## When to use\n- at night\n", [("", "prose"), ("when", "item")]),
    ("USE THIS TOOL WHEN:\n- You need papers", [("when", "item")]),
    ('Do it.\n```json\n{"a": 1}\n```\nDone.', [("", "prose"), ("", "code"), ("", "prose")]),
    ("Note: slow.\n\nOther.", [("notes", "prose"), ("", "prose")]),
]


@pytest.mark.parametrize(("text", "expected"), SECTIONS)
def test_section_and_kind(text, expected):
    assert [(s.section, s.kind) for s in sentences(text)] == expected


@given(st.text(max_size=300))
def test_a_sentence_stands_where_it_says(text):
    last = 0
    for sentence in sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.start >= last
        last = sentence.end
