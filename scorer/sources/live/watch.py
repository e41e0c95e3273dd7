"""What an HTTP server really answered: the SDK's transport reports a stand-in error and forgets the status."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import httpx2

from scorer.sources.live.failure import Failure
from scorer.sources.live.listing import MAX_BYTES
from scorer.sources.live.masking import mask_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_MESSAGE_TYPES = ("application/json", "text/event-stream")
# Statuses with which a server of the older transport, or none at all, meets a POST to its event stream.
_OLD = frozenset({400, 404, 405, 406, 415})
_PLACE_TIP = "Is this the server's MCP address? It often ends in /mcp or /sse."


class Answer(NamedTuple):
    """Status, media type and redirect target (masked) of one HTTP answer."""

    status: int
    media_type: str
    location: str

    @property
    def is_message(self) -> bool:
        return self.status < 300 and self.media_type in _MESSAGE_TYPES


class Watch:
    """A response hook that remembers the last answer by method, and bounds what all bodies together may hold."""

    def __init__(self) -> None:
        self.last: dict[str, Answer] = {}
        self.accepted = False
        self.overflow: Failure | None = None
        self._left = MAX_BYTES
        self._body = bytearray()

    async def __call__(self, response: httpx2.Response) -> None:
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        answer = Answer(response.status_code, media_type, _target(response))
        self.last[response.request.method] = answer
        self.accepted = self.accepted or (answer.is_message and response.request.method == "POST")
        if response.headers.get("content-encoding", "identity") != "identity":
            # Not asked for, and a small body may unfold into a huge one.
            raise self._over(
                "sends compressed answers although none were asked for", "Turn compression off for this address."
            )
        posted = response.request.method == "POST"
        if posted:
            self._body.clear()
        if isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = _Counted(response.stream, self, keep=posted)

    def count(self, chunk: bytes, *, keep: bool) -> None:
        """Counts a part of a body, and remembers it. Raises Failure when all bodies together are too large."""
        self._left -= len(chunk)
        if keep:
            self._body += chunk
        if self._left < 0:
            raise self._over(f"sends more than {MAX_BYTES >> 20} MiB", "Is this the right address?")

    def last_body(self) -> str:
        """The body of the last answer to a POST, as far as it came."""
        return self._body.decode("utf-8", "replace")

    def _over(self, reason: str, tip: str) -> Failure:
        self.overflow = Failure(reason, tip)
        return self.overflow

    @property
    def looks_old(self) -> bool:
        """Whether the server may speak the older transport: it turned every POST down, and not for want of access."""
        post = self.last.get("POST")
        return not self.accepted and post is not None and post.status in _OLD

    def explain(self, failure: Failure, method: str) -> Failure:
        """The failure in terms of the last answer to `method`, where that says more."""
        answer = self.last.get(method)
        if self.overflow is not None or answer is None:
            return self.overflow or failure
        if answer.status in {401, 403, 407}:
            return Failure(
                f"refuses access (HTTP {answer.status})", 'Pass credentials: --header "Authorization: Bearer ...".'
            )
        if 300 <= answer.status < 400:
            return Failure(
                f"redirects to {answer.location}, where no headers are sent",
                "Give that address if it is the intended server.",
            )
        if answer.status == 429:
            return Failure("answers with HTTP 429: too many requests", "Wait, then try again.")
        if answer.status >= 400 and answer.media_type == "application/json":
            return Failure(f"{failure.reason} (HTTP {answer.status})", failure.tip)
        if answer.status >= 400:
            return Failure(f"answers with HTTP {answer.status}", _PLACE_TIP if answer.status < 500 else "")
        if not answer.is_message and answer.status != 202:
            return Failure(f"answers with {answer.media_type or 'no media type'}, which is no MCP message", _PLACE_TIP)
        return failure


def _target(response: httpx2.Response) -> str:
    """Where a redirect leads, masked."""
    try:
        return mask_url(str(response.url.join(response.headers.get("location", ""))))
    except (httpx2.InvalidURL, ValueError):
        return "an address that is not one"


class _Counted(httpx2.AsyncByteStream):
    """A body whose bytes are counted as they come."""

    def __init__(self, body: httpx2.AsyncByteStream, watch: Watch, *, keep: bool) -> None:
        self._body, self._watch, self._keep = body, watch, keep

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._body:
            self._watch.count(chunk, keep=self._keep)
            yield chunk

    async def aclose(self) -> None:
        await self._body.aclose()
