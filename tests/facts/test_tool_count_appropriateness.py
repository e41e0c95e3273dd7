"""Tool count: each fact with a number of tools where it fires and one where it is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from server_facts import asker

from scorer.facts import tool_count_appropriateness as dimension
from scorer.facts.set_subject import SetSubject
from scorer.facts.witness import fact_id
from scorer.models.fact import Fact
from scorer.models.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


ask = asker(dimension.PREFIX)


def tools(count: int) -> list[str]:
    return [f"get_thing{number}" for number in range(count)]


ROWS = [
    ("only-one-tool", 1, 2),
    ("only-two-tools", 2, 1),
    ("only-two-tools", 2, 3),
    ("well-sized", 4, 3),
    ("well-sized", 15, 16),
    ("above-fifteen", 16, 15),
    ("above-fifteen", 20, 21),
    ("above-twenty", 21, 20),
    ("above-twenty", 30, 31),
    ("above-thirty", 31, 30),
    ("above-thirty", 49, 50),
    ("fifty-or-more", 50, 49),
    ("fifty-or-more", 199, 200),
    ("hundreds", 200, 199),
    ("trivial-tool", ["say_hello"], ["say_grace"]),
    ("trivial-tool", ["echo"], ["test_regression_suite"]),
]


@pytest.mark.parametrize(("fact", "fires", "silent"), ROWS)
def test_fires_and_is_silent(fact, fires, silent):
    yes, no = (tools(case) if isinstance(case, int) else case for case in (fires, silent))
    assert ask(fact, yes).holds is True
    assert ask(fact, no).holds is False


@pytest.mark.parametrize(
    ("count", "score"),
    [
        (1, 3),
        (2, 3),
        (3, 4),
        (4, 5),
        (9, 5),
        (15, 5),
        (16, 4),
        (20, 4),
        (21, 4),
        (30, 4),
        (31, 2),
        (49, 2),
        (50, 2),
        (199, 2),
        (200, 1),
        (900, 1),
    ],
)
def test_points_give_the_published_scores(root: Path, count: int, score: int):
    assert round_half_up(raw_score(root, tools(count))) == score


def test_one_exercise_scores_below_one_tool(root: Path):
    assert round_half_up(raw_score(root, ["greet"])) == 2


def test_more_tools_than_well_sized_never_score_higher(root: Path):
    raws = [raw_score(root, tools(count)) for count in range(15, 205)]
    assert raws == sorted(raws, reverse=True)


def raw_score(root: Path, names: Sequence[str]) -> float:
    rubric = yaml.safe_load(
        (root / "rubrics" / "server" / "tool_count_appropriateness.yaml").read_text(encoding="utf-8")
    )
    points = {f"count/{name}": rule["points"] for name, rule in rubric["facts"].items()}
    return rubric["base"] + sum(points[fact.id] for fact in ask_all(names) if fact.holds)


def ask_all(names: Sequence[str]) -> list[Fact]:
    subject = SetSubject([Tool(name, {"name": name}) for name in names], (), ())
    return [Fact(fact_id(dimension.PREFIX, check), "", check(subject).holds) for check in dimension.CHECKS]


def round_half_up(value: float) -> int:
    return int(value * 10 + 5.0000001) // 10


def test_no_tools_is_no_number():
    assert {check(SetSubject((), (), ())).holds for check in dimension.CHECKS} == {None}


def test_rubric_and_checks_name_the_same_facts(root: Path):
    rubric = yaml.safe_load(
        (root / "rubrics" / "server" / "tool_count_appropriateness.yaml").read_text(encoding="utf-8")
    )
    assert [f"{rubric['prefix']}/{name}" for name in rubric["facts"]] == [
        fact_id(dimension.PREFIX, check) for check in dimension.CHECKS
    ]
    assert {f"{dimension.PREFIX}/{row[0]}" for row in ROWS} == {
        fact_id(dimension.PREFIX, check) for check in dimension.CHECKS
    }
