"""How to speak with a connected server: the stateless protocol (2026-07-28), or the handshake of the years before it.

`server/discover` is asked first. Whatever is not a clear yes means the handshake, as in the SDK's own client; a server
that is slow to start is sent both and may answer either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import anyio
from mcp.shared.inbound import MCP_METHOD_HEADER, MCP_PROTOCOL_VERSION_HEADER
from mcp_types import (
    CLIENT_CAPABILITIES_META_KEY,
    CLIENT_INFO_META_KEY,
    PROTOCOL_VERSION_META_KEY,
    SERVER_INFO_META_KEY,
    UNSUPPORTED_PROTOCOL_VERSION,
)
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS, LATEST_HANDSHAKE_VERSION, LATEST_MODERN_VERSION

from scorer.sources.live.failure import Failure
from scorer.version import __version__

if TYPE_CHECKING:
    from scorer.sources.live.link import Link, Reply

_CLIENT = {"name": "toolmark", "version": __version__}
_META = {
    PROTOCOL_VERSION_META_KEY: LATEST_MODERN_VERSION,
    CLIENT_INFO_META_KEY: _CLIENT,
    CLIENT_CAPABILITIES_META_KEY: {},
}


class Session(NamedTuple):
    """A server that said which protocol it speaks.

    protocol: the revision agreed on. stateless: every request carries its own envelope. capabilities, server_info: as sent.
    """

    link: Link
    protocol: str
    stateless: bool
    capabilities: dict[str, Any]
    server_info: dict[str, Any]

    async def ask(self, method: str, params: dict[str, Any]) -> Reply:
        """One request and its answer."""
        meta = {"_meta": _META} if self.stateless else {}
        headers = {MCP_PROTOCOL_VERSION_HEADER: self.protocol}
        if self.stateless:
            headers[MCP_METHOD_HEADER] = method
        return await self.link.answer(await self.link.send(method, {**params, **meta}, headers))


async def negotiate(link: Link, *, probe_seconds: float | None) -> Session:
    """Agrees on a protocol. probe_seconds: how long `server/discover` may take, None to open with the handshake.

    Raises Failure when the server refuses both.
    """
    awaited = set()
    if probe_seconds is not None:
        awaited.add(probe := await _discover(link))
        with anyio.move_on_after(probe_seconds):
            reply = await link.answer(probe)
            awaited.clear()
            if session := _modern(link, reply):
                return session
    handshake = await _initialize(link)
    while True:
        reply = await link.answer(handshake, *awaited)
        if reply.id != handshake:
            awaited.clear()
            if session := _modern(link, reply):
                return session
        elif not awaited or reply.code != UNSUPPORTED_PROTOCOL_VERSION:
            return await _handshaken(link, reply)


async def _discover(link: Link) -> int:
    headers = {MCP_PROTOCOL_VERSION_HEADER: LATEST_MODERN_VERSION, MCP_METHOD_HEADER: "server/discover"}
    return await link.send("server/discover", {"_meta": _META}, headers)


async def _initialize(link: Link) -> int:
    offer = {"protocolVersion": LATEST_HANDSHAKE_VERSION, "capabilities": {}, "clientInfo": _CLIENT}
    return await link.send("initialize", offer)


def _modern(link: Link, reply: Reply) -> Session | None:
    """The session if the answer to `server/discover` offers the stateless protocol."""
    if reply.result is None:
        _refuse_unknown_versions(reply)
        return None
    versions = reply.result.get("supportedVersions")
    if not isinstance(versions, list) or LATEST_MODERN_VERSION not in versions:
        return None
    meta = _object(reply.result.get("_meta"))
    return Session(
        link,
        LATEST_MODERN_VERSION,
        stateless=True,
        capabilities=_object(reply.result.get("capabilities")),
        server_info=_object(meta.get(SERVER_INFO_META_KEY)),
    )


def _refuse_unknown_versions(reply: Reply) -> None:
    """Raises Failure when the server names the versions that it speaks and none is ours."""
    supported = _object(reply.data).get("supported")
    if reply.code != UNSUPPORTED_PROTOCOL_VERSION or not isinstance(supported, list):
        return
    if not {LATEST_MODERN_VERSION, *HANDSHAKE_PROTOCOL_VERSIONS} & {v for v in supported if isinstance(v, str)}:
        named = ", ".join(str(version) for version in supported[:5])
        raise Failure(f"speaks protocol {named or 'unknown'} only", f"Known here: up to {LATEST_MODERN_VERSION}.")


async def _handshaken(link: Link, reply: Reply) -> Session:
    if reply.result is None:
        raise Failure(
            f"refused to initialize: {reply.message or 'no reason given'} (error {reply.code})",
            "Check the server's own options and credentials.",
        )
    protocol = reply.result.get("protocolVersion")
    if not isinstance(protocol, str):
        raise Failure("answered `initialize` without a protocol version", "Is this an MCP server?")
    await link.notify("notifications/initialized", {MCP_PROTOCOL_VERSION_HEADER: protocol})
    return Session(
        link,
        protocol,
        stateless=False,
        capabilities=_object(reply.result.get("capabilities")),
        server_info=_object(reply.result.get("serverInfo")),
    )


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
