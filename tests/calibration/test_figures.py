from __future__ import annotations

import numpy as np
import pytest

from scorer.calibration.figures import RESAMPLES, agreement, kappa, spearman
from scorer.calibration.itself import against_itself
from scorer.calibration.table import Table, read_table
from scorer.errors import InputError

SCORE = np.array([3.0, 4.0, 5.0, 2.0])
LABEL = np.array([3.0, 5.0, 3.0, 2.0])
SERVERS = ["a", "a", "a", "b"]


def test_figures_by_hand():
    found = agreement(SCORE, LABEL, SERVERS)
    assert (found["n"], found["servers"]) == (4, 2)
    assert found["mae"] == 0.75  # 0, 1, 2, 0
    assert found["exact"] == 0.5
    assert found["withinOne"] == 0.75
    assert found["bias"] == 0.25
    # Observed squares 0+1+4+0 = 5; expected: every score with every label, 40 over 4.
    assert found["kappa"] == pytest.approx(1 - 5 / 10, abs=1e-4)
    assert found["pearson"] == pytest.approx(0.5130, abs=1e-4)
    assert found["spearman"] == pytest.approx(0.6325, abs=1e-4)


def test_every_server_alike():
    found = agreement(SCORE, LABEL, SERVERS)["byServer"]
    assert found["mae"] == 0.5  # (1 + 0) / 2
    assert found["exact"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["bias"] == pytest.approx(1 / 6, abs=1e-4)


def test_half_a_score_is_no_exact_agreement():
    found = agreement(np.array([4.0, 5.0]), np.array([4.5, 5.0]), ["a", "b"])
    assert (found["mae"], found["exact"]) == (0.25, 0.5)


def test_what_cannot_be_computed_is_none():
    constant = np.array([5.0, 5.0])
    found = agreement(constant, constant, ["a", "b"], interval=True)
    assert (found["kappa"], found["pearson"], found["spearmanInterval"]) == (None, None, None)
    assert agreement(np.array([]), np.array([]), []) == {"n": 0, "servers": 0}
    assert spearman(np.array([1.0]), np.array([2.0])) is None
    assert kappa(SCORE, SCORE) == 1.0


def test_the_interval_draws_servers_and_is_always_the_same():
    random = np.random.default_rng(0)
    label = random.integers(1, 6, 60).astype(float)
    score = np.clip(label + random.integers(-1, 2, 60), 1, 5)
    servers = [str(at // 3) for at in range(60)]
    found = agreement(score, label, servers, interval=True)
    low, high = found["pearsonInterval"]
    assert low < found["pearson"] < high
    assert 0 < high - low < 0.5
    assert agreement(score, label, servers, interval=True) == found
    assert RESAMPLES >= 100


def test_one_server_alone_has_no_interval():
    assert agreement(SCORE, LABEL, ["a"] * 4, interval=True)["pearsonInterval"] is None


def test_the_judge_against_itself():
    column = "published.behavioral_transparency"
    rows = [("k", "3"), ("k", "4"), ("k", "3"), ("other", "5"), ("none", "")]
    table = Table([{"kind": "rating", "key": key, "server": "s", column: value} for key, value in rows])
    found = against_itself(table, "behavioral_transparency")
    assert (found["n"], found["texts"]) == (3, 1)
    assert found["mae"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["bias"] == 0
    assert against_itself(Table(table.rows[3:]), "behavioral_transparency") == {"n": 0, "texts": 0}


HEADER = "kind,key,server,published.x,a/b\n"
BROKEN = {
    "nothing": ("", "holds no observations"),
    "another file": ("a,b\n1,2\n", "holds no observations"),
    "words": (HEADER + "rating,k,s,good,1\n", "published.x of the observations is not numeric"),
    "a short row": (HEADER + "rating,k,s\n", "line 2"),
    "a long row": (HEADER + "rating,k,s,1,1,1\n", "line 2"),
}


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN)
def test_other_files_are_no_observations(text, message):
    with pytest.raises(InputError, match=message):
        read_table(text)


def test_columns_as_numbers():
    table = read_table(HEADER + "rating,k,s,4;5,1\nrating,l,s,,\n")
    assert np.array_equal(table.numbers("published.x"), [4.5, np.nan], equal_nan=True)
    assert table.holds(["a/b", "a/unknown"]).tolist() == [[True, False], [False, False]]
    assert table.having("published.x").tolist() == [0]
    assert (table.facts, table.signals, len(table.digest)) == (("a/b",), (), 64)
