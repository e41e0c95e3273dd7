"""What a server's replies say beside its tools: who it is, what went wrong, whether more is to come."""

from __future__ import annotations

from typing import Any

from scorer.errors import InputError
from scorer.models.tool import Problem
from scorer.sources.bounds import cut, one_line, readable

_MAX_LABEL = 200


def label(value: object) -> str | None:
    """A server's name or version, when it is one: text, not blank, bounded."""
    return cut(readable(value.strip()), _MAX_LABEL) if isinstance(value, str) and value.strip() else None


def say_error(error: object, name: str) -> InputError:
    """A JSON-RPC error as the input error that it is."""
    body = error if isinstance(error, dict) else {"message": str(error)}
    said = one_line(str(body.get("message") or "no message"), 200)
    code = f" (code {one_line(str(body['code']), 20)})" if "code" in body else ""
    message = f"{name} is a JSON-RPC error, not a list: {said}{code}"
    return InputError(message, "Ask the server again, after `initialize`.")


def server_of(value: dict[str, Any]) -> tuple[str | None, str | None]:
    """Name and version as captures, manifests and `initialize` replies say them."""
    info = value.get("serverInfo")
    info = info if isinstance(info, dict) else {}
    name = label(value.get("serverName")) or label(info.get("name")) or label(value.get("name"))
    return name, label(value.get("serverVersion")) or label(info.get("version")) or label(value.get("version"))


def more_pages(result: dict[str, Any], pointer: str) -> tuple[Problem, ...]:
    """A problem when a reply is only a page of the list."""
    if not result.get("nextCursor"):
        return ()
    message = "the list goes on after this page (nextCursor): the tools behind it are not here"
    return (Problem("more-pages", message, pointer=f"{pointer}/nextCursor"),)
