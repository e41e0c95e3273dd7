"""A server that is started here and listed over its stdin and stdout."""

from __future__ import annotations

import time
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TextIO

import anyio
from mcp.client.stdio import StdioServerParameters, stdio_client

from scorer.sources.live.explain import Traces, server_error
from scorer.sources.live.failure import Died, Failure
from scorer.sources.live.lines import ENCODING
from scorer.sources.live.link import Link
from scorer.sources.live.listing import Listing, attempt, tool_set
from scorer.sources.live.masking import mask_command
from scorer.sources.live.process import RecordingLoop
from scorer.sources.live.quiet import quiet
from scorer.sources.live.secrets import Secrets
from scorer.sources.live.stderr import StderrTail

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorer.models.tool import ToolSet

# A server that does not know `server/discover` may not answer it at all; after this long the handshake is tried too.
_PROBE_SECONDS = 2.0
_START_TIP = "Run the command by hand to see what it needs; pass variables with --env NAME."
_TIME_TIP = "Give it longer with --timeout, or run the command by hand to see what it waits for."


def run(
    command: Sequence[str], *, env: Mapping[str, str], cwd: str | None, timeout: float, name: str | None
) -> ToolSet:
    """As `scorer.sources.live.list_stdio`."""
    server = _Server(command, env, cwd, timeout)
    location = mask_command(command)
    try:
        return tool_set(
            server.listing(),
            name=name,
            fallback=PurePath(command[0]).stem,
            kind="stdio server",
            location=location,
            secrets=server.secrets,
        )
    except Failure as failure:
        label = name or f"`{location}`"
        raise server_error(failure, label=label, secrets=server.secrets, traces=server.traces, tip=_START_TIP) from None


class _Server:
    """One command, started at most twice, and the traces of the last time."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], cwd: str | None, timeout: float) -> None:
        self._parameters = StdioServerParameters(
            command=command[0], args=list(command[1:]), env=dict(env), cwd=cwd, encoding=ENCODING
        )
        self._timeout = timeout
        self._deadline = time.monotonic() + timeout
        self.secrets = Secrets(env=env)
        self.traces = Traces()
        self._heard = False

    def listing(self) -> Listing:
        """What the server lists. Raises Failure."""
        cwd = self._parameters.cwd
        if cwd is not None and not Path(cwd).is_dir():
            raise Failure(f"cannot be started: there is no folder {cwd}", "Correct the server's working folder.")
        try:
            return self._start(probe=True)
        except Died:
            if self._heard:
                raise
            # Some servers of the years before the stateless protocol die of any question before the handshake.
            return self._start(probe=False)

    def _start(self, *, probe: bool) -> Listing:
        """Starts the command, lists it and ends it with all its descendants, whatever happens."""
        loop, link = RecordingLoop(), None
        with quiet(), StderrTail() as tail:
            try:
                options = {"loop_factory": lambda: loop}
                link, outcome = anyio.run(self._connect, tail.file, probe, backend_options=options)
            finally:
                loop.end_groups()
                tail.close()
        if isinstance(outcome, Failure):
            code = loop.exit_code() if isinstance(outcome, Died) else None
            self._heard = link is not None and link.heard
            self.traces = Traces(tail.lines(), link.noise if link else "", link.noise_count if link else 0, code)
            raise outcome
        return outcome

    async def _connect(self, errlog: TextIO, probe: bool) -> tuple[Link | None, Listing | Failure]:  # noqa: FBT001 - anyio.run passes positions only
        link = None
        try:
            async with stdio_client(self._parameters, errlog) as streams:
                link = Link(streams)
                outcome = await self._exchange(link, probe=probe)
        except* (FileNotFoundError, NotADirectoryError):
            outcome = Failure("cannot be started: no such command", "Is it installed, and on the PATH?")
        except* PermissionError:
            outcome = Failure(
                "cannot be started: it is not executable", "Make the file executable, or name its interpreter."
            )
        except* (OSError, ValueError) as group:
            outcome = Failure(f"cannot be started or read: {group.exceptions[0]}")
        return link, outcome

    async def _exchange(self, link: Link, *, probe: bool) -> Listing | Failure:
        with anyio.move_on_after(max(self._deadline - time.monotonic(), 0)):
            return await attempt(link, probe_seconds=_PROBE_SECONDS if probe else None)
        return Failure(f"did not list its tools within {self._timeout:g} seconds", _TIME_TIP)
