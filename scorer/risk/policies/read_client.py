"""Which tools of a server the settings of a client speak of, and what happens to the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.errors import InputError
from scorer.risk.policies.claude_code import client_name

if TYPE_CHECKING:
    from collections.abc import Iterable


def of_claude_code(document: dict[str, Any], file: str, server: str) -> tuple[str, list[str]]:
    """`allow`, `ask` or `deny` for tools without a rule (one for `mcp__server` speaks of all), and the names of the others."""
    lists = document["permissions"]
    split = {key: [name.split("__", 2)[1:] for name in lists.get(key, ()) if _is_ours(name)] for key in _LISTS}
    own = _server({parts[0] for rows in split.values() for parts in rows}, server, file)
    rules = {
        key: [parts[1] if len(parts) > 1 else "*" for parts in rows if parts[0] == own] for key, rows in split.items()
    }
    default = next((key for key in _LISTS if "*" in rules[key]), "ask")
    return default, [tool for key in _LISTS for tool in rules[key] if tool != "*"]


# A denial wins over a question, a question over an allowance.
_LISTS = ("deny", "ask", "allow")


def _is_ours(name: str) -> bool:
    return name.startswith("mcp__") and len(name) > len("mcp__")


def of_codex(document: dict[str, Any], file: str, server: str) -> tuple[str, list[str]]:
    """`deny` where the enabled tools are listed, else `allow`; and the names in the lists."""
    servers = document["mcp_servers"]
    table = servers[_server(servers, server, file)]
    names = [*table.get("enabled_tools", ()), *table.get("disabled_tools", ())]
    return "deny" if "enabled_tools" in table else "allow", names


def _server(found: Iterable[str], wanted: str, file: str) -> str:
    """The server that is meant: by its name, or the only one, whatever the client calls it."""
    names = sorted(found)
    for name in (wanted, client_name(wanted)):
        if name in names:
            return name
    if len(names) == 1:
        return names[0]
    shown = ", ".join(names[:8]) or "no server"
    raise InputError(f"{file} has no server {wanted!r}", f"It has {shown}; --name says which one is meant.")
