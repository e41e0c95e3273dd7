"""How the risk tables ask: one small tool of our own, one card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scorer.catalog import load_risk_rules
from scorer.models.tool import Tool
from scorer.risk import assess
from scorer.signals import measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorer.models.risk import RiskCard


def make_tool(
    name: str,
    description: str = "",
    params: dict[str, Any] | None = None,
    required: tuple[str, ...] = (),
    hints: dict[str, Any] | None = None,
) -> Tool:
    schema = {"type": "object", "properties": params or {}, "required": list(required)}
    definition = {"name": name, "description": description, "inputSchema": schema}
    if hints:
        definition["annotations"] = hints
    return Tool(name, definition, description=description, input_schema=schema, annotations=hints)


@pytest.fixture
def card() -> Callable[..., RiskCard]:
    """The risk card of a tool with this name, description, parameters, required names and hints."""

    def answer(*args: Any, **fields: Any) -> RiskCard:
        tool = make_tool(*args, **fields)
        return assess(tool, measure(tool), load_risk_rules())

    return answer
