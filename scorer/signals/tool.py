"""Everything that is counted about one tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.models.signals import Signals
from scorer.signals.action import read_actions
from scorer.signals.context import context_signals
from scorer.signals.faults import find_faults
from scorer.signals.fingerprint import count_tokens, fingerprint
from scorer.signals.schema import MAX_OUTPUT_PARAMETERS, Survey, survey

if TYPE_CHECKING:
    from scorer.models.tool import Tool

_NOTHING = Survey((), (), (), truncated=False)


def measure(tool: Tool) -> Signals:
    """The signals of a tool: the specification's, and what is really there at every depth. Never raises on any JSON definition."""
    mark = fingerprint(tool)
    schema = tool.input_schema
    inputs = _NOTHING if schema is None else survey(schema, "/inputSchema")
    outputs = _NOTHING if not tool.output_schema else survey(tool.output_schema, "/outputSchema", MAX_OUTPUT_PARAMETERS)
    return Signals(
        context=context_signals(tool, mark),
        parameters=inputs.parameters,
        output=outputs.parameters,
        tokens=count_tokens(tool, mark.schema),
        faults=() if schema is None else find_faults(schema, mark.schema, inputs),
        truncated=inputs.truncated,
        actions=read_actions(tool),
    )
