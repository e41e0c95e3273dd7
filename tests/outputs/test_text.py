from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from scorer.models.tool import Problem
from scorer.outputs import render
from scorer.outputs.cells import cut, cut_middle, padded, wrapped

LINES = st.text(max_size=300)


def lines(report, **how) -> list[str]:
    return render(report, "text", **how).splitlines()


def test_the_source_to_change_stands_under_the_fix(sample):
    full = render(replace(sample.rich(), shown=("search_orders",)), "text")
    assert "in                src/words.py:3-5 (description)" in full
    assert "          Finds <orders> of `one` customer." in full
    assert 'FIND = """' not in render(sample.rich(), "text")


def test_a_report_on_a_part_of_a_server_says_so(sample):
    report = sample.rich()
    gap = Problem("not-read", "tools are made from an API description at src/x.py:41")
    part = replace(report, server=replace(report.server, not_read=1), errors=(*report.errors, gap))
    for name in ("text", "markdown", "html"):
        text = re.sub(r"\s+", " ", render(part, name))
        assert "Partly read: 1 place that registers tools could not be followed, so there may be more tools" in text
        assert "ot read: tools are made from an API description" in re.sub("<[^>]*>|\\\\", "", text)
        assert "Partly read" not in render(report, name)
    assert '"notRead": 1' in render(part, "json")
    assert "notRead" not in render(report, "json")


def test_first_line_sums_up(sample):
    assert lines(sample.report())[0] == "acme-orders 1.4.0   2.6 C   descriptions 2.2 C   coherence 3.8 A"


def test_rows_are_worst_first_with_digits(sample):
    rows = [line for line in lines(sample.report()) if re.search(r" [ABCDF]  [1-5] ", line)]
    assert [row.split()[0] for row in rows[:3]] == ["warehouses", "process", "purge_customer"]
    assert rows[2].split() == ["purge_customer", "2.8", "C", "4", "2", "1", "3", "4", "3", "59"]


def test_what_cannot_be_measured_is_a_dash_and_what_cannot_be_read_a_row(sample):
    text = render(sample.report(), "text")
    assert re.search(r"v2 +3.9 A  4   3   4   -   5   -  ", text)
    assert re.search(r"^#7 +not graded: not-an-object$", text, re.MULTILINE)


def test_columns_line_up_under_wide_characters(sample):
    rows = [line for line in lines(sample.report()) if re.search(r" [ABCDF]  [1-5] ", line)]
    assert len({cell_len(row) for row in rows}) == 1


@pytest.mark.parametrize("width", [20, 64, 80, 100, 400])
def test_no_line_is_too_wide(document, width):
    assert max(map(cell_len, lines(document, width=width))) <= max(64, min(width, 120))


def test_many_tools_are_cut_to_the_worst_thirty(sample):
    found = lines(sample.many(300))
    assert sum(bool(re.search(r"  [1-5]   [1-5]   [1-5]  ", line)) for line in found) == 30
    assert any("and 270 tools that score better" in line for line in found)
    assert len(found) < 120
    assert sum(bool(re.search(r" [ABCDF]  [1-5] ", line)) for line in lines(sample.many(40))) == 40


def test_three_worst_tools_with_quote_fix_and_example(sample):
    text = render(sample.report(), "text")
    assert '"Permanently deletes"' in text
    assert "Fix +0.4            Set readOnlyHint to false and destructiveHint to true." in text
    assert "Process.  ->  Charges the card on file for one open order." in text
    assert "find_orders   3.3 B" not in text


def test_narrowed_to_a_tool_it_says_all_of_that_tool(sample):
    text = render(replace(sample.report(), shown=("search_orders",)), "text")
    assert "1 shown" in text
    assert "Conciseness 5 " in text
    assert "process" not in text
    assert "Shortest way" not in text


def test_colour_only_adds_codes(sample):
    coloured = render(sample.several(), "text", color=True)
    assert "\x1b[1m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render(sample.several(), "text")


@settings(max_examples=40)
@given(LINES, LINES, LINES)
def test_any_text_fits(sample, name, quote, reason):
    card = sample.PROCESS
    facts = (replace(card.facts[0], quote=quote),)
    reasons = dict.fromkeys(card.justifications, replace(card.justifications["purpose_clarity"], justification=reason))
    card = replace(card, name=name, facts=facts, justifications=reasons, flags=(reason,))
    report = replace(sample.report((card,)), server=replace(sample.report().server, name=name, location=quote))
    assert max(map(cell_len, lines(report))) <= 80


@given(st.text(), st.integers(8, 60))
def test_cutting_and_padding_keep_to_the_width(text, width):
    assert cell_len(cut(text, width)) <= width
    assert cell_len(cut_middle(text, width)) <= width
    assert cell_len(padded(text, width)) == width


@given(st.lists(st.text("ab漢", min_size=1, max_size=12), max_size=30).map(" ".join), st.integers(24, 60))
def test_wrapping_loses_nothing_when_there_is_room(text, width):
    assert " ".join(wrapped(text, width, 99)) == text
    assert all(cell_len(line) <= width for line in wrapped(text, width, 99))


def test_names_are_cut_in_the_middle():
    assert cut_middle("export_revenue_by_region_to_csv", 15) == "export_…_to_csv"
    assert wrapped("one two three four", 9, 2) == ["one two", "three fo…"]


def test_a_tool_that_was_asked_for_is_shown_whole(sample):
    card = sample.report().tools[0]
    long = " ".join(f"word{n}" for n in range(400)) + " end-of-it"
    dim = next(iter(card.justifications))
    told = {**card.justifications, dim: replace(card.justifications[dim], justification=long, score=1)}
    report = replace(sample.report(), tools=(replace(card, justifications=told),))
    assert "end-of-it" not in render(report, "text")
    whole = render(replace(report, shown=(card.name,)), "text")
    assert "end-of-it" in whole
    assert "…" not in whole


def test_tools_beyond_the_worst_three_are_counted(sample):
    text = render(sample.many(12), "text")
    assert "... and 9 more tools to mend: --tool NAME shows one in full" in text
    report = sample.many(5)
    names = tuple(card.name for card in report.tools)
    narrowed = render(replace(report, shown=names), "text").splitlines()
    assert all(any(line.startswith(f"{name}   ") for line in narrowed) for name in names)
    assert "to mend" not in "".join(narrowed)


def test_words_that_speak_against_two_dimensions_are_quoted_once(sample):
    report = sample.report()
    card = next(card for card in report.tools if card.justifications)
    dims = [dim.id for dim in report.legend.dimensions][:2]
    fact = replace(card.facts[0], holds=True, points=-1.0, quote="words that speak against it")
    facts = tuple(replace(fact, dimension=dim) for dim in dims)
    low = {dim: replace(card.justifications[dim], score=1, justification="No.") for dim in dims}
    report = replace(report, tools=(replace(card, facts=facts, justifications={**card.justifications, **low}),))
    assert render(report, "text").count("words that speak against it") == 1
