"""Which kind of document this is, and where its tools stand."""

from __future__ import annotations

from typing import Any

from scorer.errors import InputError
from scorer.models.base import model
from scorer.models.tool import Problem
from scorer.sources import foreign
from scorer.sources.fields import a_kind
from scorer.sources.replies import more_pages, say_error, server_of
from scorer.sources.shapes import looks_like_tool, to_mcp

_GENERATED_TIP = 'Its tools are known only when the server runs: --server "<the command that starts it>"'


@model
class Listing:
    """A document's tools before they are read.

    pointer: where the list stands; "" with `single` when the document is itself one tool.
    name, version: the server's, when the document says them.
    """

    kind: str
    entries: list[Any]
    pointer: str = ""
    single: bool = False
    name: str | None = None
    version: str | None = None
    schema_known: bool = True
    problems: tuple[Problem, ...] = ()


def recognise(value: object, name: str) -> Listing:
    """Where the tools of a parsed document stand; `name` is the document's, for the error. Raises InputError."""
    if isinstance(value, list):
        return _array(value, name)
    if not isinstance(value, dict):
        raise InputError(f"{name} holds a bare JSON value, no tools", foreign.LISTS)
    if "jsonrpc" in value or isinstance(value.get("result"), dict):
        return _reply(value, name)
    if isinstance(value.get("tools"), list) and not looks_like_tool(value) and "rubricVersion" not in value:
        return _listed(value, "/tools")
    if _is_manifest(value):
        raise InputError(f"{name} is a manifest that lists no tools", _GENERATED_TIP)
    if "tools" in value and not looks_like_tool(value) and not isinstance(value["tools"], list):
        raise InputError(f"the `tools` of {name} is {a_kind(value['tools'])}, not a list", 'Write {"tools": [...]}.')
    if looks_like_tool(value):
        return Listing(_family([value], "single tool", "single {} tool"), [value], single=True)
    found = foreign.document(value)
    raise InputError(f"{name} {found.what}", found.tip)


def client_config(value: object) -> dict[str, Any] | None:
    """The object whose `mcpServers` or `servers` name servers to start or reach, None when this is no client config."""
    if not isinstance(value, dict) or isinstance(value.get("tools"), list):
        return None
    if isinstance(value.get("mcpServers"), dict) or _has_servers(value):
        return value
    inner = value.get("mcp")
    return inner if isinstance(inner, dict) and _has_servers(inner) else None


def _array(entries: list[Any], name: str) -> Listing:
    if entries and all(isinstance(entry, dict) and isinstance(entry.get("tools"), list) for entry in entries):
        message = f"{name} is a list of {len(entries)} servers, not of tools"
        raise InputError(message, "Save each of them in a file of its own.")
    return Listing(_family(entries, "array of tools", "array of {} tools"), entries)


def _reply(value: dict[str, Any], name: str) -> Listing:
    if value.get("error") is not None:
        raise say_error(value["error"], name)
    result = value.get("result")
    if not isinstance(result, dict) or not isinstance(result.get("tools"), list):
        found = foreign.document(value) if "method" in value else None
        what = found.what if found else "is a reply, but not to tools/list: its result holds no list of tools"
        raise InputError(f"{name} {what}", found.tip if found else foreign.LISTS)
    server, version = server_of(result)
    problems = more_pages(result, "/result")
    return Listing(
        "JSON-RPC reply to tools/list",
        result["tools"],
        "/result/tools",
        name=server,
        version=version,
        problems=problems,
    )


def _listed(value: dict[str, Any], pointer: str) -> Listing:
    name, version = server_of(value)
    problems = more_pages(value, "")
    if _is_manifest(value):
        problems += _generated(value)
        return Listing(
            "mcpb manifest", value["tools"], pointer, name=name, version=version, schema_known=False, problems=problems
        )
    plain = "captured tool list" if "serverName" in value else "tools/list result"
    kind = _family(value["tools"], plain, "list of {} tools")
    return Listing(kind, value["tools"], pointer, name=name, version=version, problems=problems)


def _is_manifest(value: dict[str, Any]) -> bool:
    return "manifest_version" in value or "dxt_version" in value


def _generated(value: dict[str, Any]) -> tuple[Problem, ...]:
    if value.get("tools_generated") is not True:
        return ()
    message = "the manifest says that the server makes more tools when it runs: they are not here"
    return (Problem("tools-generated", message, pointer="/tools_generated"),)


def _family(entries: list[Any], plain: str, named: str) -> str:
    family = next((to_mcp(entry).family for entry in entries if isinstance(entry, dict)), "MCP")
    return plain if family == "MCP" else named.format(family)


def _has_servers(value: dict[str, Any]) -> bool:
    servers = value.get("servers")
    if not isinstance(servers, dict):
        return False
    return any(
        isinstance(server, dict) and not server.keys().isdisjoint({"command", "url"}) for server in servers.values()
    )
