"""One way to read a repository's tool definitions."""

from __future__ import annotations

from typing import NamedTuple


class Candidate(NamedTuple):
    """One way to read the definitions.

    key: the configuration's `path` or `server`. value: relative to the repository, or a command. tools: how many there are; None when
    only starting the server would tell. why: what it is, in words.
    """

    key: str
    value: str
    tools: int | None
    why: str
