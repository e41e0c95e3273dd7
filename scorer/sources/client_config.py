"""Client configurations (`.mcp.json`, `mcp.json`, `.vscode/mcp.json`, `claude_desktop_config.json`): the servers they name.

Reading one starts nothing. `ServerEntry.describe` shows what would be started, and only `list_entry` starts it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from scorer.models.base import model
from scorer.models.tool import Problem, ToolSet
from scorer.sources.client_entry import ServerEntry, read_entry
from scorer.sources.live import list_http, list_stdio
from scorer.sources.placeholders import Filler

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ClientConfig", "ServerEntry", "list_entry", "read_client_config"]


@model
class ClientConfig:
    """A client configuration.

    file: its path as the user gave it. servers: in the order of the file, disabled ones too.
    problems: entries that name no server, and parts of entries that are not followed; pointers lead into the file.
    """

    file: str
    servers: tuple[ServerEntry, ...]
    problems: tuple[Problem, ...] = ()


def read_client_config(document: object, file: str) -> ClientConfig:
    """The servers under `mcpServers` or `servers`. document: the parsed file. file: its path, "stdin" when it has none."""
    root = document if isinstance(document, dict) else {}
    key = "mcpServers" if isinstance(root.get("mcpServers"), dict) else "servers"
    entries = root.get(key)
    folder, defaults = workspace_folder(file), _input_defaults(root.get("inputs"))
    servers: list[ServerEntry] = []
    problems: list[Problem] = []
    for name, value in entries.items() if isinstance(entries, dict) else ():
        pointer = f"/{key}/{str(name).replace('~', '~0').replace('/', '~1')}"
        entry, fault = read_entry(str(name), value)
        if entry is not None:
            servers.append(replace(entry, folder=folder, defaults=defaults))
        if fault:
            problems.append(Problem(*fault, pointer=pointer))
    return ClientConfig(file, tuple(servers), tuple(problems))


def list_entry(entry: ServerEntry, *, env: Mapping[str, str], timeout: float) -> ToolSet:
    """Starts or reaches the server and lists its tools. env: what the user passes on; it also fills the entry's placeholders.

    Raises ServerError for a placeholder that nothing fills and for a server that cannot be listed, UsageError for a
    header or an address that cannot be used.
    """
    fill = Filler(entry.name, folder=entry.folder, given=env, defaults=entry.defaults)
    if entry.command is None:
        headers = fill.mapping(entry.headers)
        transport: Literal["auto", "sse"] = "sse" if entry.transport == "sse" else "auto"
        url = fill.text(entry.url or "")
        tools = list_http(url, headers=headers, timeout=timeout, name=entry.name, transport=transport)
    else:
        command = [fill.text(word) for word in (entry.command, *entry.args)]
        cwd = os.path.join(entry.folder or "", fill.text(entry.cwd or "")) or None  # noqa: PTH118 - an absolute cwd wins
        variables = {**fill.mapping(entry.env), **env}
        tools = list_stdio(command, env=variables, cwd=cwd, timeout=timeout, name=entry.name)
    # The command line as written: what a placeholder was filled with may be a secret that nothing marks as one.
    return replace(tools, location=entry.location())


def workspace_folder(file: str) -> str:
    """The absolute folder that a client would call the workspace: the file's, or that above a `.vscode` or the like."""
    folder = os.path.dirname(os.path.abspath(file))  # noqa: PTH100, PTH120 - lexical: no link is followed
    return os.path.dirname(folder) if os.path.basename(folder).startswith(".") else folder  # noqa: PTH119, PTH120


def _input_defaults(inputs: object) -> dict[str, str]:
    found = [item for item in inputs if isinstance(item, dict)] if isinstance(inputs, list) else []
    return {str(item["id"]): item["default"] for item in found if "id" in item and isinstance(item.get("default"), str)}
