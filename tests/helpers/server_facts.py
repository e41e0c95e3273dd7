"""How the tables of the server facts ask: a few tools, one question, one answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from scorer.facts import examine_set
from scorer.models.tool import Tool
from scorer.signals import measure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorer.models.fact import Fact
    from scorer.models.signals import Overlap, Signals


def build(*definitions: str | dict[str, Any]) -> tuple[list[Tool], list[Signals]]:
    """Tools from names (each with a description of its own) or from definitions."""
    whole = [d if isinstance(d, dict) else {"name": d, "description": f"Does what {d} says."} for d in definitions]
    fields = {
        "title": "title",
        "description": "description",
        "input_schema": "inputSchema",
        "output_schema": "outputSchema",
    }
    tools = [Tool(d["name"], d, **{field: d.get(key) for field, key in fields.items()}) for d in whole]
    return tools, [measure(tool) for tool in tools]


def ask_set(
    prefix: str, fact: str, definitions: Sequence[str | dict[str, Any]], overlaps: tuple[Overlap, ...] = ()
) -> Fact:
    """The fact of that name; a yes that quotes words must quote them from where it says, in the first tool that it names."""
    tools, signals = build(*definitions)
    found = next(f for f in examine_set(tools, signals, overlaps) if f.id == f"{prefix}/{fact}")
    assert found.status != "error", found.reason
    assert len(found.tools) <= 20
    if found.quote is not None:
        first = next(tool for tool in tools if tool.name == found.tools[0])
        value: Any = first.definition
        for key in found.place.pointer.split("/")[1:]:
            value = value[key]
        assert isinstance(value, dict) or value[found.place.start : found.place.end] == found.quote
    return found


def asker(prefix: str) -> Callable[..., Fact]:
    """`ask_set` for the facts of one dimension."""
    return partial(ask_set, prefix)
