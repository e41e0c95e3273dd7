"""What went wrong on the way to an HTTP server, told by the kind of the error.

Never by its text: the texts of the libraries below hold header values and whole URLs.
"""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

import httpx2

from scorer.sources.live.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

# The first kind that is found among an error, its causes and the members of its groups decides.
_KINDS: tuple[tuple[type[BaseException], str, str], ...] = (
    (
        ssl.SSLCertVerificationError,
        "shows a TLS certificate that is not trusted",
        "Set SSL_CERT_FILE to the authority that signed it.",
    ),
    (ssl.SSLError, "does not speak TLS properly", "Is it an http:// address, or another port?"),
    (socket.gaierror, "has a host name that does not resolve", "Check the spelling of the host, and the network."),
    (ConnectionRefusedError, "refuses connections", "Is it running, and is the port right?"),
    (httpx2.ProxyError, "is behind a proxy that fails", "Check HTTPS_PROXY, or add the host to NO_PROXY."),
    (httpx2.TimeoutException, "does not answer in time", "Give it longer with --timeout."),
    (
        httpx2.SSEError,
        "breaks its event stream, or sends none",
        "Is this the server's MCP address? It often ends in /mcp or /sse.",
    ),
    (httpx2.ConnectError, "cannot be reached", "Check the address, and the network."),
    (httpx2.InvalidURL, "has an address that is not usable", "Check the URL."),
    (httpx2.UnsupportedProtocol, "has an address that is not usable", "The URL must begin with https:// or http://."),
    (httpx2.LocalProtocolError, "cannot be asked: HTTP does not allow the request", "Check the headers."),
    (httpx2.TransportError, "breaks the connection", "Is it an HTTP server? Its own log may say more."),
)


def network_failure(error: BaseException) -> Failure:
    """The error as a failure; its own Failure if there is one inside."""
    found = list(_inside(error))
    for inner in found:
        if isinstance(inner, Failure):
            return inner
    for kind, reason, tip in _KINDS:
        if any(isinstance(inner, kind) for inner in found):
            return Failure(reason, tip)
    return Failure(f"breaks the connection ({type(found[0]).__name__})", "Its own log may say more.")


def _inside(error: BaseException, depth: int = 0) -> Iterator[BaseException]:
    """The errors in a group, each with its causes, outermost first."""
    if depth > 20:
        return
    if isinstance(error, BaseExceptionGroup):
        for member in error.exceptions:
            yield from _inside(member, depth + 1)
    else:
        yield error
    if cause := error.__cause__ or error.__context__:
        yield from _inside(cause, depth + 1)
