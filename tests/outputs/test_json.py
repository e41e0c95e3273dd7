from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest
from tdqs.score_report import ScoreReport

from scorer.errors import InputError
from scorer.outputs import render
from scorer.outputs.json import _careful, parse, schema


def test_schema_is_valid_and_accepts_every_sample(rendered):
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.Draft202012Validator(schema()).validate(json.loads(rendered("json")))


def test_schema_refuses_a_report_with_a_part_missing(sample):
    data = json.loads(render(sample.report(), "json"))
    del data["tools"][0]["scores"]
    assert not jsonschema.Draft202012Validator(schema()).is_valid(data)


def test_what_is_written_is_read_back(document):
    assert parse(render(document, "json")) == document


def test_keys_are_camel_case_except_dimensions(sample):
    data = json.loads(render(sample.report(), "json"))
    assert data["serverScore"]["overallTier"] == "C"
    assert data["tools"][0]["contextSignals"]["schemaDescriptionCoverage"] == 100
    assert set(data["tools"][0]["scores"]) == {dim.id for dim in sample.DIMENSIONS}


def test_a_strict_reader_of_the_public_format_reads_complete_tools(sample):
    report = sample.report(tuple(card for card in sample.TOOLS if card.complete))
    read = ScoreReport.model_validate_json(render(report, "json"))
    assert [tool.tdqs for tool in read.tools] == [card.tdqs for card in report.tools]
    assert read.tools[3].flags == ["Annotation Contradiction"]
    assert read.server_score.shadowing_risks[0].cheaper_sibling == "find_orders"


def test_both_writers_agree(document):
    assert _careful(document) == render(document, "json")


def with_definition(sample, value):
    card = replace(sample.GET, definition={"name": "get_order", "inputSchema": value})
    return sample.report((card,))


def test_half_a_surrogate_pair_is_written_as_an_escape(sample):
    report = with_definition(sample, {"title": "half \ud83d", "\udc00": 1})
    text = render(report, "json")
    assert "half \\ud83d" in text
    assert "\ud83d" not in text
    assert parse(text) == report


def test_a_number_beyond_floats_becomes_null(sample):
    for value in (float("inf"), float("nan")):
        assert parse(render(with_definition(sample, {"maximum": value}), "json")).tools[0].definition[
            "inputSchema"
        ] == {"maximum": None}
    both = with_definition(sample, {"maximum": float("inf"), "title": "\ud800"})
    assert parse(render(both, "json")).tools[0].definition["inputSchema"] == {"maximum": None, "title": "\ud800"}


def test_deep_definitions_are_written_whole(sample):
    deep: dict = {}
    for _ in range(400):
        deep = {"properties": deep}
    report = with_definition(sample, deep)
    assert parse(render(report, "json")) == report


def test_definitions_beyond_all_depth_are_an_error_and_no_traceback(sample):
    deep: dict = {}
    for _ in range(20_000):
        deep = {"p": deep}
    with pytest.raises(InputError, match="nested too deeply"):
        render(with_definition(sample, deep), "json")
    while deep:  # taken apart by hand: the interpreter frees such a nest recursively
        deep = deep.pop("p")


PUBLIC = {
    "generatedAt": "",
    "model": None,
    "server": {"name": "x", "toolCount": 1},
    "serverScore": {},
    "specVersion": "1.2",
    "tools": [],
}

NOT_REPORTS = [
    ("", "not valid JSON: Expecting value .line 1, column 1."),
    ('{"schemaVersion": "1.0",\n "tools": [}', "line 2, column 12"),
    ('{"schemaVersion": NaN}', "NaN is not a number"),
    ("[" * 100_000, "nested too deeply"),
    ("9" * 5000, "number that is too long"),
    ("[]", "but a JSON array"),
    ("3", "but a number"),
    ("{}", "no schemaVersion"),
    ('{"tools": [{"name": "x"}]}', "looks like tool definitions"),
    (json.dumps(PUBLIC), "TDQS score report"),
    ('{"schemaVersion": "2.0"}', "schema version 2.0; this program reads 1.0"),
    ('{"schemaVersion": "\\u001b[2J1.0"}', r"schema version \\u001b"),
    ('{"schemaVersion": 1}', "not a toolmark report"),
    ('{"schemaVersion": "1.0"}', "damaged: specVersion: Field required"),
    ('{"schemaVersion": "1.0", "servers": [3]}', "damaged: servers.0"),
]


@pytest.mark.parametrize(("text", "message"), NOT_REPORTS, ids=[row[1] for row in NOT_REPORTS])
def test_what_is_no_report_is_refused_with_a_tip(text, message):
    with pytest.raises(InputError, match=message) as caught:
        parse(text)
    assert "toolmark score" in caught.value.tip
    assert "\x1b" not in str(caught.value)


def test_a_later_minor_version_and_a_byte_order_mark_are_read(sample):
    text = render(sample.report(), "json").replace('"schemaVersion": "1.0"', '"schemaVersion": "1.7", "news": 1', 1)
    assert parse("\ufeff" + text) == replace(sample.report(), schema_version="1.7")
