"""A corpus becomes a folder of Parquet files: the same numbers as `score`, whatever form the input has."""

from __future__ import annotations

import gzip
import json

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from registry import parts, run, server, table, write_rows

from scorer import load, score
from scorer.catalog import load_rubric
from scorer.errors import InputError, UsageError

SERVERS = [server(index) for index in range(40)]


def test_every_number_is_the_one_of_the_report(registry, scored):
    rows = table(scored)
    assert len(rows) == 240
    assert len(parts(scored)) > 5
    rubric = load_rubric()
    for name, tools in SERVERS[::7]:
        report = score(load({"tools": tools}, name=name))
        found = [row for row in rows if row["server"] == name]
        assert [row["tool"] for row in found] == [card.name for card in report.tools]
        for row, card in zip(found, report.tools, strict=True):
            assert row["tdqs"] == card.tdqs
            assert row["tier"] == card.tier
            assert {key: row[key] for key in card.scores} == card.scores
            assert row["facts"] == [fact.id for fact in card.facts if fact.holds]
            assert row["untold"] == [fact.id for fact in card.facts if fact.holds is None]
            assert row["input_hash"] == card.context_signals.input_hash
            assert row["param_count"] == card.context_signals.param_count
            assert row["hint_read_only"] == card.context_signals.annotation_values.read_only
            assert (row["tokens"], row["complete"]) == (card.tokens, card.complete)
            assert (row["risk_category"], row["risk_severity"]) == (card.risk.category, card.risk.severity)
            assert row["risk_signals"] == [signal.id for signal in card.risk.signals]
            assert row["server_tdqs"] == report.server_score.overall_score
            assert row["server_naming_consistency"] == report.server_score.naming_consistency
            assert row["rubric_version"] == rubric.version
            assert row["error"] is None


def test_the_summary_counts(registry, tmp_path):
    summary = run(registry, tmp_path / "out", part_size=8_000)
    assert (summary.rows, summary.servers, summary.graded, summary.copied, summary.errors) == (240, 40, 240, 0, 0)


def as_parquet(path, group=50):
    rows = [(name, json.dumps(tool)) for name, tools in SERVERS for tool in tools]
    pq.write_table(
        pa.table({"server": [row[0] for row in rows], "definition": [row[1] for row in rows]}),
        path,
        row_group_size=group,
    )


def as_nested_parquet(path):
    """The definitions as columns of their own, where every definition has every key that any has."""
    rows = [{"server": name, "definition": tool} for name, tools in SERVERS[:1] for tool in tools]
    pq.write_table(pa.Table.from_pylist(rows), path)


def as_servers(path):
    path.write_text("\n".join(json.dumps({"serverName": name, "tools": tools}) for name, tools in SERVERS))


def as_parquet_servers(path):
    pq.write_table(
        pa.table({"serverName": [s for s, _ in SERVERS], "tools": [json.dumps(tools) for _, tools in SERVERS]}), path
    )


def as_gzip(path):
    path.write_bytes(gzip.compress(write_rows(path.with_suffix(".plain"), SERVERS).read_bytes()))


@pytest.mark.parametrize(
    ("write", "name"),
    [
        (as_parquet, "r.parquet"),
        (as_servers, "r.jsonl"),
        (as_parquet_servers, "r.parquet"),
        (as_gzip, "r.jsonl.gz"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_any_form_gives_the_same_rows(scored, tmp_path, write, name):
    write(tmp_path / name)
    run(tmp_path / name, tmp_path / "out", part_size=8_000)
    assert table(tmp_path / "out") == table(scored)
    assert not list((tmp_path / "out").glob("_spool*"))


def test_a_nested_column_loses_only_its_nulls(scored, tmp_path):
    as_nested_parquet(tmp_path / "r.parquet")
    run(tmp_path / "r.parquet", tmp_path / "out")
    found, expected = table(tmp_path / "out"), table(scored)[:6]
    assert [(row["tool"], row["tdqs"], row["facts"]) for row in found] == [
        (row["tool"], row["tdqs"], row["facts"]) for row in expected
    ]


def test_large_row_groups_are_unpacked_first(scored, tmp_path, monkeypatch):
    monkeypatch.setattr("scorer.corpus.parquet.MAX_GROUP", 100)
    as_parquet(tmp_path / "r.parquet", group=1000)
    run(tmp_path / "r.parquet", tmp_path / "out", part_size=8_000)
    assert table(tmp_path / "out") == table(scored)


def test_a_folder_and_a_glob_are_read_in_the_order_of_their_names(scored, tmp_path):
    """A server may go on in the next file."""
    lines = write_rows(tmp_path / "all.txt", SERVERS).read_text().splitlines(keepends=True)
    (tmp_path / "in").mkdir()
    for number, start in enumerate(range(0, len(lines), 50)):
        (tmp_path / "in" / f"{number}.jsonl").write_text("".join(lines[start : start + 50]))
    run(tmp_path / "in", tmp_path / "a", part_size=8_000)
    run(tmp_path / "in" / "*.jsonl", tmp_path / "b", part_size=8_000)
    assert table(tmp_path / "a") == table(tmp_path / "b") == table(scored)


def test_a_document_is_a_server_called_by_its_file(root, tmp_path):
    run(root / "tests" / "fixtures" / "servers", tmp_path / "out")
    report = score(load(root / "tests" / "fixtures" / "servers" / "bookshop.json"))
    assert [(row["server"], row["tool"], row["tdqs"]) for row in table(tmp_path / "out")] == [
        ("bookshop", card.name, card.tdqs) for card in report.tools
    ]


def test_servers_that_stand_apart_are_an_error_that_says_where(tmp_path):
    rows = write_rows(tmp_path / "r.jsonl", [server(1), server(2), server(1)])
    with pytest.raises(InputError, match=r"shop-001 do not stand together.*r\.jsonl:13") as caught:
        run(rows, tmp_path / "out")
    assert "--sort" in caught.value.tip
    assert not list((tmp_path / "out").glob("*"))


def test_sorting_brings_them_together_and_keeps_their_order(scored, tmp_path):
    lines = write_rows(tmp_path / "all.txt", SERVERS).read_text().splitlines()
    apart = [lines[index] for start in range(6) for index in range(start, len(lines), 6)]
    (tmp_path / "r.jsonl").write_text("\n".join(apart))
    run(tmp_path / "r.jsonl", tmp_path / "out", sort=True, part_size=8_000)
    assert table(tmp_path / "out") == table(scored)
    assert not list((tmp_path / "out").glob("_spool*"))


BAD = [
    ("{nonsense", "not JSON: Expecting property name"),
    ("[1]", "the row is not an object"),
    ('{"definition": {"name": "a"}}', "names no server"),
    ('{"server": 5, "definition": {"name": "a"}}', "names no server"),
    ('{"server": "shop-000", "what": 1}', "neither `definition` nor `tools`"),
    ('{"server": "shop-000", "definition": "text"}', "must be an object"),
    ('{"server": "shop-000", "definition": {"description": "x"}}', "has no `name`"),
    ('{"server": "shop-000", "definition": {"name": "a", "x": 1e999}}', "not a number that JSON can carry"),
    ('{"server": "shop-000", "definition": ' + "[" * 5000 + "]" * 5000 + "}", "nested too deeply"),
]


@pytest.mark.parametrize(("line", "message"), BAD, ids=[message for _, message in BAD])
def test_a_bad_row_is_a_row_with_its_place_and_stops_nothing(tmp_path, line, message):
    good = write_rows(tmp_path / "good.txt", [server(0)]).read_text().splitlines()
    (tmp_path / "r.jsonl").write_text("\n".join([*good[:3], "", line, *good[3:]]))
    summary = run(tmp_path / "r.jsonl", tmp_path / "out")
    assert (summary.graded, summary.errors) == (6, 1)
    rows = table(tmp_path / "out")
    assert [row["position"] for row in rows] == list(range(7))
    assert (rows[3]["place"], rows[3]["tdqs"], rows[3]["server"]) == ("r.jsonl:5", None, "shop-000")
    assert message in rows[3]["error"]


def test_a_row_of_nobody_does_not_count_against_the_server_before_it(tmp_path):
    path = write_rows(tmp_path / "r.jsonl", [server(0)])
    run(path, tmp_path / "a")
    path.write_text(path.read_text() + "{nonsense\n" * 5)
    run(path, tmp_path / "b")
    assert table(tmp_path / "b")[:6] == table(tmp_path / "a")


def test_bytes_that_are_no_text(tmp_path):
    (tmp_path / "r.jsonl").write_bytes(b'{"server": "a", "definition": {"name": "\xff"}}\n')
    assert run(tmp_path / "r.jsonl", tmp_path / "out").errors == 1


def test_a_row_too_long_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("scorer.corpus.lines.MAX_ROW", 2000)
    long = json.dumps({"server": "shop-000", "definition": {"name": "x", "description": "y" * 10_000}})
    good = write_rows(tmp_path / "good.txt", [server(0)]).read_text()
    (tmp_path / "r.jsonl").write_text(f"{good}{long}\n{good}")
    run(tmp_path / "r.jsonl", tmp_path / "out")
    rows = table(tmp_path / "out")
    assert len(rows) == 13
    assert "longer than" in rows[6]["error"]
    assert rows[6]["place"] == "r.jsonl:7"


def test_a_server_of_too_many_tools_keeps_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr("scorer.corpus.definitions.MAX_TOOLS", 4)
    run(write_rows(tmp_path / "r.jsonl", [server(0)]), tmp_path / "out")
    assert [row["error"] for row in table(tmp_path / "out")] == [None] * 4 + ["the server has more than 4 tools"] * 2


@pytest.mark.parametrize(
    ("name", "content"), [("nothing.jsonl", None), ("a.txt", "x"), ("a.parquet", "no"), ("a.parquet", None)]
)
def test_input_that_is_no_corpus(tmp_path, name, content):
    if content:
        (tmp_path / name).write_text(content)
    with pytest.raises(InputError):
        run(tmp_path / name, tmp_path / "out")


def test_parquet_of_other_columns_says_which_it_wants(tmp_path):
    pq.write_table(pa.table({"id": [1], "text": ["x"]}), tmp_path / "r.parquet")
    with pytest.raises(InputError, match="id, text") as caught:
        run(tmp_path / "r.parquet", tmp_path / "out")
    assert "`server` and `definition`" in caught.value.tip


def test_a_folder_with_other_files_is_not_written_into(registry, tmp_path):
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(UsageError, match="not empty"):
        run(registry, tmp_path)


def test_an_object_store_takes_the_results(registry, scored, tmp_path):
    """fsspec's own store in memory stands for the others: another class, the same calls."""
    memory = fsspec.filesystem("memory")
    memory.put_file(str(registry), "/corpus/registry.jsonl")
    run("memory://corpus", "memory://scores", part_size=8_000)
    found = {path.rpartition("/")[2]: memory.cat_file(path) for path in memory.ls("/scores", detail=False)}
    assert {name: found[name] for name in found if name.startswith("part-")} == parts(scored)
    run("memory://corpus", "memory://sorted", part_size=8_000, sort=True, previous="memory://scores")
    assert not memory.exists("/sorted/_spool.parquet")
    memory.rm("/", recursive=True)


def test_an_address_that_nothing_opens(tmp_path):
    with pytest.raises(InputError, match="cannot be opened"):
        run("nosuch://x", tmp_path / "out")
