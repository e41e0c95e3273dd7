"""Panels whose judge is the real client, pointed at a server on this machine."""

from __future__ import annotations

from scorer.catalog import load_rubric
from scorer.catalog.judging import load_judge
from scorer.judge.client import AnthropicJudge
from scorer.judge.panel import Panel

RUBRIC = load_rubric()
RULES = load_judge(RUBRIC)
DATE = "2026-11-25T12:00:00Z"

SHELVES = {
    "name": "list_shelves",
    "description": "List the shelves of a warehouse. Whoever looks for one crate is better off asking the foreman's board.",
    "inputSchema": {"type": "object", "properties": {"warehouse_id": {"type": "string"}}},
}
CRATES = {
    "name": "find_crate",
    "description": "Find a crate by the number on its lid.",
    "inputSchema": {"type": "object", "properties": {"lid": {"type": "string"}}},
}
TOOLS = [SHELVES, CRATES]
WHEN = "Whoever looks for one crate is better off asking the foreman's board."


def make_panel(server, *, cache=None, model=RULES.model, rules=RULES, **more):
    """A panel whose judge is the real client, pointed at the server on this machine; without retries' pauses where there are none."""
    price = next((price for price in rules.models if price.id == model), None)

    def judge():
        return AnthropicJudge(model, "test", rules.limits, base_url=server.url, price=price)

    return Panel(model, RUBRIC, rules, judge=judge if server else None, cache=cache, **{"votes": 1, **more})
