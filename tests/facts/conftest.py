"""How the fact tables ask: one small tool, one question, one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scorer.facts import examine
from scorer.models.signals import Overlap, Siblings
from scorer.models.tool import Tool
from scorer.signals import measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorer.models.fact import Fact


def make_tool(
    description: str | None, *, name: str = "do_thing", params: dict[str, Any] | None = None, **fields: Any
) -> Tool:
    schema = fields.pop("inputSchema", {"type": "object", "properties": params or {}})
    definition = {"name": name, "description": description, "inputSchema": schema, **fields}
    return Tool(
        name,
        definition,
        title=fields.get("title"),
        description=description,
        input_schema=schema,
        output_schema=fields.get("outputSchema"),
        annotations=fields.get("annotations"),
    )


@pytest.fixture
def ask() -> Callable[..., Fact]:
    """The fact of that id for a tool with this description; keywords make up the rest of the definition and its siblings."""

    def answer(
        fact: str,
        description: str | None,
        *,
        siblings: tuple[str, ...] = (),
        overlaps: tuple[Overlap, ...] = (),
        boilerplate: tuple[str, ...] = (),
        **fields: Any,
    ) -> Fact:
        tool = make_tool(description, **fields)
        known = Siblings(frozenset((tool.name, *siblings)), overlaps, frozenset(boilerplate))
        return next(f for f in examine(tool, measure(tool), known) if f.id == fact)

    return answer


@pytest.fixture
def holds(ask: Callable[..., Fact]) -> Callable[..., bool | None]:
    """Whether a fact holds, and that a yes shows words that really stand where it says."""

    def check(fact: str, case: str | tuple[str | None, dict[str, Any]]) -> bool | None:
        description, fields = case if isinstance(case, tuple) else (case, {})
        found = ask(fact, description, **fields)
        assert found.status != "error", found.reason
        if found.holds:
            assert found.quote is not None
            assert found.place is not None
            if found.place.pointer == "/description" and found.place.start is not None:
                assert (description or "")[found.place.start : found.place.end] == found.quote
        return found.holds

    return check
