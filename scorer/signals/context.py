"""The specification's context signals (TDQS 1.2, stage 1), number for number."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from scorer.models.signals import AnnotationValues, ContextSignals
from scorer.signals.subtree import required_subtree

if TYPE_CHECKING:
    from scorer.models.tool import JsonObject, Tool
    from scorer.signals.fingerprint import Fingerprint


def context_signals(tool: Tool, mark: Fingerprint) -> ContextSignals:
    """The signals that the registry publishes beside a score; its known holes are kept, so that numbers can be compared."""
    schema: JsonObject = tool.input_schema or {}
    raw = schema.get("properties")
    properties: list[Any] = list(raw.values()) if isinstance(raw, dict) else []
    known = [item for item in properties if isinstance(item, dict)]
    required = schema.get("required")
    described = sum(1 for item in known if isinstance(item.get("description"), str) and item["description"])
    cost = required_subtree(tool.input_schema)
    return ContextSignals(
        annotation_values=_hints(tool.annotations or {}),
        definition_bytes=mark.size,
        has_annotations=bool(tool.annotations),
        has_nested_objects=any(item.get("type") == "object" for item in known),
        has_output_schema=bool(tool.output_schema),
        input_hash=mark.digest,
        invocation_cost=cost.invocation,
        param_count=len(properties),
        params_with_descriptions=described,
        params_with_enums=sum(1 for item in known if isinstance(item.get("enum"), list)),
        required_field_count=cost.fields,
        required_param_count=len(required) if isinstance(required, list) else 0,
        schema_depth=cost.depth,
        schema_description_coverage=_percent(described, len(properties)),
        title_is_meaningful=_title_is_meaningful(tool),
        union_choice_count=cost.unions,
    )


def _hints(annotations: JsonObject) -> AnnotationValues:
    def hint(name: str) -> bool | None:
        value = annotations.get(name)
        return value if isinstance(value, bool) else None

    return AnnotationValues(
        destructive=hint("destructiveHint"),
        idempotent=hint("idempotentHint"),
        open_world=hint("openWorldHint"),
        read_only=hint("readOnlyHint"),
    )


def _percent(part: int, whole: int) -> int:
    # In doubles and half up, as Math.round((part / whole) * 100) does.
    return math.floor((part / whole) * 100 + 0.5) if whole else 100


def _title_is_meaningful(tool: Tool) -> bool:
    title = tool.definition.get("title")
    return isinstance(title, str) and title != tool.name and _utf16_length(title) > _utf16_length(tool.name)


def _utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
