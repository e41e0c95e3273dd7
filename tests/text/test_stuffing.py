"""Heaps of keywords are found, enumerations that tell something are not."""

from __future__ import annotations

import pytest

from scorer.text.stuffing import keyword_heaps
from scorer.text.words import lists_keywords

RUN = "warehouse logistics inventory storage pallet forklift crate bay aisle barcode"


@pytest.mark.parametrize(
    ("text", "heap"),
    [
        ("Find a crate. Keywords: crate, box, bay, aisle, shelf", "Keywords: crate, box, bay, aisle, shelf"),
        ("Find a crate. Also known as: box, bin, tote, pallet, case.", "Also known as: box, bin, tote, pallet, case"),
        ("Find a crate\n- box\n- bin\n- tote\n- pallet\n", "- box\n- bin\n- tote\n- pallet\n"),
        (f"Find a crate of the {RUN}.", RUN),
    ],
)
def test_heap(text, heap):
    assert [text[start:end] for start, end in keyword_heaps(text)] == [heap]


@pytest.mark.parametrize(
    "text",
    [
        "Tag a crate. tags: comma-separated list of tags to set on it, replacing the old ones.",
        "Returns id, title, status, owner, labels, milestone, url, created_at and updated_at.",
        "Formats:\n- csv\n- json\n- xml\n- yaml\n",
        "List, create, close, move, pin or select a browser tab.",
        "",
    ],
)
def test_no_heap(text):
    assert keyword_heaps(text) == []


def test_a_sentence_of_nothing_but_words_tells_nothing():
    assert lists_keywords("crate, box, bay, aisle, shelf, ramp, pallet, forklift")
    assert not lists_keywords("Returns crate, box, bay, aisle, shelf, ramp, pallet, forklift")
    assert not lists_keywords("crate and box")
