"""JSON-RPC over a transport's two streams, on raw results.

The SDK's own session rejects a whole list for one bad entry and drops fields that it does not know; here only the
envelope is read, and what a server put into `result` arrives as it was sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import anyio
from mcp.shared.message import ClientMessageMetadata, SessionMessage
from mcp_types import (
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    ErrorData,
    JSONRPCError,
    JSONRPCNotification,
    JSONRPCRequest,
    JSONRPCResponse,
)

from scorer.sources.live.failure import Died, Failure
from scorer.sources.live.lines import MAX_LINE, TOO_LONG
from scorer.sources.live.salvage import load, messages, rejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from mcp.client._transport import TransportStreams

# How the SDK's HTTP transport begins the error that it puts in the place of a body it cannot read.
_UNREADABLE = "Failed to parse"
_GONE = (anyio.EndOfStream, anyio.ClosedResourceError, anyio.BrokenResourceError)


class Reply(NamedTuple):
    """The answer to request `id`: `result`, or an error's `code`, `message` and `data`."""

    id: int
    result: dict[str, Any] | None
    code: int = 0
    message: str = ""
    data: Any = None


class Link:
    """One connection. Requests of the server are answered, its notifications skipped, its noise kept for the error message.

    heard: whether any answer came. noise: the first of `noise_count` lines that are no messages.
    """

    def __init__(self, streams: TransportStreams, last_body: Callable[[], str] = str) -> None:
        """last_body: the text of the last HTTP answer, where there is one."""
        self._read, self._write = streams
        self._last_body = last_body
        self._next_id = 0
        self.heard = False
        self.noise = ""
        self.noise_count = 0

    async def send(self, method: str, params: dict[str, Any] | None, headers: dict[str, str] | None = None) -> int:
        """Sends a request and returns its id."""
        self._next_id += 1
        request = JSONRPCRequest(jsonrpc="2.0", id=self._next_id, method=method, params=params or {})
        await self._put(SessionMessage(request, ClientMessageMetadata(headers=headers)))
        return self._next_id

    async def notify(self, method: str, headers: dict[str, str] | None = None) -> None:
        """Sends a notification."""
        note = JSONRPCNotification(jsonrpc="2.0", method=method)
        await self._put(SessionMessage(note, ClientMessageMetadata(headers=headers)))

    async def answer(self, *ids: int) -> Reply:
        """Waits for the first answer to any of these requests. Raises Failure when the connection ends before."""
        while True:
            try:
                item = await self._read.receive()
            except _GONE:
                raise Died("ended the connection before it answered") from None
            reply = self._unread(item, ids) if isinstance(item, Exception) else await self._understand(item, ids)
            if reply is not None and reply.id in ids:
                self.heard = True
                return reply

    async def _put(self, message: SessionMessage) -> None:
        try:
            await self._write.send(message)
        except _GONE:
            raise Died("ended the connection before it answered") from None

    async def _understand(self, item: SessionMessage, ids: tuple[int, ...]) -> Reply | None:
        message = item.message
        if isinstance(message, JSONRPCResponse):
            return Reply(_number(message.id), message.result)
        if isinstance(message, JSONRPCError):
            # Without an id it cannot but mean what was asked last.
            error, about = message.error, max(ids) if message.id is None else _number(message.id)
            if error.code == PARSE_ERROR and error.message.startswith(_UNREADABLE):
                return self._unread_body(ids)
            return Reply(about, None, error.code, error.message, error.data)
        if isinstance(message, JSONRPCRequest):
            await self._serve(message)
        elif message.method == TOO_LONG:
            raise Failure(f"sent a line of more than {MAX_LINE >> 20} MiB", "Have the server list its tools in pages.")
        return None

    async def _serve(self, request: JSONRPCRequest) -> None:
        """A server may wait for its own questions before it answers ours: `ping` is answered, all else declined."""
        if request.method == "ping":
            await self._put(SessionMessage(JSONRPCResponse(jsonrpc="2.0", id=request.id, result={})))
            return
        error = ErrorData(code=METHOD_NOT_FOUND, message="This client only lists tools.")
        await self._put(SessionMessage(JSONRPCError(jsonrpc="2.0", id=request.id, error=error)))

    def _unread(self, error: Exception, ids: tuple[int, ...]) -> Reply | None:
        """What the transport could not read: an answer all the same, or noise."""
        text = rejected(error)
        message = load(text) if isinstance(text, str) else text
        if (reply := _reply(message, ids)) is None and isinstance(text, str) and text.strip():
            self.noise_count += 1
            self.noise = self.noise or text.strip()[:80]
        return reply

    def _unread_body(self, ids: tuple[int, ...]) -> Reply:
        """The same for an HTTP body, in whose place the transport reports an error."""
        for message in messages(self._last_body()):
            if reply := _reply(message, ids):
                return reply
        raise Failure("gave an answer that is not valid JSON", "Its own log may say more.")


def _reply(message: Any, ids: tuple[int, ...]) -> Reply | None:
    """A message as an answer to one of these requests. Raises Failure when it should be one and is malformed."""
    if not isinstance(message, dict) or message.get("id") is None or _number(message["id"]) not in ids:
        return None
    result = message.get("result")
    if message.get("jsonrpc") == "2.0" and isinstance(result, dict):
        return Reply(_number(message["id"]), result)
    raise Failure("gave an answer that is not a JSON-RPC 2.0 response", "Its result has to be an object.")


def _number(request_id: Any) -> int:
    """The id as the number that was sent; some servers answer with "1" for 1."""
    try:
        return int(request_id)
    except (TypeError, ValueError):
        return -1
