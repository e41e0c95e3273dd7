from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.outputs.escape import folded, html_text, markdown_sentence, markdown_text, visible

VISIBLE = [
    ("plain\ttext\nline", "plain\ttext\nline"),
    ("a\r\nb\rc", "a\nb\nc"),
    ("\x1b[31m", "\\u001b[31m"),
    ("a\u202eb", "a\\u202eb"),
    ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
    ("tag\U000e0041", "tag\\u{e0041}"),
    ("\ud83d", "\\ud83d"),
    ("می\u200cخواهم", "می\u200cخواهم"),  # a joiner where Persian needs it
    ("ab\u200ccd", "ab\\u200ccd"),
    ("❤\ufe0f", "❤\ufe0f"),
    ("a\ufe0f", "a\\ufe0f"),
    ("漢字 é ß", "漢字 é ß"),
]


@pytest.mark.parametrize(("text", "shown"), VISIBLE)
def test_visible(text, shown):
    assert visible(text) == shown


# Format characters that have a shape of their own (signs around numbers), and joiners.
_SHAPED = {
    *range(0x600, 0x606),
    0x6DD,
    0x70F,
    0x890,
    0x891,
    0x8E2,
    0x110BD,
    0x110CD,
    *range(0x13430, 0x13440),
    0x200C,
    0x200D,
}


@given(st.text(st.characters(codec=None)))
def test_nothing_that_hides_is_left(text):
    left = [char for char in visible(text) if char not in "\t\n" and ord(char) not in _SHAPED]
    assert not {unicodedata.category(char) for char in left} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text(st.characters(codec=None), max_size=400), st.integers(2, 50))
def test_folded_is_one_bounded_line(text, limit):
    line = folded(text, limit)
    assert len(line) <= limit
    assert not set(line) & set("\t\n")
    assert "  " not in line


def test_folded_reads_no_more_than_it_needs():
    assert folded("x" * 10_000_000, 10) == "xxxxxxxxx…"
    assert folded(" " * 10_000_000 + "x", 10) == "…"
    assert folded("a\n\n  b\u00a0c", 10) == "a b c"


MARKDOWN = [
    ("find_orders", "find_orders"),
    ("_em_ *b* `c`", "\\_em\\_ \\*b\\* \\`c\\`"),
    ("a|b", "a&#124;b"),
    ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
    ("[x](y)", "\\[x\\](y)"),
    ("@all", "@&#8203;all"),
    ("https://x.example", "https:&#8203;//x.example"),
    ("see #12", "see \\#&#8203;12"),
    ("{{7*7}}", "\\{&#8203;\\{7\\*7\\}&#8203;\\}"),
    ("1. one", "1\\. one"),
    ("- one", "\\- one"),
    ("v1.2 - ok", "v1.2 - ok"),
]


@pytest.mark.parametrize(("text", "escaped"), MARKDOWN)
def test_markdown_text(text, escaped):
    assert markdown_text(text) == escaped


def test_html_text_has_no_backslashes():
    assert html_text("_a_ <b> @c") == "_a_ &lt;b&gt; @&#8203;c"


def test_a_sentence_of_ours_shows_its_names_as_code():
    assert markdown_sentence("Not in snake_case: `getStats` and `a*b`.") == (
        "Not in snake_case: <code>getStats</code> and <code>a\\*b</code>."
    )
    # A lone backtick, and what a definition brings along, stay text.
    assert markdown_sentence("one ` alone") == "one \\` alone"
    assert markdown_sentence("`<b>x</b>\\`") == "<code>&lt;b&gt;x&lt;/b&gt;\\\\</code>"
