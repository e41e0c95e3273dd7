"""The processes that a stdio server consists of, and their certain end.

The SDK's transport starts a server as the leader of its own group and ends the leader; it neither tells the group's id nor
looks for what the leader leaves behind (`npx` starts node, and may be gone first).
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from contextlib import suppress
from typing import Any

# Seconds that a group gets to end itself, and that a killed one gets to vanish: where process 1 reaps nobody, it never does.
_TERM_SECONDS = 1.0
_KILL_SECONDS = 0.2
_POLL = 0.01

if sys.platform == "win32":
    _BaseLoop = asyncio.ProactorEventLoop
else:
    _BaseLoop = asyncio.SelectorEventLoop


class RecordingLoop(_BaseLoop):
    """An event loop that remembers which processes were started in it."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[asyncio.SubprocessTransport] = []

    async def subprocess_exec(self, *args: Any, **kwargs: Any) -> Any:
        transport, protocol = await super().subprocess_exec(*args, **kwargs)
        self.started.append(transport)
        return transport, protocol

    def end_groups(self) -> None:
        """Ends the group of every process that was started here. Returns when they are gone, at the latest after 1.2 s each."""
        for transport in self.started:
            _end_group(transport.get_pid())

    def exit_code(self) -> int | None:
        """How the last server ended by itself; None if it had to be ended, or nobody knows."""
        code = self.started[-1].get_returncode() if self.started else None
        return code if code is not None and code >= 0 else None


def _end_group(pid: int) -> None:
    if sys.platform == "win32":  # the transport's job object has ended all of them
        return
    for kind, seconds in ((signal.SIGTERM, _TERM_SECONDS), (signal.SIGKILL, _KILL_SECONDS)):
        try:
            os.killpg(pid, kind)
        except (ProcessLookupError, PermissionError):
            return
        if _gone(pid, seconds):
            return


def _gone(group: int, seconds: float) -> bool:
    """Whether the group vanishes in time; a leader that nobody waited for is reaped, or it would count as alive."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(ChildProcessError):
            os.waitpid(group, os.WNOHANG)
        try:
            os.killpg(group, 0)
        except (ProcessLookupError, PermissionError):
            return True
        time.sleep(_POLL)
    return False
