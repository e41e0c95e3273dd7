"""How far the shipped points agree with labels: per dimension, for TDQS, for the corpus, and beside baselines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.metrics import accuracy_score

from scorer.calibration import plain
from scorer.calibration.card import make_card, rounded, tenths
from scorer.calibration.corpus import corpus_figures
from scorer.calibration.figures import agreement, figure
from scorer.calibration.goal import ORDERED, Rated, make_goal, rate
from scorer.calibration.groups import folds
from scorer.calibration.itself import against_itself
from scorer.calibration.order import by_rank, jury_figures
from scorer.calibration.tdqs import tdqs_tenths, tiers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorer.calibration.table import Floats, Table
    from scorer.models.rubric import DimensionRubric, Rubric

_FOLDS = 10


def agree(table: Table, rubric: Rubric) -> dict[str, Any]:
    """All figures of a table under a rubric, as plain values for JSON.

    dimensions: per id `published` (figures, and `baselines` beside them), for Purpose and Usage `judged` and `jury` where there
    are any. tdqs: figures and tier accuracy where all six scores were published. corpus: means and shares of the captured servers.
    """
    raw = raw_scores(table, rubric)
    return {
        "rubricVersion": rubric.version,
        "rows": len(table),
        "dimensions": {d.id: _dimension(table, d, rubric, raw[d.id]) for d in rubric.tool},
        "tdqs": _tdqs(table, rubric, {key: rounded(values) for key, values in raw.items()}),
        "corpus": corpus_figures(table, rubric),
    }


def agree_sets(table: Table, rubric: Rubric) -> dict[str, Any]:
    """Figures of the dimensions of the set, by id, on servers of which names and numbers of tools are known."""
    cards = {d.id: make_card(table, d, rubric).raw(*tenths(d)) for d in rubric.server}
    return {d.id: _dimension(table, d, rubric, cards[d.id]) for d in rubric.server}


def raw_scores(table: Table, rubric: Rubric) -> dict[str, Floats]:
    """Every row's raw score in tenths, by dimension."""
    return {d.id: make_card(table, d, rubric).raw(*tenths(d)) for d in rubric.tool}


def _dimension(table: Table, rules: DimensionRubric, rubric: Rubric, raw: Floats) -> dict[str, Any]:
    found: dict[str, Any] = {}
    rows = table.having(f"published.{rules.id}")
    if len(rows):
        rated = rate(table, make_card(table, rules, rubric), rows, table.numbers(f"published.{rules.id}"))
        found["published"] = _against(table, rated, raw)
        found["published"]["baselines"]["itself"] = against_itself(table, rules.id)
    if rules.id in ORDERED:
        goal = make_goal(table, rules, rubric)
        if len(goal.labels.rows):
            found["judged"] = _against(table, goal.labels, raw)
            found["judged"] |= by_rank(raw[goal.labels.rows], goal.labels.labels)
        if len(goal.jury.rows):
            found["jury"] = jury_figures(table, goal.jury, raw[goal.jury.rows], rules.id)
    return found


def _against(table: Table, rated: Rated, raw: Floats) -> dict[str, Any]:
    servers = [str(table.servers[int(row)]) for row in rated.rows]
    found = agreement(rounded(raw[rated.rows]), rated.labels, servers, interval=True)
    return {**found, "baselines": _baselines(table, rated, servers)}


def _baselines(table: Table, rated: Rated, servers: list[str]) -> dict[str, Any]:
    """The most common score, and the length of the text alone: that out of fold, as long as there are servers enough."""
    common = plain.most_common(rated.labels, rated.labels, rated.labels, rated.labels, 0)
    found = {"mode": agreement(common, rated.labels, servers)}
    words = plain.length(table)
    if words.size and len(np.unique(rated.group)) >= _FOLDS:
        guess = plain.out_of_fold(plain.by_length, words, rated, folds(rated.group, _FOLDS, 0), 0)
        found["length"] = agreement(rounded(10 * guess), rated.labels, servers)
    return found


def _tdqs(table: Table, rubric: Rubric, scores: Mapping[str, Floats]) -> dict[str, Any]:
    """Ours against theirs, where all six scores were published."""
    rows = table.having(*(f"published.{d.id}" for d in rubric.tool))
    if not len(rows):
        return {"n": 0}
    ours = tdqs_tenths({key: values[rows] for key, values in scores.items()}, rubric)
    theirs = tdqs_tenths({d.id: table.numbers(f"published.{d.id}")[rows] for d in rubric.tool}, rubric)
    servers = [str(table.servers[int(row)]) for row in rows]
    found = agreement(ours / 10, theirs / 10, servers, interval=True)
    # Meant for whole scores: a TDQS has tenths.
    found = {key: value for key, value in found.items() if key not in ("exact", "kappa", "byServer")}
    return {**found, "tierAccuracy": figure(accuracy_score(tiers(theirs, rubric), tiers(ours, rubric)))}
