"""What the vendor's API can answer, through its real client: each error in its documented shape, and what becomes of it."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from judges import CRATES, RULES, TOOLS, make_panel
from messages_server import MessagesServer, Trouble, answers

from scorer import engine, load
from scorer.judge.client import make_judge
from scorer.judge.protocol import JudgeUnusableError

SOON = (("retry-after-ms", "20"),)
QUICK = replace(RULES, limits=replace(RULES.limits, attempts=3))


def first(trouble, times=1):
    left = [trouble] * times
    return lambda body: left.pop() if left else answers(body)


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503, 529, 0])
def test_what_passes_is_tried_again(judged, status):
    report, server = judged([CRATES], first(Trouble(status, headers=SOON), times=2), rules=QUICK)
    assert report.tools[0].judge.status == "judged"
    assert len(server.bodies) == 3


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (429, "rate limit"),
        (529, "HTTP 529"),
        (500, "HTTP 500"),
        (400, "HTTP 400"),
        (413, "HTTP 413"),
        (0, "could not be reached"),
    ],
)
def test_what_does_not_pass_leaves_the_heuristics(judged, status, words):
    report, _ = judged([CRATES], lambda body: Trouble(status, "why not", headers=SOON), rules=QUICK)
    card = report.tools[0]
    assert card.judge.status == "heuristics-only"
    assert words in card.judge.reason
    assert card.scores == engine.score(load([CRATES])).tools[0].scores


def test_a_bad_request_is_not_repeated(judged):
    _, server = judged([CRATES], lambda body: Trouble(400, "no"), rules=QUICK)
    assert len(server.bodies) == 1


@pytest.mark.parametrize(
    ("status", "tip"), [(401, "ANTHROPIC_API_KEY"), (402, "balance"), (403, "--model"), (404, "--model")]
)
def test_what_concerns_every_call_ends_the_run(judged, status, tip):
    with pytest.raises(JudgeUnusableError) as caught:
        judged(TOOLS, lambda body: Trouble(status, "refused"))
    assert tip in caught.value.tip


def test_another_model_the_server_does_not_have(judged):
    with pytest.raises(JudgeUnusableError, match="claude-none"):
        judged([CRATES], answers, model="claude-none-1")


def test_no_key_no_judge():
    with pytest.raises(JudgeUnusableError) as caught:
        make_judge(RULES.model, {}, RULES.limits, base_url=None, price=None)
    assert "--judge-cached" in caught.value.tip


def test_the_pause_that_the_server_asks_for_is_kept(serve):
    server = serve(first(Trouble(429, headers=(("retry-after", "1"),))))
    began = time.monotonic()
    engine.score(load([CRATES]), panel=make_panel(server))
    assert time.monotonic() - began >= 1


def test_a_judge_that_is_gone_is_not_asked_forever(judged):
    once = replace(RULES, limits=replace(RULES.limits, attempts=1))
    tools = [CRATES | {"name": f"find_crate_{n}"} for n in range(40)]
    report, server = judged(tools, lambda body: Trouble(503, "away"), rules=once, concurrency=4)
    assert len(report.judge.heuristics_only) == 40
    assert len(server.bodies) <= 12


def test_calls_at_once_are_bounded():
    tools = [CRATES | {"name": f"find_crate_{n}"} for n in range(20)]
    with MessagesServer(answers, seconds=0.03) as server:
        engine.score(load(tools), panel=make_panel(server, concurrency=3))
        assert server.most_at_once <= 3
