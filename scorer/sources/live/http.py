"""A server that is reached over HTTP: Streamable HTTP, or the older transport with server-sent events."""

from __future__ import annotations

import time
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

import anyio
import httpx2
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamable_http_client

from scorer.errors import UsageError
from scorer.sources.live.arguments import check_header
from scorer.sources.live.explain import server_error
from scorer.sources.live.failure import Failure
from scorer.sources.live.link import Link
from scorer.sources.live.listing import MAX_BYTES, Listing, attempt, tool_set
from scorer.sources.live.masking import mask_url
from scorer.sources.live.network import network_failure
from scorer.sources.live.quiet import quiet
from scorer.sources.live.secrets import Secrets
from scorer.sources.live.watch import Watch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from mcp.client._transport import TransportStreams

    from scorer.models.tool import ToolSet

_PROBE_SECONDS = 2.0
_TIP = "Its own log may say more."


def run(url: str, *, headers: Mapping[str, str], timeout: float, name: str | None, transport: str) -> ToolSet:
    """As `scorer.sources.live.list_http`."""
    host = _host(url)
    for header, value in headers.items():
        check_header(header, value)
    server = _Server(url, headers, timeout)
    location = mask_url(url)
    try:
        listing, kind = server.listing(transport)
        return tool_set(listing, name=name, fallback=host, kind=kind, location=location, secrets=server.secrets)
    except Failure as failure:
        raise server_error(failure, label=name or location, secrets=server.secrets, tip=_TIP) from None


def _host(url: str) -> str:
    """The host of a usable URL. Raises UsageError."""
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError):
        parsed = None
    if parsed is None or parsed.scheme not in {"http", "https"} or not parsed.host:
        raise UsageError(f"{mask_url(url)} is not the address of an HTTP server", "It must look like https://host/mcp.")
    return parsed.host


class _Server:
    """One address, and what it answered."""

    def __init__(self, url: str, headers: Mapping[str, str], timeout: float) -> None:
        self._url, self._timeout = url, timeout
        # A small compressed body may unfold into a huge one.
        self._headers = {**headers, "Accept-Encoding": "identity"}
        self._deadline = time.monotonic() + timeout
        self._watch = Watch()
        self.secrets = Secrets(headers=headers, url=url)

    def listing(self, transport: str) -> tuple[Listing, str]:
        """What the server lists, and what kind of server it is. Raises Failure."""
        if transport == "sse":
            return self._connect(self._sse, "GET", None), "SSE server"
        try:
            return self._connect(self._streamable, "POST", _PROBE_SECONDS), "Streamable HTTP server"
        except Failure as failure:
            if not self._watch.looks_old:
                raise
            first = failure
        try:
            return self._connect(self._sse, "GET", None), "SSE server"
        except Failure as second:
            stream = self._watch.last.get("GET")
            # Unless there is an event stream, the answer to the POST says more about the address.
            raise second if stream and (stream.is_message or stream.status in {401, 403}) else first from None

    def _connect(
        self,
        transport: Callable[[], AbstractAsyncContextManager[TransportStreams]],
        method: str,
        probe_seconds: float | None,
    ) -> Listing:
        """One connection over one transport; `method` is the one whose answers tell how it went."""
        with quiet():
            outcome = anyio.run(self._exchange, transport, probe_seconds)
        if isinstance(outcome, Failure):
            raise self._watch.explain(outcome, method)
        return outcome

    async def _exchange(
        self,
        transport: Callable[[], AbstractAsyncContextManager[TransportStreams]],
        probe_seconds: float | None,
    ) -> Listing | Failure:
        late = Failure(f"did not list its tools within {self._timeout:g} seconds", "Give it longer with --timeout.")
        outcome: Listing | Failure = late
        with anyio.move_on_after(max(self._deadline - time.monotonic(), 0)):
            try:
                async with transport() as streams:
                    outcome = await attempt(Link(streams, self._watch.last_body), probe_seconds=probe_seconds)
            except Exception as error:  # noqa: BLE001 - transports raise groups of whatever their libraries raise
                # What breaks while the connection is put down does not change what was heard before.
                outcome = network_failure(error) if outcome is late else outcome
        return outcome

    @asynccontextmanager
    async def _streamable(self) -> AsyncIterator[TransportStreams]:
        async with (
            self._client(self._headers) as client,
            streamable_http_client(self._url, http_client=client, max_sse_event_size=MAX_BYTES) as streams,
        ):
            yield streams

    @asynccontextmanager
    async def _sse(self) -> AsyncIterator[TransportStreams]:
        async with sse_client(
            self._url,
            headers=self._headers,
            timeout=self._timeout,
            sse_read_timeout=self._timeout,
            httpx_client_factory=self._client,
        ) as streams:
            yield streams

    def _client(
        self,
        headers: dict[str, str] | None = None,
        timeout: httpx2.Timeout | None = None,
        auth: httpx2.Auth | None = None,
    ) -> httpx2.AsyncClient:
        self._watch = Watch()
        hooks: dict[str, list[Any]] = {"response": [self._watch]}
        return httpx2.AsyncClient(headers=headers, timeout=timeout or self._timeout, auth=auth, event_hooks=hooks)
