"""What cannot be judged of a tool because its source code could not be followed: never low, always "could not tell"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorer.models.tool import Tool, Unread

_WORDS = (
    "purpose_clarity",
    "usage_guidelines",
    "behavioral_transparency",
    "conciseness_structure",
    "contextual_completeness",
)
# The field whose words or shape a dimension needs, by the first part of the pointer.
_LOST = {
    "description": _WORDS,
    "inputSchema": ("parameter_semantics", "contextual_completeness"),
    "annotations": ("behavioral_transparency",),
    "outputSchema": ("contextual_completeness",),
    "": (*_WORDS, "parameter_semantics"),
}
# Parts of a schema that say little about what a parameter means.
_MINOR = ("/default", "/examples", "/pattern", "/title")


def blind(tool: Tool) -> dict[str, str]:
    """The dimensions that cannot be measured, by id, each with the reason ("description is computed at src/x.ts:41")."""
    lost: dict[str, str] = {}
    for gap in tool.unread:
        if not gap.pointer.endswith(_MINOR):
            for dimension in _lost(gap, tool):
                lost.setdefault(dimension, gap.reason)
    return lost


def description_unread(tool: Tool) -> bool:
    """Whether there is a description that could not be read."""
    return any(gap.pointer in ("", "/description") for gap in tool.unread)


def _lost(gap: Unread, tool: Tool) -> tuple[str, ...]:
    field = gap.pointer.removeprefix("/").split("/")[0]
    found = _LOST.get(field, ())
    # A description may say what the parameters mean, unless their own words do.
    if field == "description" and not _all_described(tool):
        return (*found, "parameter_semantics")
    return found


def _all_described(tool: Tool) -> bool:
    properties = (tool.input_schema or {}).get("properties", {})
    return isinstance(properties, dict) and all(
        isinstance(part, dict) and part.get("description") for part in properties.values()
    )
