"""The result of `compare` as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.calibration.grid import Grid, number
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_CAUSES = 4


def compare_grids(found: Mapping[str, Any]) -> list[Grid]:
    """The tables: counts per dimension, facts by how many scores they moved, and every score that moved."""
    return [_counts(found), _tiers(found), _facts(found), _moved(found), _alone(found)]


def headline(found: Mapping[str, Any]) -> str:
    """One sentence that says how much moved."""
    versions = " -> ".join(", ".join(found[side]["rubricVersion"]) or "?" for side in ("old", "new"))
    edited = f", {found['edited']} of them edited" if found["edited"] else ""
    scores = len(found["moved"])
    return (
        f"{counted(scores, 'score')} of {found['toolsMoved']} tools moved, "
        f"of {found['tools']} in both reports{edited} (rubric {versions})."
    )


def _counts(found: Mapping[str, Any]) -> Grid:
    rows = [(name, *_steps(one)) for name, one in found["dimensions"].items()]
    rows.append(("tdqs", *_steps(found["tdqs"])))
    return Grid("Scores", ("Dimension", "raised", "lowered", "same", "mean change"), rows)


def _steps(one: Mapping[str, Any]) -> tuple[str, ...]:
    return (str(one["raised"]), str(one["lowered"]), str(one["same"]), number(one["mean"], sign=True))


def _tiers(found: Mapping[str, Any]) -> Grid:
    return Grid("Tiers", ("Move", "tools"), [(move, str(n)) for move, n in found["tdqs"]["tiers"].items()])


def _facts(found: Mapping[str, Any]) -> Grid:
    return Grid("Moved by", ("Fact", "scores"), [(fact, str(n)) for fact, n in found["facts"].items()])


def _moved(found: Mapping[str, Any]) -> Grid:
    rows = [
        (
            f"{row['server']}: {row['tool']}",
            row["dimension"],
            f"{_score(row['old'])} -> {_score(row['new'])}",
            _why(row),
        )
        for row in found["moved"]
    ]
    return Grid("What moved", ("Tool", "dimension", "score", "by"), rows)


def _score(value: int | None) -> str:
    return "-" if value is None else str(value)


def _why(row: Mapping[str, Any]) -> str:
    causes = [_cause(cause) for cause in row["by"]]
    more = [f"and {len(causes) - _MOST_CAUSES} more"] if len(causes) > _MOST_CAUSES else []
    edited = ["the definition was edited"] if row["edited"] else []
    return "; ".join([*causes[:_MOST_CAUSES], *more, *edited]) or "nothing that the reports tell"


def _cause(cause: Mapping[str, Any]) -> str:
    if cause["fact"] == "cap":
        return f"limit {_score(cause['old'])} -> {_score(cause['new'])}"
    return f"{cause['fact']} {number(cause['points'], 1, sign=True)} ({cause['answer']})"


def _alone(found: Mapping[str, Any]) -> Grid:
    rows = [(f"{server}: {tool}", side) for side in ("old", "new") for server, tool in found[f"only{side.title()}"]]
    return Grid("In one report only", ("Tool", "report"), rows)
