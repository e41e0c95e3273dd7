from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.models.fact import Fact, Place
from scorer.scorecard import grade_tool
from scorer.scorecard.quoting import one_line, series

WHEN = "Use this when you know something about the order but not its id"
SEARCH = f"{WHEN}; with words only, use search_calls"


@pytest.fixture(scope="session")
def usage(bench):
    return bench.rubric(
        [
            bench.rule("usage/says-when", points=0.9, says="says when to use it", lacks="does not say when to use it"),
            bench.rule(
                "usage/says-when-not", points=0.6, says="says when not to use it", lacks="does not say when not to"
            ),
            bench.rule(
                "usage/names-alternative", points=0.8, says="names the alternative", lacks="names no alternative"
            ),
            bench.rule("usage/hints", points=0.1, says="hints at the use"),
            bench.rule("usage/forces", "defect", -0.7, says="claims precedence", cap=3),
            bench.rule("usage/empty", "defect", -0.2, says="gives empty guidance"),
            bench.rule("usage/harmless", "defect", 0.0, says="is short of something"),
            bench.rule("usage/none-needed", "note", says="needs no guidance", gate=4),
        ],
        base=2.0,
    )


def reason(bench, rubric, *facts):
    card = grade_tool(bench.tool(), bench.signals(), facts, rubric)
    return card.justifications["usage_guidelines"].justification


def yes(name, quote=None, detail=None, pointer="/description"):
    return Fact(
        f"usage/{name}", "usage_guidelines", True, quote=quote, place=Place(pointer) if quote else None, detail=detail
    )


def no(name):
    return Fact(f"usage/{name}", "usage_guidelines", False)


SAID = {
    "merits and what is missing": (
        [yes("says-when", WHEN), yes("names-alternative", WHEN, "names search_calls"), no("says-when-not")],
        f'Says when to use it ("{WHEN}") and names the alternative (search_calls); does not say when not to.',
    ),
    "a defect that costs nothing explains nothing": (
        [yes("says-when"), yes("harmless"), no("says-when-not"), no("names-alternative")],
        "Says when to use it; names no alternative and does not say when not to.",
    ),
    "the strongest first": (
        [yes("hints"), yes("says-when-not"), yes("names-alternative"), yes("says-when")],
        "Says when to use it, names the alternative and says when not to use it.",
    ),
    "nothing there": (
        [no("says-when"), no("says-when-not"), no("names-alternative"), no("hints")],
        "Does not say when to use it and names no alternative.",
    ),
    "nothing asked": ([], "Thin."),
    "a small defect after the merits": (
        [yes("says-when", WHEN), yes("empty", "Use it."), no("says-when-not")],
        f'Says when to use it ("{WHEN}"); but gives empty guidance ("Use it."); does not say when not to.',
    ),
    "a cap that decides comes first": (
        [yes("says-when"), yes("says-when-not"), yes("names-alternative"), yes("forces", "Always call this first")],
        (
            'Claims precedence ("Always call this first"), which keeps the score to 3. '
            "Says when to use it, names the alternative and says when not to use it."
        ),
    ),
    "a cap that does not decide": ([yes("forces")], "Claims precedence."),
    "a note that decides": (
        [yes("none-needed"), no("says-when")],
        "Needs no guidance, which alone makes the score 4; does not say when to use it.",
    ),
    "a quote with quotation marks": ([yes("says-when", 'Use "x" when')], 'Says when to use it (“Use "x" when”).'),
    "white space and line breaks": ([yes("says-when", "Use \n\t this  now;")], 'Says when to use it ("Use this now").'),
    "two quotes at most": (
        [yes("says-when", "one"), yes("names-alternative", "two"), yes("says-when-not", "three")],
        'Says when to use it ("one"), names the alternative ("two") and says when not to use it.',
    ),
    "words that are no prose": (
        [yes("says-when", "readOnlyHint", pointer="/annotations/readOnlyHint")],
        "Says when to use it.",
    ),
    "a parameter's words": (
        [yes("says-when", "when", pointer="/inputSchema/properties/a/description")],
        'Says when to use it ("when").',
    ),
    "most could not be told": (
        [
            yes("says-when"),
            *(
                Fact(f"usage/{n}", "usage_guidelines", None, "cannot-tell", "the text is in another language")
                for n in ("hints", "empty")
            ),
        ],
        (
            "Says when to use it. 2 of its 3 questions could not be answered (the text is in another language), "
            "so the score rests on what could be told."
        ),
    ),
}


@pytest.mark.parametrize(("facts", "text"), SAID.values(), ids=SAID)
def test_reads_like_a_careful_person(bench, usage, facts, text):
    assert reason(bench, usage, *facts) == text


def test_a_long_quote_is_cut_at_a_word(bench, usage):
    text = reason(bench, usage, yes("says-when", "word " * 400))
    quote = text.split('"')[1]
    assert quote.endswith(" word…")
    assert 100 < len(quote) <= 120


@given(
    st.lists(
        st.sampled_from(["says-when", "says-when-not", "names-alternative", "hints", "forces", "empty", "none-needed"]),
        unique=True,
    ),
    st.text(max_size=300),
    st.none() | st.text(max_size=300),
)
def test_never_empty_and_never_long(bench, usage, names, quote, detail):
    text = reason(bench, usage, *(yes(name, quote, detail) for name in names))
    assert text[-1] == "."
    assert text.strip(" .")
    assert "\n" not in text
    assert len(text) < 6 * (200 + 60) + 2 * 125


@pytest.mark.parametrize(
    ("clauses", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_series(clauses, text):
    assert series(clauses) == text


@given(st.text(), st.integers(2, 50))
def test_one_line_is_one_line_and_short(text, longest):
    line = one_line(text, longest)
    assert len(line) <= longest
    assert line == " ".join(line.split())
