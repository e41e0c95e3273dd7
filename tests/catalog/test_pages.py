from __future__ import annotations

import subprocess
import sys

import pytest

from scorer.catalog import build_rubric
from scorer.catalog.__main__ import all_pages, stale_pages
from scorer.catalog.pages import dimension_page, fact_page, write_pages

HEADINGS = ["Question", "Why it matters", "Remedy", "Before", "After", "Points"]
EXAMPLE = {"Before", "After"}


def headings(page, level):
    return [line.removeprefix("#" * level + " ") for line in page.splitlines() if line.startswith("#" * level + " ")]


def test_a_dimension_has_its_anchors_and_every_fact_under_the_same_headings(reader):
    rubric = build_rubric(reader())
    page = dimension_page(rubric.tool[0], rubric)
    assert headings(page, 1) == ["Usage Guidelines"]
    assert headings(page, 3) == ["usage/says-when", "usage/forces-order", "usage/no-alternative"]
    asked = [[h for h in HEADINGS if one.before or one.after or h not in EXAMPLE] for one in rubric.tool[0].facts]
    assert headings(page, 4) == [heading for of_one in asked for heading in of_one]
    assert HEADINGS in asked
    assert [h for h in HEADINGS if h not in EXAMPLE] in asked
    for text in (
        "| 5 | best |",
        "starts at 2.0",
        "| [usage/says-when](#usagesays-when) | merit | +0.9 |",
        "-0.5, caps the score at 3, raises the flag No Description",
        "sets the score to 4",
    ):
        assert text in page
    assert "coherence" in dimension_page(rubric.server[0], rubric)


def test_a_fact_stands_alone(reader):
    rubric = build_rubric(reader())
    page = fact_page(rubric.tool[0].facts[0], rubric)
    assert headings(page, 1) == ["usage/says-when"]
    assert headings(page, 2) == HEADINGS
    assert "A merit of Usage Guidelines" in page
    assert "```text\nSearch orders.\n```" in page
    assert "None: this is a note." in fact_page(rubric.tool[0].facts[2], rubric)


def test_text_cannot_break_a_table_or_a_block(reader):
    rubric = build_rubric(reader("5: best", '5: "a | b"'))
    assert "| 5 | a \\| b |" in dimension_page(rubric.tool[0], rubric)


def test_one_page_per_dimension_and_an_index(reader):
    pages = write_pages(build_rubric(reader()))
    assert sorted(pages) == ["README.md", "server/completeness.md", "tool/usage_guidelines.md"]
    assert "[Usage Guidelines](tool/usage_guidelines.md)" in pages["README.md"]
    assert "60 % of the tools' mean and 40 %" in pages["README.md"]


def test_the_pages_in_the_tree_are_those_of_the_rubric(root):
    assert stale_pages(write=False) == [], "run `python -m scorer.catalog --write-pages`"
    written = {path.relative_to(root / "rubrics").as_posix() for path in (root / "rubrics").rglob("*.md")}
    assert written == set(all_pages(root / "rubrics"))


def test_stale_pages_are_named_and_written(tmp_path, monkeypatch, reader):
    (tmp_path / "tool").mkdir()
    (tmp_path / "server").mkdir()
    monkeypatch.setattr("scorer.catalog.__main__.load_rubric", lambda: build_rubric(reader()))
    monkeypatch.setattr("scorer.catalog.__main__.asset_path", lambda _: tmp_path)
    assert len(stale_pages(write=False)) == 4
    assert not (tmp_path / "README.md").exists()
    assert len(stale_pages(write=True)) == 4
    assert stale_pages(write=False) == []
    (tmp_path / "README.md").write_text("old", encoding="utf-8")
    assert stale_pages(write=False) == ["README.md"]


@pytest.mark.parametrize(("arguments", "code"), [(["--write-pages", "--check"], 0), ([], 2)])
def test_the_command(root, arguments, code):
    run = subprocess.run(
        [sys.executable, "-m", "scorer.catalog", *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    assert run.returncode == code, run.stderr
