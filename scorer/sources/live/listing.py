"""The tools that a server lists, page by page, within bounds; `tools/list` is the only thing ever asked of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from scorer.models.tool import ToolSet
from scorer.sources.definitions import read_tools
from scorer.sources.live.eras import Session, negotiate
from scorer.sources.live.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorer.sources.live.link import Link
    from scorer.sources.live.secrets import Secrets

MAX_PAGES = 1_000
MAX_TOOLS = 50_000
MAX_BYTES = 64 * 1024 * 1024
_NAME_WIDTH = 200
_PAGING_TIP = "The server's paging is broken: the last page must come without a `nextCursor`."


class Listing(NamedTuple):
    """What a server said: the raw entries of all pages in order, and who it says it is."""

    entries: list[Any]
    name: str | None
    version: str | None


async def list_tools(link: Link, *, probe_seconds: float | None) -> Listing:
    """Negotiates and reads every page. Raises Failure."""
    session = await negotiate(link, probe_seconds=probe_seconds)
    if session.capabilities.get("tools") is None:
        raise Failure(
            "declares no `tools` capability, so no client asks it for tools",
            "Declare it, or register a tool before the server starts.",
        )
    entries = await _read_pages(session)
    return Listing(entries, _text(session.server_info, "name"), _text(session.server_info, "version"))


async def attempt(link: Link, *, probe_seconds: float | None) -> Listing | Failure:
    """`list_tools` with the failure as a value: raised, it would come out of a transport wrapped in groups."""
    try:
        return await list_tools(link, probe_seconds=probe_seconds)
    except Failure as failure:
        return failure
    except RecursionError:
        return Failure("sent definitions that are nested too deeply to read", "Flatten their schemas.")


async def _read_pages(session: Session) -> list[Any]:
    entries: list[Any] = []
    seen: set[str] = set()
    size, cursor = 0, None
    for _ in range(MAX_PAGES):
        result = await _page(session, cursor)
        entries += result["tools"]
        size += len(json.dumps(result))
        if len(entries) > MAX_TOOLS:
            raise Failure(f"lists more than {MAX_TOOLS:,} tools", _PAGING_TIP)
        if size > MAX_BYTES:
            raise Failure(f"lists more than {MAX_BYTES >> 20} MiB of definitions", _PAGING_TIP)
        cursor = _next_cursor(result, seen)
        if cursor is None:
            return entries
    raise Failure(f"goes on after {MAX_PAGES:,} pages of tools ({len(entries):,} tools so far)", _PAGING_TIP)


async def _page(session: Session, cursor: str | None) -> dict[str, Any]:
    reply = await session.ask("tools/list", {} if cursor is None else {"cursor": cursor})
    if reply.result is None:
        raise Failure(
            f"answered `tools/list` with error {reply.code}: {reply.message}", "The server's own log may say more."
        )
    if not isinstance(reply.result.get("tools"), list):
        raise Failure(
            "answered `tools/list` without a list of tools", 'The result must be an object with a "tools" array.'
        )
    return reply.result


def _next_cursor(result: Mapping[str, Any], seen: set[str]) -> str | None:
    """The next page's cursor; None at the end. Some servers send null or "" there."""
    cursor = result.get("nextCursor")
    if cursor is None or cursor == "":
        return None
    if not isinstance(cursor, str):
        raise Failure("sent a `nextCursor` that is not a string", _PAGING_TIP)
    if cursor in seen:
        raise Failure(f"pages in a circle: the same `nextCursor` came twice, after {len(seen)} pages", _PAGING_TIP)
    seen.add(cursor)
    return cursor


def _text(info: Mapping[str, Any], key: str) -> str | None:
    value = info.get(key)
    return value.strip()[:_NAME_WIDTH] or None if isinstance(value, str) else None


def tool_set(  # noqa: PLR0913 - one keyword for each part of a ToolSet
    listing: Listing, *, name: str | None, fallback: str, kind: str, location: str, secrets: Secrets
) -> ToolSet:
    """The listing as tools. name: what the user calls the server; fallback: for one that does not name itself either."""
    try:
        tools, problems = read_tools(secrets.scrub_definitions(listing.entries))
    except RecursionError:
        raise Failure("lists definitions that are nested too deeply to read", "Flatten their schemas.") from None
    called = name or secrets.scrub(listing.name or "") or fallback
    return ToolSet(called, tools, listing.version, kind, location, problems)
