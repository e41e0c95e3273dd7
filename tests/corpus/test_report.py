"""What is said of a whole corpus: counted here once more, from the cards of every server."""

from __future__ import annotations

import json
from collections import Counter
from statistics import mean, quantiles

import pytest
from registry import run, server, write_rows

from scorer import load, score
from scorer.catalog import load_rubric
from scorer.cli.app import run as command
from scorer.corpus.report import report_corpus
from scorer.models.rubric import NO_DESCRIPTION
from scorer.outputs import corpus_html, corpus_json, corpus_text

SERVERS = [server(index) for index in range(40)]


@pytest.fixture(scope="module")
def cards():
    return [card for name, tools in SERVERS for card in score(load({"tools": tools}, name=name)).tools]


@pytest.fixture(scope="module")
def report(scored):
    return report_corpus(str(scored))


def test_spreads_are_those_of_the_cards(report, cards):
    assert (report.tools, report.servers, report.errors) == (240, 40, 0)
    assert report.mean == pytest.approx(mean(card.tdqs for card in cards))
    assert report.quartiles == pytest.approx(quantiles((card.tdqs for card in cards), n=4, method="inclusive"))
    tiers = Counter(card.tier for card in cards)
    assert {tier.letter: tier.count for tier in report.tiers if tier.count} == tiers
    for spread in report.dimensions:
        found = Counter(card.scores[spread.id] for card in cards)
        assert spread.counts == tuple(found[score] for score in range(1, 6))
        assert spread.unmeasured == found[None]
    assert {share.name: share.count for share in report.flags} == Counter(
        flag for card in cards for flag in (*card.flags, *card.server_flags)
    )


def test_risk_is_that_of_the_cards(report, cards):
    assert {share.name: share.count for share in report.risk_categories} == Counter(
        card.risk.category for card in cards
    )
    assert {share.name: share.count for share in report.risk_severities} == Counter(
        card.risk.severity for card in cards
    )


def test_published_figures_are_the_rubrics(report):
    corpus = load_rubric().corpus
    assert report.published_mean == corpus.mean_tdqs
    assert {spread.id: spread.published_mean for spread in report.dimensions} == {
        spread.id: corpus.means[spread.id] for spread in report.dimensions
    }
    assert {tier.letter: tier.published for tier in report.tiers} == corpus.tiers


def test_fixes_are_those_of_the_cards(report, cards):
    """As many tools as have the fix on their card, and the gain of the card but for its rounding."""
    fixes = [(fix.fact, fix.gain) for card in cards for fix in card.fixes if fix.gain or card.tdqs > 1]
    counted = Counter(fact for fact, _ in fixes)
    assert len(report.fixes) > 10
    for fix in report.fixes:
        assert fix.tools == counted[fix.fact]
        assert fix.gain == pytest.approx(mean(gain for fact, gain in fixes if fact == fix.fact), abs=0.051)
        assert fix.corpus_gain == pytest.approx(fix.gain * fix.tools / 240, abs=0.001)
    assert [fix.corpus_gain for fix in report.fixes] == sorted((fix.corpus_gain for fix in report.fixes), reverse=True)


def test_defects_are_all_of_them_the_commonest_first(report, cards):
    """Counted from the facts of the cards; a tool without a description has that defect alone to mend."""
    described = [card for card in cards if NO_DESCRIPTION not in card.flags]
    held = Counter(fact.id for card in described for fact in card.facts if fact.holds)
    held["purpose/no-description"] = len(cards) - len(described)
    assert len(report.defects) > 3
    assert {fix.kind for fix in report.defects} == {"defect"}
    assert [fix.tools for fix in report.defects] == sorted((fix.tools for fix in report.defects), reverse=True)
    # Where two defects of a tool come to the same, mending one alone may add nothing.
    assert not [(fix.fact, fix.tools, held[fix.fact]) for fix in report.defects if not 0 < fix.tools <= held[fix.fact]]
    assert report.defects[0].tools == held[report.defects[0].fact]
    assert "Commonest defects" in corpus_text.render(report)
    assert "The commonest defects" in corpus_html.render(report)


def test_pictures_say_in_words_what_they_show(report):
    page = corpus_html.render(report)
    tier = report.tiers[0]
    assert f'aria-label="Tiers: A {tier.percent:.0f} percent (registry {tier.published:.0f})' in page
    assert f"; mean {report.dimensions[0].mean:.2f}, in the registry {report.dimensions[0].published_mean:.2f}" in page


@pytest.mark.parametrize(("mark", "above"), [(None, 46), (50.0, 46), (40.0, 36), (20.0, 46), (70.0, 46)])
def test_a_number_stands_clear_of_the_registrys_mark(mark, above):
    assert corpus_html.Bar("A", 50, 0, 50, 10, 50, mark, "s5").above == above


def test_the_lowest_servers_come_first(report):
    scores = [found.overall for found in report.worst]
    assert scores == sorted(scores)
    first = next(tools for name, tools in SERVERS if name == report.worst[0].server)
    graded = score(load({"tools": first}, name=report.worst[0].server))
    assert graded.server_score.overall_score == report.worst[0].overall
    assert report.worst[0].lowest == graded.server_score.min_tdqs
    assert report.worst[0].tools == 6


def test_drift_tells_edited_from_moved(scored, tmp_path):
    name, tools = SERVERS[4]
    silent = [{**tools[0], "description": ""}, *tools[1:]]
    rows = write_rows(tmp_path / "r.jsonl", [*SERVERS[:3], (name, silent), *SERVERS[5:], server(77)])
    run(rows, tmp_path / "out", previous=str(scored))
    drift = report_corpus(str(tmp_path / "out"), str(scored)).drift
    assert (drift.shared, drift.added, drift.removed, drift.edited) == (234, 6, 6, 1)
    assert (drift.up, drift.down - drift.moved_unedited) == (0, 1)
    mover = drift.movers[0]
    assert (mover.server, mover.tool, mover.after) == (name, tools[0]["name"], 1.0)
    assert [move.count for move in drift.tiers if move.after == "D"] == [1]


def test_a_run_against_itself_has_not_moved(scored):
    drift = report_corpus(str(scored), str(scored)).drift
    assert (drift.up, drift.down, drift.added, drift.removed, drift.edited) == (0, 0, 0, 0, 0)
    assert drift.movers == ()


HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e\"'{{7*7}}"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    tools = [{"name": f"{HOSTILE}{index}", "description": HOSTILE, "inputSchema": {}} for index in range(3)]
    path = write_rows(folder / "r.jsonl", [(HOSTILE, tools)])
    path.write_text(path.read_text() + "{nonsense\n")
    run(path, folder / "out")
    return report_corpus(str(folder / "out"), str(folder / "out"))


def test_no_text_from_outside_acts(hostile):
    page, text = corpus_html.render(hostile), corpus_text.render(hostile)
    assert "<script" not in page
    assert "alert(1)" in page
    for output in (page, text):
        assert "\x1b" not in output
        assert "\u202e" not in output
    assert json.loads(corpus_json.render(hostile))["worst"][0]["server"] == HOSTILE


def test_the_page_needs_nothing_but_itself(report):
    page = corpus_html.render(report)
    assert "default-src 'none'" in page
    assert page.count("<svg") > 10
    assert not any(word in page for word in ("http:", "https:", "src=", "url(", "@import"))


def test_the_text_fits_a_terminal(report):
    assert max(map(len, corpus_text.render(report).splitlines())) <= 170
    assert corpus_text.render(report).endswith("\n")


def test_a_corpus_without_one_good_row(tmp_path):
    (tmp_path / "r.jsonl").write_text("{nonsense\n")
    run(tmp_path / "r.jsonl", tmp_path / "out")
    report = report_corpus(str(tmp_path / "out"))
    assert (report.tools, report.errors, report.mean, report.quartiles) == (0, 1, None, ())
    assert "1 row could not be graded" in corpus_text.render(report)
    assert "not JSON" in corpus_html.render(report)


def test_the_command_prints_and_writes(scored, tmp_path, capsys):
    page, data = tmp_path / "r.html", tmp_path / "r.json"
    assert command(["corpus", "report", str(scored), "--html", str(page), "--json", str(data)]) == 0
    assert capsys.readouterr().out == corpus_text.render(report_corpus(str(scored)))
    assert page.read_text().startswith("<!doctype html>")
    assert json.loads(data.read_text())["tools"] == 240


def test_a_folder_that_holds_no_results(tmp_path, capsys):
    assert command(["corpus", "report", str(tmp_path)]) == 2
    assert "holds no results" in capsys.readouterr().err
