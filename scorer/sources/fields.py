"""The fields of one definition, each taken as what MCP says it is or reported."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scorer.models.tool import JsonObject, Origin, Problem, Tool
from scorer.sources.bounds import cut

# Characters of a text field that are graded. The definition itself is kept whole.
MAX_TEXT = 200_000
MAX_NAME = 1_000

_HINTS = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")


def build(  # noqa: PLR0913 - the one place where a tool's parts meet
    name: str, definition: JsonObject, origin: Origin, problems: tuple[Problem, ...], *, known: bool, may_lack: bool
) -> Tool:
    """A named definition as a `Tool`.

    problems: those found before. known: the format carried schemas and nothing was wrong with this one.
    may_lack: a tool without a schema is complete in this format.
    """
    found: list[Problem] = list(problems)
    shown = cut(name, MAX_NAME)
    schema = definition.get("inputSchema")
    fault = None if not known or isinstance(schema, dict) else _schema_fault(definition, may_lack=may_lack)
    tool = Tool(
        name=shown,
        definition=definition,
        title=_string(definition, "title", found),
        description=_string(definition, "description", found),
        input_schema=_object(definition, "inputSchema"),
        output_schema=_output(definition, found),
        annotations=_annotations(definition, found),
        origin=origin,
        schema_known=isinstance(schema, dict) or (known and fault is None),
    )
    found += [fault] if fault else []
    found += [_oversized("name", MAX_NAME)] if shown != name else []
    return replace(tool, problems=tuple(replace(problem, tool=shown) for problem in found))


def _schema_fault(definition: JsonObject, *, may_lack: bool) -> Problem | None:
    if "inputSchema" not in definition:
        message = "there is no `inputSchema`, which MCP requires: the parameters cannot be measured"
        return None if may_lack else Problem("missing-schema", message, pointer="/inputSchema")
    value = definition["inputSchema"]
    if value is None and may_lack:
        return None
    code = {bool: "boolean-schema", type(None): "null-schema"}.get(type(value), "schema-not-an-object")
    message = f"`inputSchema` is {a_kind(value)}, not an object: the parameters cannot be measured"
    return Problem(code, message, pointer="/inputSchema")


def _string(definition: JsonObject, key: str, problems: list[Problem]) -> str | None:
    value = definition.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        problems.append(Problem(f"{key}-not-a-string", f"`{key}` is {a_kind(value)}, not a string", pointer=f"/{key}"))
        return None
    if len(value) > MAX_TEXT:
        problems.append(_oversized(key, MAX_TEXT))
    return cut(value, MAX_TEXT)


def _oversized(key: str, limit: int) -> Problem:
    return Problem("oversized", f"only the first {limit:,} characters of `{key}` were read", pointer=f"/{key}")


def _object(definition: JsonObject, key: str) -> JsonObject | None:
    value = definition.get(key)
    return value if isinstance(value, dict) else None


def _output(definition: JsonObject, problems: list[Problem]) -> JsonObject | None:
    # `true` and `false` are schemas, and an output schema may be any schema; they just document nothing.
    value = definition.get("outputSchema")
    if not isinstance(value, dict | bool | None):
        message = f"`outputSchema` is {a_kind(value)}, not a schema"
        problems.append(Problem("output-schema-not-an-object", message, pointer="/outputSchema"))
    return _object(definition, "outputSchema")


def _annotations(definition: JsonObject, problems: list[Problem]) -> JsonObject | None:
    value = definition.get("annotations")
    if value is not None and not isinstance(value, dict):
        message = f"`annotations` is {a_kind(value)}, not an object"
        problems.append(Problem("annotations-not-an-object", message, pointer="/annotations"))
    found = _object(definition, "annotations")
    for hint in _HINTS:
        if found and not isinstance(found.get(hint), bool | None):
            message = f"`{hint}` is {a_kind(found[hint])}, not true or false, so it says nothing"
            problems.append(Problem("hint-not-a-boolean", message, pointer=f"/annotations/{hint}"))
    return found


def a_kind(value: Any) -> str:
    """A JSON value's type in words, with its article."""
    if isinstance(value, bool):
        return "a boolean"
    kinds = {str: "a string", list: "a list", dict: "an object", type(None): "null", int: "a number", float: "a number"}
    return kinds.get(type(value), "not a JSON value")
