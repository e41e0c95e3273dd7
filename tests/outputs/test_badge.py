"""The badge: words, colours, width, and what a hostile label may do (nothing)."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from scorer.models.card import Reports
from scorer.outputs.badge import color, endpoint, message, svg

SVG = "{http://www.w3.org/2000/svg}"


def graded(sample, score, tier):
    report = sample.report()
    return replace(report, server_score=replace(report.server_score, overall_score=score, overall_tier=tier))


@pytest.mark.parametrize(
    ("scores", "said", "painted"),
    [
        ([(4.2, "A")], "A 4.2", "#14693b"),
        ([(1.0, "D")], "D 1.0", "#a84a08"),
        ([(None, None)], "not measurable", "#5b5f68"),
        ([(3.1, "B"), (2.4, "C")], "C 2.4, lowest of 2 servers", "#7d6000"),
        ([(3.1, "B"), (None, None)], "not measurable", "#5b5f68"),
        ([], "not measurable", "#5b5f68"),
    ],
)
def test_message_and_colour(sample, scores, said, painted):
    reports = [graded(sample, *score) for score in scores]
    report = reports[0] if len(reports) == 1 else Reports("1.0", tuple(reports))
    assert (message(report), color(report)) == (said, painted)


def test_svg_is_whole_and_says_its_title(sample):
    root = ET.fromstring(svg(graded(sample, 3.2, "B")))
    assert (root.get("role"), root.get("aria-label"), root.find(f"{SVG}title").text) == (
        "img",
        "tool definitions: B 3.2",
        "tool definitions: B 3.2",
    )
    left, right = root.findall(f"{SVG}g/{SVG}rect")
    assert int(left.get("width")) + int(right.get("width")) == int(root.get("width"))
    assert [text.text for text in root.iter(f"{SVG}text")] == ["tool definitions", "B 3.2"]


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tier", ["A", "B", "C", "D", "F", None])
def test_white_letters_can_be_read_on_every_colour(sample, tier):
    assert 1.05 / (luminance(color(graded(sample, 3.0, tier))) + 0.05) >= 4.5


@pytest.mark.parametrize("label", ["<script>x</script>", '" onload="x', "a]]>&<!--", "\u202ex\x00", "漢" * 500])
def test_a_hostile_label_is_text(sample, label):
    root = ET.fromstring(svg(graded(sample, 3.2, "B"), label))
    assert [element.tag.removeprefix(SVG) for element in root.iter()] == [
        "svg",
        "title",
        "clipPath",
        "rect",
        "g",
        "rect",
        "rect",
        "g",
        "text",
        "text",
    ]
    assert set(root.attrib) == {"width", "height", "role", "aria-label"}
    assert len(root.find(f"{SVG}title").text) < 80


def test_endpoint_is_what_shields_reads(sample):
    assert json.loads(endpoint(graded(sample, 3.2, "B"), "tools")) == {
        "schemaVersion": 1,
        "label": "tools",
        "message": "B 3.2",
        "color": "#41711d",
    }
