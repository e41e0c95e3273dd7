from __future__ import annotations

import json

import pytest

from scorer.calibration.labels import read_entries
from scorer.calibration.siblings import is_older
from scorer.errors import InputError


def read(labels):
    return read_entries(labels, labels.parent / "livemcpbench.json", labels.parent / "servers")


def test_ratings_judgements_jury_and_captured_tools_are_joined(labels):
    found = read(labels)
    assert [(e.kind, e.server, e.definition["name"]) for e in found] == [
        ("rating", "shop", "find_orders"),
        ("rating", "shop", "find_orders"),
        ("rating", "shop", "get_order"),
        ("jury", "Jury Shop", "get_order"),
        ("captured", "depot", "find_orders"),
        ("captured", "depot", "get_order"),
    ]
    first, _, third, jury = found[:4]
    # Null is no score, and neither is `true`.
    assert first.published == {"behavioral_transparency": 2.0, "conciseness_structure": 4.0, "parameter_semantics": 3.0}
    assert (first.tdqs, third.tdqs) == (3.2, None)
    assert first.judged == {"purpose_clarity": (5.0,), "usage_guidelines": (4.0, 3.0)}
    assert third.judged == {}
    assert jury.jury == {"purpose_clarity": (3.0, 2.0, 3.0), "usage_guidelines": (1.0, 1.0, 2.0)}
    assert [tool["name"] for tool in first.beside] == ["get_order"]
    assert (first.source, third.source) == ("", "repository")


def test_a_single_file_will_do(labels):
    assert [entry.key for entry in read_entries(labels / "tools.jsonl")] == ["k1", "k1", "k2"]


def test_siblings_of_a_captured_server_are_all_of_its_tools(labels):
    line = json.loads((labels / "tools.jsonl").read_text(encoding="utf-8").splitlines()[0])
    (labels / "tools.jsonl").write_text(json.dumps({**line, "server": "depot031", "siblings": []}), encoding="utf-8")
    assert [tool["name"] for tool in read(labels)[0].beside] == ["get_order"]


@pytest.mark.parametrize(
    ("name", "others", "older"),
    [
        ("docx031", ["docx"], True),
        ("git2026_1", ["git"], True),
        ("context7", ["context8"], False),
        ("stocks", ["stockshead"], True),
        ("stockshead", ["stocks"], False),
        ("k8s", ["k8"], False),
    ],
)
def test_which_captured_servers_are_older_versions(name, others, older):
    assert is_older(name, [name, *others]) is older


BROKEN = {
    "not json": ("{", "tools.jsonl, line 1: not JSON"),
    "no object": ("[1]", "line 1: not a JSON object"),
    "deep": ("[" * 100_000, "not JSON"),
    "no labels": ('{"a": 1}', "holds no labels"),
    "empty": ("", "holds no labels"),
}


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN)
def test_bad_labels_are_named_with_their_place(tmp_path, text, message):
    file = tmp_path / "tools.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_entries(file)


def test_what_is_not_there_or_no_text(tmp_path):
    (tmp_path / "x.jsonl").write_bytes(b"\xff\xfe\x00")
    for path, message in ((tmp_path / "none", "No such file"), (tmp_path / "x.jsonl", "not UTF-8")):
        with pytest.raises(InputError, match=message):
            read_entries(path)


@pytest.mark.parametrize(
    "line", [{"scores": {"behavior": "4"}}, {"siblings": 3}, {"server": None, "key": 5, "tdqs": "x"}]
)
def test_odd_values_are_passed_over(tmp_path, line):
    rating = {"definition": {"name": "a"}, "scores": {}, **line}
    (tmp_path / "a.jsonl").write_text(json.dumps(rating), encoding="utf-8")
    (entry,) = read_entries(tmp_path)
    assert (entry.published, entry.tdqs, entry.siblings) == ({}, None, ())
