"""More votes only where the first leaves a doubt; the median of every fact; how far the votes are apart."""

from __future__ import annotations

import pytest
from judges import CRATES
from messages_server import answers, facts_of, shown

from scorer import load, score
from scorer.judge.answers import Said, Vote
from scorer.judge.votes import median

YES, NO, UNSURE = Said(True, "words"), Said(False), Said(None)


@pytest.mark.parametrize(
    ("votes", "holds"),
    [
        ([YES], True),
        ([YES, YES, NO], True),
        ([YES, NO, NO], False),
        ([YES, NO], None),
        ([UNSURE, YES, UNSURE], True),
        ([UNSURE, UNSURE], None),
        ([YES, NO, UNSURE], None),
    ],
)
def test_median_of_a_fact(votes, holds):
    assert median([Vote({"a": said}, {}) for said in votes]).said["a"].holds is holds


def test_an_answer_that_was_voided_in_one_vote_may_count_in_the_others():
    found = median([Vote({}, {}, ("a",)), Vote({"a": YES}, {}), Vote({"a": YES}, {})])
    assert found.said["a"].holds
    assert found.voided == ()


PLAIN = score(load([CRATES])).tools[0]
SURE = CRATES | {
    "description": "Find a crate by the number on its lid. Returns shelf, row and bay, and the weight in kilograms. Use when a driver reads a lid to you; "
    "for all crates of a shelf use list_shelf. Fails with E404 when no crate has the number. At most 50 calls a minute. Needs the crates:read scope.",
    "annotations": {"readOnlyHint": True},
}


def echo(tool):
    """Answers as the heuristics do."""
    held = {fact.id: fact.quote or "" for fact in score(load([tool])).tools[0].facts if fact.holds}
    return lambda body: answers(body, yes={k: v for k, v in held.items() if k in facts_of(body)})


def test_a_tool_in_no_doubt_has_one_vote(judged):
    report, server = judged([SURE], echo(SURE), votes=3)
    assert report.tools[0].tdqs >= 3.6
    assert report.tools[0].judge.votes == len(server.bodies) == 1


def test_witnesses_far_apart_ask_for_two_more(judged):
    report, server = judged([SURE], answers, votes=3)
    assert report.tools[0].judge.votes == len(server.bodies) == 3


def test_an_unsteady_judge_shows_its_spread(judged):
    seen = []

    def wavers(body):
        seen.append(shown(body))
        return answers(body) if len(seen) != 2 else echo(SURE)(body)

    report, _ = judged([SURE], wavers, votes=3, concurrency=1)
    told = report.tools[0].judge
    assert told.votes == 3
    assert told.spread["usage_guidelines"] >= 1
    assert not next(f for f in report.tools[0].facts if f.id == "usage/says-when").holds


def test_one_vote_is_never_more(judged):
    _, server = judged([SURE], answers, votes=1)
    assert len(server.bodies) == 1
