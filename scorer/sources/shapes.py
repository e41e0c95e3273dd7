"""The shapes in which clients write a tool: MCP's, Anthropic's, OpenAI's two. All become MCP's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from scorer.models.tool import JsonObject

_SCHEMA_KEYS = ("inputSchema", "input_schema", "parameters", "parametersJsonSchema")


class Shape(NamedTuple):
    """A tool definition with MCP's field names.

    inside: pointer from the entry to the definition ("/function" in OpenAI's nested shape).
    may_lack_schema: in this shape a tool without parameters need not carry a schema.
    """

    definition: JsonObject
    family: str
    inside: str = ""
    may_lack_schema: bool = False


def to_mcp(entry: dict[Any, Any]) -> Shape:
    """The entry with its schemas under `inputSchema` and `outputSchema`; nothing else is renamed or dropped."""
    inner = entry.get("function")
    if isinstance(inner, dict) and "inputSchema" not in entry and not isinstance(entry.get("name"), str):
        outer = {key: value for key, value in entry.items() if key not in ("function", "type")}
        return Shape(_renamed({**outer, **inner}), "OpenAI", "/function", may_lack_schema=True)
    if "inputSchema" in entry:
        return Shape(_renamed(entry), "MCP")
    if "input_schema" in entry:
        return Shape(_renamed(entry), "Anthropic")
    of_openai = entry.get("type") == "function"
    family = "OpenAI" if of_openai or "parameters" in entry else "MCP"
    return Shape(_renamed(entry), family, may_lack_schema=of_openai)


def looks_like_tool(value: object) -> bool:
    """Whether an object can only be meant as one tool: it carries a schema, or nothing but a tool's words."""
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("function"), dict) or any(key in value for key in _SCHEMA_KEYS[:2]):
        return True
    if "name" not in value:
        return False
    return "parameters" in value or set(value) <= {
        "name",
        "title",
        "description",
        "annotations",
        "outputSchema",
        "icons",
        "_meta",
        "execution",
        "type",
    }


def _renamed(entry: dict[Any, Any]) -> JsonObject:
    names = renames(entry)
    return {names.get(key, key): value for key, value in entry.items()} if names else entry


def renames(entry: dict[Any, Any]) -> dict[str, str]:
    """The keys of an entry that MCP spells otherwise, with MCP's spelling."""
    old = next((key for key in _SCHEMA_KEYS if key in entry), "inputSchema")
    names = {} if old == "inputSchema" else {old: "inputSchema"}
    if "output_schema" in entry and "outputSchema" not in entry:
        names["output_schema"] = "outputSchema"
    return names
