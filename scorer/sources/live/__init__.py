"""Servers that run: started here or reached over HTTP, asked for `tools/list` and nothing else, then left alone.

Importing this package is cheap; the MCP SDK is imported when a server is listed. The functions are synchronous and run
their own event loop, so they are not for use inside a running one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from scorer.errors import UsageError
from scorer.sources.live.arguments import parse_headers, resolve_env, split_command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorer.models.tool import ToolSet

__all__ = ["list_http", "list_stdio", "parse_headers", "resolve_env", "split_command"]

DEFAULT_TIMEOUT = 60.0


def list_stdio(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    name: str | None = None,
) -> ToolSet:
    """Starts a command, lists its tools over stdio and ends it with every process it started.

    command: program and arguments; no shell is involved. env: variables added to the minimal environment that the SDK
    gives a server (HOME, LOGNAME, PATH, SHELL, TERM, USER); nothing else of the caller's environment is passed on.
    timeout: seconds for starting and listing together; ending a server that resists takes up to six more.
    name: what to call the server in the report, else its own name.
    Raises UsageError for an empty command and ServerError for a server that cannot be listed.
    """
    if not command or not command[0]:
        raise UsageError("the server command is empty", "Give a program and its arguments.")
    from scorer.sources.live import stdio  # noqa: PLC0415 - the SDK takes half a second to import

    return stdio.run(command, env=env, cwd=cwd, timeout=timeout, name=name)


def list_http(
    url: str,
    *,
    headers: Mapping[str, str],
    timeout: float = DEFAULT_TIMEOUT,
    name: str | None = None,
    transport: Literal["auto", "sse"] = "auto",
) -> ToolSet:
    """Lists the tools of a server over Streamable HTTP or, where it answers like an older one, over HTTP with SSE.

    headers: sent with every request to this server's origin and to no other; never shown. timeout: seconds in all.
    name: what to call the server in the report, else its own name. transport: "sse" to try the older one only.
    Raises UsageError for a URL or header that cannot be sent and ServerError for a server that cannot be listed.
    """
    from scorer.sources.live import http  # noqa: PLC0415 - as above

    return http.run(url, headers=headers, timeout=timeout, name=name, transport=transport)
