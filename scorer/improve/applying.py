"""A draft put into a definition, and the difference shown."""

from __future__ import annotations

import copy
import difflib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scorer.judge.drafting import Draft
    from scorer.models.tool import JsonObject, Tool


def applied(tool: Tool, draft: Draft) -> Tool:
    """The tool with the draft's words. Annotations that the definition has stay as they are: a draft only adds what was silent."""
    definition = copy.deepcopy(tool.definition)
    definition["description"] = draft.description.strip()
    for one in draft.parameters:
        schema = resolve(definition, one.pointer)
        if isinstance(schema, dict):
            schema["description"] = one.description.strip()
    hints = {key: value == "true" for key, value in draft.annotations.items() if value != "unknown"}
    given = definition.get("annotations")
    if hints:
        definition["annotations"] = {**hints, **(given if isinstance(given, dict) else {})}
    schemas = {
        key: value if isinstance(value := definition.get(key), dict) else None for key in ("inputSchema", "annotations")
    }
    return replace(
        tool,
        definition=definition,
        description=definition["description"],
        input_schema=schemas["inputSchema"],
        annotations=schemas["annotations"],
        places=(),
    )


def resolve(document: Any, pointer: str) -> Any:
    """The value at an RFC 6901 pointer, None where there is none."""
    value = document
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value


def difference(before: JsonObject, after: JsonObject, name: str) -> str:
    """A unified diff of two definitions, descriptions line by line; "" where they are the same."""
    lines = difflib.unified_diff(_lines(before), _lines(after), f"{name} (now)", f"{name} (draft)", lineterm="", n=2)
    return "\n".join(lines)


def _lines(definition: JsonObject) -> list[str]:
    # Sentences on lines of their own: a description is one long line of JSON, in which no difference can be seen.
    text = json.dumps(definition, indent=2, ensure_ascii=False)
    return [part for line in text.splitlines() for part in _sentences(line)]


def _sentences(line: str) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    first, *rest = line.replace(". ", ".\0").split("\0")
    return [first, *(indent + part for part in rest)]
