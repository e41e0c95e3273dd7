"""Why a server could not be listed, before it is known how to call the server."""

from __future__ import annotations


class Failure(Exception):  # noqa: N818 - not an error of ours: it becomes the ServerError that a user sees
    """One reason, lower-case and without a full stop, and a tip (a full sentence or empty)."""

    def __init__(self, reason: str, tip: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.tip = tip


class Died(Failure):
    """The server ended the connection before it answered."""
