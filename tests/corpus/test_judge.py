"""A selection of a scored corpus before the judge: the real client, batches on this machine, and every number counted once more."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import duckdb
import pytest
from messages_server import MessagesServer, Trouble, answers
from registry import parts, run, server, table, write_rows
from sklearn.metrics import cohen_kappa_score

from scorer.catalog import load_rubric
from scorer.cli import app
from scorer.models.rubric import NO_DESCRIPTION

DIMENSIONS = [dimension.id for dimension in load_rubric().tool]


@pytest.fixture
def at(registry, scored, tmp_path, monkeypatch, capsys):
    """Runs `corpus judge` on a copy of the scored registry, with a cache of its own and a server whose batches are ready at once."""
    shutil.copytree(scored, tmp_path / "out")
    monkeypatch.chdir(tmp_path)
    with MessagesServer(answers, polls=1) as judge:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        monkeypatch.setenv("ANTHROPIC_API_KEY", "test")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", judge.url)

        class At:
            server, folder = judge, tmp_path

            def __call__(self, line):
                code = app.run(["corpus", "judge", "out", *line.split()])
                out, err = capsys.readouterr()
                return code, out, err

            def asked(self):
                return sum(len(batch["results"]) for batch in judge.batches.values())

        yield At()


def chosen(rows, why):
    return {(row["server"], row["position"]) for row in rows if why in row["why"]}


def test_a_selection_is_judged_and_its_rows_say_why(at):
    code, out, err = at("--edges 10 --disagree 10 --sample 30 --json s.json")
    assert code == 0, err
    rows, scores = table(at.folder / "out" / "judged"), {}
    for row in table(at.folder / "out"):
        scores[row["server"], row["position"]] = row
    assert [len(chosen(rows, why)) for why in ("edge", "disagree", "sample")] == [10, 10, 30]
    assert (at.asked(), len({row["input_hash"] for row in rows})) == (len(rows), len(rows))
    for row in rows:
        score = scores[row["server"], row["position"]]
        assert row["judged"], row["problem"]
        assert (row["heuristic_tdqs"], row["heuristic_tier"]) == (score["tdqs"], score["tier"])
        assert [row[f"heuristic_{name}"] for name in DIMENSIONS] == [score[name] for name in DIMENSIONS]
        assert row["rubric_version"].startswith(f"{score['rubric_version']}+claude-haiku-5-5.")
        assert row["output_tokens"] > 0
        assert row["dollars"] > 0
        assert row["said_purpose_clarity"].startswith("It says what it does.")
    said = json.loads((at.folder / "s.json").read_text())
    assert said["usage"]["dollars"] == pytest.approx(sum(row["dollars"] for row in rows), abs=1e-5)
    assert f"{len(rows)} tools of {len(rows)} judged by claude-haiku-5-5" in out


def test_the_agreement_is_that_of_the_sample_alone(at):
    at("--edges 40 --sample 60 --json s.json --quiet")
    sample = [row for row in table(at.folder / "out" / "judged") if "sample" in row["why"]]
    said = json.loads((at.folder / "s.json").read_text())
    assert said["sample"] == len(sample) == 60
    assert said["sameTier"] == pytest.approx(100 * sum(r["tier"] == r["heuristic_tier"] for r in sample) / 60, abs=0.01)
    for one in said["agreement"][1:]:
        pairs = [(row[f"heuristic_{one['id']}"], row[one["id"]]) for row in sample]
        assert one["exact"] == pytest.approx(100 * sum(a == b for a, b in pairs) / 60, abs=0.01)
        assert one["bias"] == pytest.approx(sum(b - a for a, b in pairs) / 60)
        assert one["mae"] == pytest.approx(sum(abs(b - a) for a, b in pairs) / 60)
        if len({*sum(pairs, ())}) > 1:
            assert one["kappa"] == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True), weights="quadratic"))


def test_the_reasons_choose_what_they_say(at):
    at("--edges 5 --disagree 5 --sample 20 --quiet")
    rows = table(at.folder / "out" / "judged")
    everything = [row for row in table(at.folder / "out") if NO_DESCRIPTION not in row["flags"]]
    edges = [round(10 * tier.at_least) for tier in load_rubric().tiers[:-1]]
    near = lambda tdqs: min(abs(10 * tdqs - edge + 0.5) for edge in edges)  # noqa: E731
    apart = lambda row: max(row[name] for name in DIMENSIONS) - min(row[name] for name in DIMENSIONS)  # noqa: E731
    by = {(row["server"], row["position"]): row for row in everything}
    assert (
        max(near(by[key]["tdqs"]) for key in chosen(rows, "edge"))
        <= sorted(near(r["tdqs"]) for r in everything)[4] + 1e-9
    )
    assert min(apart(by[key]) for key in chosen(rows, "disagree")) >= sorted(map(apart, everything))[-5]
    before = at.asked()
    assert at("--sample 40 --to more --quiet")[0] == 0
    assert chosen(rows, "sample") < chosen(table(at.folder / "more"), "sample")
    assert before < at.asked() <= before + 20
    assert at("--sample 20 --seed 7 --to other --quiet")[0] == 0
    assert chosen(rows, "sample") != chosen(table(at.folder / "other"), "sample")


def test_picked_servers_and_hashes(at):
    first = table(at.folder / "out")[0]
    (at.folder / "picks.txt").write_text(f"shop-007\n\n{first['input_hash']}\n")
    assert at("--pick shop-003 --pick-file picks.txt --quiet")[0] == 0
    rows = table(at.folder / "out" / "judged")
    assert {row["server"] for row in rows} == {"shop-003", "shop-007", "shop-000"}
    known = [row for row in table(at.folder / "out") if NO_DESCRIPTION not in row["flags"]]
    assert len(rows) == sum(
        row["server"] in ("shop-003", "shop-007") or row["input_hash"] == first["input_hash"] for row in known
    )
    assert all(row["why"] == ["pick"] for row in rows)


def test_a_dry_run_says_tools_tokens_and_dollars_and_leaves_nothing(at, monkeypatch):
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    code, out, _ = at("--edges 5 --sample 10 --dry-run")
    assert (code, at.server.bodies, (at.folder / "out" / "judged").exists()) == (0, [], False)
    said = " ".join(out.split())
    assert "edge 5" in said
    assert "sample 10" in said
    assert "Tokens:" in said
    assert "Cost: about $0.00" in said
    assert "at most $0.0" in said


def test_the_same_command_again_asks_nothing_and_writes_the_same_bytes(at):
    at("--sample 20 --quiet")
    before, asked = parts(at.folder / "out" / "judged"), at.asked()
    assert at("--sample 20 --quiet")[0] == 0
    assert (parts(at.folder / "out" / "judged"), at.asked()) == (before, asked)


@pytest.mark.parametrize("moment", ["handed in", "answered"])
def test_killed_it_goes_on_and_pays_once(at, moment):
    at.server.polls = 1_000_000 if moment == "handed in" else 1
    command = [sys.executable, "-m", "scorer", "corpus", "judge", "out", "--sample", "25", "--quiet"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=dict(os.environ))
    while not at.server.batches and process.poll() is None:
        time.sleep(0.002)
    if moment == "answered":
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    for batch in at.server.batches.values():
        batch["polls"] = 0
    assert at("--sample 25 --quiet")[0] == 0
    assert (len(at.server.batches), at.asked()) == (1, 25)
    assert all(row["judged"] for row in table(at.folder / "out" / "judged"))


def test_what_is_under_way_is_taken_later(at):
    at.server.polls = 2
    code, out, err = at("--sample 10 --no-wait")
    assert (code, out) == (0, "")
    assert "10 answers are under way" in err
    assert at("--sample 10")[1].startswith("10 tools of 10 judged")
    assert len(at.server.batches) == 1


def test_a_budget_is_never_passed_and_the_rest_is_left_to_the_heuristics(at):
    at.server.answer = lambda body: answers(body, reasons="It goes on. " * 150)
    code, out, err = at("--sample 60 --budget 0.0250")
    assert code == 0, err
    rows = table(at.folder / "out" / "judged")
    asked = [row for row in rows if row["judged"]]
    assert 0 < len(asked) < 60
    assert sum(row["dollars"] for row in rows) <= 0.0250
    assert len(at.server.batches) > 1
    assert "leaves" in err
    assert f"{len(asked)} tools of 60 judged" in out
    before = at.asked()
    at("--sample 60 --budget 0.0250")
    assert at.asked() == before


@pytest.mark.parametrize("answer", [lambda _: "no JSON", lambda _: Trouble(status=500)], ids=["unreadable", "failing"])
def test_answers_that_are_none_are_asked_for_once_a_run(at, answer):
    at.server.answer = answer
    code, out, _ = at("--sample 8 --budget 1 --quiet")
    assert (code, at.asked()) == (0, 8)
    assert "without a judgement: 8, no answer is kept for this definition" in out
    rows = table(at.folder / "out" / "judged")
    assert all((row["judged"], row["tdqs"]) == (False, row["heuristic_tdqs"]) for row in rows)


def test_labels_are_read_by_calibrate(at, capsys):
    at("--edges 30 --sample 20 --labels l.jsonl --json s.json --quiet")
    assert app.run(["calibrate", "agreement", "l.jsonl", "--format", "json"]) == 0
    found, said = json.loads(capsys.readouterr().out), json.loads((at.folder / "s.json").read_text())
    lines = [json.loads(line) for line in (at.folder / "l.jsonl").read_text().splitlines()]
    assert len(lines) == 20
    assert all(len(line["scores"]) == 6 and line["definition"]["name"] not in line["siblings"] for line in lines)
    for one in said["agreement"][1:]:
        figures = found["dimensions"][one["id"]]["published"]
        assert (figures["n"], figures["bias"]) == (20, pytest.approx(-one["bias"], abs=1e-4))


def test_a_sorted_registry_is_found_again(at):
    lines = write_rows(at.folder / "all.txt", [server(index) for index in range(10)]).read_text().splitlines()
    (at.folder / "r.jsonl").write_text("\n".join([*lines[::2], "{nonsense", *lines[1::2]]))
    run(at.folder / "r.jsonl", at.folder / "sorted", sort=True)
    assert app.run(["corpus", "judge", "sorted", "--sample", "30", "--quiet"]) == 0
    assert len(table(at.folder / "sorted" / "judged")) == 30


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "no tool is chosen"),
        ("--pick nobody --pick shop-001", "nobody is not in these results"),
        ("--pick-file none.txt", "none.txt cannot be read"),
        ("--sample 5 --from nowhere.jsonl", "the definitions are not at hand: there is no file"),
        ("--sample 5 --from changed.jsonl", "are not those that were scored"),
        ("--sample 5 --from few.jsonl", "does not hold"),
        ("--sample 5 --budget 0.000001", "more than --budget"),
        ("--sample 5 --budget 1 --model claude-new-9", "price of claude-new-9 is not known"),
        ("--sample 5 --labels no/such/folder/l.jsonl", "does not exist"),
    ],
)
def test_what_is_asked_wrongly(at, line, message):
    servers = [server(index) for index in range(40)]
    changed = [
        (name, [{**tool, "description": f"New. {tool.get('description')}"} for tool in tools])
        for name, tools in servers
    ]
    write_rows(at.folder / "changed.jsonl", changed)
    write_rows(at.folder / "few.jsonl", servers[:1])
    code, _, err = at(line)
    assert (code, at.server.bodies) == (2, [])
    assert message in err
    assert "tip: " in err


def test_another_selection_or_rubric_is_not_written_over(at):
    at("--sample 5 --quiet")
    code, _, err = at("--sample 6")
    assert code == 2
    assert "--to" in err
    path = at.folder / "out" / "_toolmark.json"
    path.write_text(path.read_text().replace('"stamp": "', '"stamp": "old'))
    code, _, err = at("--sample 5")
    assert code == 2
    assert "another rubric or version" in err


def test_without_a_key(at, monkeypatch):
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    code, _, err = at("--sample 5")
    assert code == 2
    assert "ANTHROPIC_API_KEY" in err
    monkeypatch.setenv("ANTHROPIC_API_KEY", "test")
    assert at("--sample 6 --quiet")[0] == 0  # a start that came to nothing is in nobody's way


def test_the_rows_answer_sql(at):
    at("--sample 12 --quiet")
    query = "SELECT count(*) FROM 'out/judged/part-*.parquet' j JOIN 'out/part-*.parquet' s USING (server, position, input_hash)"
    assert duckdb.sql(query).fetchall() == [(12,)]
