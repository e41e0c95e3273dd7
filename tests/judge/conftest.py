"""A judge on this machine, and ways to score with it."""

from __future__ import annotations

import pytest
from messages_server import MessagesServer

from scorer import engine, load
from scorer.catalog import load_rubric
from scorer.catalog.judging import load_judge
from scorer.judge.client import AnthropicJudge
from scorer.judge.panel import Panel

RUBRIC = load_rubric()
RULES = load_judge(RUBRIC)
DATE = "2026-11-25T12:00:00Z"


def make_panel(server, *, cache=None, model=RULES.model, rules=RULES, **more):
    """A panel whose judge is the real client, pointed at the server on this machine; without retries' pauses where there are none."""
    price = next((price for price in rules.models if price.id == model), None)

    def judge():
        return AnthropicJudge(model, "test", rules.limits, base_url=server.url, price=price)

    return Panel(model, RUBRIC, rules, judge=judge if server else None, cache=cache, **{"votes": 1, **more})


@pytest.fixture
def serve():
    """Starts servers; all are stopped at the end."""
    running = []

    def start(answer, **more):
        server = MessagesServer(answer, **more).__enter__()
        running.append(server)
        return server

    yield start
    for server in running:
        server.__exit__()


@pytest.fixture
def judged(serve):
    """Scores definitions with a judge that answers like this."""

    def score(definitions, answer, **more):
        server = more.pop("server", None) or serve(answer)
        report = engine.score(load(definitions), generated_at=DATE, panel=make_panel(server, **more))
        return report, server

    return score
