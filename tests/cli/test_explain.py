"""`toolmark explain` and `toolmark schema`."""

from __future__ import annotations

import json

import jsonschema
import pytest

from scorer.catalog import load_rubric, page

RUBRIC = load_rubric()
DIMENSIONS = (*RUBRIC.tool, *RUBRIC.server)


def test_lists_every_dimension_and_fact_a_line_each(toolmark):
    called = toolmark("explain")
    assert called.code == 0
    listed = [line.split()[0] for line in called.out.splitlines()]
    assert listed == [name for d in DIMENSIONS for name in (d.id, *(rule.id for rule in d.facts))]


@pytest.mark.parametrize("identifier", [d.id for d in DIMENSIONS] + [d.facts[0].id for d in DIMENSIONS])
def test_explains_each_within_80_columns(toolmark, identifier):
    called = toolmark("explain", identifier)
    assert called.code == 0
    assert identifier in called.out
    assert max(map(len, called.out.splitlines())) <= 80
    assert "\x1b" not in called.out


def test_says_question_reason_and_remedy(toolmark):
    rule = RUBRIC.tool[0].facts[0]
    shown = " ".join(toolmark("explain", rule.id).out.split())
    for words in (rule.question, rule.why, rule.remedy):
        assert " ".join(words.split()[:4]).strip("`") in shown.replace("`", "")


def test_gives_the_page_as_markdown(toolmark):
    assert toolmark("explain", "usage_guidelines", "--markdown").out == page("usage_guidelines")


def test_an_unknown_id_names_the_nearest(toolmark):
    called = toolmark("explain", "usage_guideline")
    assert called.code == 2
    assert "usage_guidelines" in called.err


def test_schema_is_json_schema_that_a_report_satisfies(toolmark, orders):
    schema = json.loads(toolmark("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    report = json.loads(toolmark("score", orders, "-f", "json").out)
    jsonschema.validate(report, schema)
