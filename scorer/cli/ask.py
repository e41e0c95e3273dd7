"""What a call asks to be graded, and which of its options do not go together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LONGEST_WAIT = 86_400


class Ask(NamedTuple):
    """The input options of one call, as given. lenient: they come from a configuration or a workflow, so that those without a meaning
    for this input are passed over.
    """

    source: str | None
    server: str | None
    url: str | None
    header: Sequence[str]
    env: Sequence[str]
    cwd: Path | None
    timeout: float
    only: Sequence[str]
    start: bool
    lenient: bool = False

    @classmethod
    def of(
        cls,
        source: str | None,
        server: str | None = None,
        url: str | None = None,
        *,
        start: bool = False,
        lenient: bool = False,
    ) -> Ask:
        """An ask with everything else as it is by default."""
        return cls(source, server, url, (), (), None, 30.0, (), start, lenient)


def refuse_contradictions(ask: Ask) -> None:
    """Raises UsageError unless exactly one input is given, with options that mean something for it."""
    given = [name for name in ("source", "server", "url") if getattr(ask, name) is not None]
    if not given:
        raise UsageError(
            "there is nothing to score", "Name a file, or a server: `toolmark score --help` shows examples."
        )
    if len(given) > 1:
        shown = " and ".join("INPUT" if name == "source" else f"--{name}" for name in given)
        raise UsageError(f"{shown} do not go together", "Score one at a time.")
    if not 0 < ask.timeout <= _LONGEST_WAIT:
        raise UsageError(
            "--timeout is not a usable number of seconds", f"Give more than 0 and at most {_LONGEST_WAIT}."
        )
    if ask.server is not None:
        refuse(ask, ("header", "only", "start"), "a server given with --server is started anyway, without headers")
    elif ask.url is not None:
        _refuse_no_scheme(ask.url)
        refuse(ask, ("env", "cwd", "only", "start"), "a server given with --url is not started")
    else:
        refuse(ask, ("header",), "headers go with --url")


def _refuse_no_scheme(url: str) -> None:
    """Where none is given, the parser of addresses takes a host for it. What was given may hold a password, so it is not shown."""
    if "://" not in url:
        raise UsageError(
            "--url is not the address of an HTTP server", "Start it with http:// or https://, as in https://host/mcp."
        )


def refuse(ask: Ask, names: Sequence[str], reason: str) -> None:
    """Options without a meaning here are refused: silently dropped, they would look as if they had worked."""
    for name in names if not ask.lenient else ():
        if getattr(ask, name):
            raise UsageError(f"--{name} has no meaning here: {reason}", f"Leave --{name} out.")
