from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest

from scorer.outputs import render


@pytest.fixture(scope="module")
def page(sample):
    return render(sample.report(), "html")


def test_page_is_self_contained(page):
    assert "default-src 'none'; style-src 'sha256-" in unescape(page)
    assert "unsafe" not in page
    assert not re.search(
        r"<(link|img|iframe|object|embed)\b|@import|url\(|\s(?:src|style|action|on\w+)=|https?://", page
    )
    assert page.startswith("<!doctype html>")
    assert '<html lang="en">' in page


def test_links_lead_to_cards_and_ids_are_unique(document):
    page = re.sub(r"<(script|style)>.*?</\1>", "", render(document, "html"), flags=re.DOTALL)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_everything_that_not_every_report_has_is_shown(sample):
    page = render(sample.rich(), "html")
    for words in (
        "What changed since",
        "old.json",
        "graded by rubric 0.9",
        "+ <a href",
        "Recommended rule for PolicyLayer",
        "Fill in first: <code>&lt;TOOL&gt;</code>",
        "How do I block purge_customer completely?",
        "the text says that it deletes.",
        "src/orders.py:12-14",
        'find(state="&lt;open&gt;")',
        'description now, <code class="where">src/words.py:3-5</code>',
        "Finds &lt;orders&gt; of `one` customer.",
        "description is computed",
        "the witnesses disagree",
        "The heuristics count",
        "The heuristics alone give 3.",
        "Judged by some-model: 1 of 2 tools",
        "Two of its tools can destroy data.",
    ):
        assert words in page


def test_a_long_page_says_in_the_cards_what_they_alone_have(sample):
    page = render(sample.many(200), "html")
    assert len(page.encode()) / 200 < 12_000
    assert page.count("Why: ") < 200


def test_headings_skip_no_level(document):
    levels = [int(level) for level in re.findall(r"<h(\d)", render(document, "html"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tools_of_one_name_have_cards_of_their_own(sample):
    page = render(sample.report((sample.GET, replace(sample.GET))), "html")
    assert len(set(re.findall(r'<article id="([^"]+)"', page))) == 2


def test_card_shows_scores_reasons_facts_fixes_and_definition(page):
    card = page[page.index('<article id="tool-purge_customer"') :]
    card = card[: card.index("</article>")]
    for words in (
        "Annotation Contradiction",
        "Deletes, but the annotations say read-only.",
        "behavior/contradicts-annotations",
        "-3",
        "+0.4",
        "under +0.1",
    ):
        assert words in card
    assert 'class="m defect d2" href="#t1-' in card
    assert '"customer": {' in card


def test_server_header_has_the_four_reasons_and_the_pairs(page):
    for words in (
        "Disambiguation",
        "Naming",
        "Tool count",
        "Completeness",
        "5 of 8 names are verb_noun.",
        "Tools that an agent may confuse",
    ):
        assert words in page


def test_parameters_are_listed_at_every_depth(page):
    rows = re.findall(
        r'class="l(\d)"><code><span>([^<]+)</span>([^<]+)</code></th><td>(Yes|No)</td><td><code>([^<]+)', page
    )
    assert ("1", "filters.", "state", "Yes", "enum") in rows
    assert ("1", "tags[].", "key", "No", "string") in rows
    assert "one of &#34;open&#34;, &#34;paid&#34;, &#34;shipped&#34;" in page


def test_a_name_without_an_end_is_cut_in_the_middle_of_the_table(sample):
    report = sample.report()
    name = "begins_" + "x" * 986 + "_ends"
    page = render(replace(report, tools=(replace(report.tools[0], name=name), *report.tools[1:])), "html")
    assert f'title="{name}"' in page
    assert re.search(r"begins_x{40,42}…x{40,42}_ends</code>", page)
