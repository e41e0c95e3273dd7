"""A judge on this machine, and ways to score with it."""

from __future__ import annotations

import pytest
from judges import DATE, make_panel
from messages_server import MessagesServer

from scorer import engine, load


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
