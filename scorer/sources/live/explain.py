"""One line about a server that could not be listed: what it is called, what it did, what it said."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.errors import ServerError
from scorer.sources.live.masking import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.sources.live.failure import Failure
    from scorer.sources.live.secrets import Secrets

_LABEL_WIDTH = 120
_REASON_WIDTH = 400
_NOISE_TIP = "A stdio server must log to stderr: its stdout is for messages alone."


class Traces(NamedTuple):
    """What a failed server left behind. noise: the first of `noise_count` stdout lines that are no messages."""

    stderr: Sequence[str] = ()
    noise: str = ""
    noise_count: int = 0
    exit_code: int | None = None


NO_TRACES = Traces()


def server_error(
    failure: Failure, *, label: str, secrets: Secrets, traces: Traces = NO_TRACES, tip: str = ""
) -> ServerError:
    """The failure as one line without secrets and without characters that act on a terminal.

    label: the server's name, or its masked command or URL. tip: used when the failure brings none.
    """
    said = [failure.reason]
    if traces.exit_code is not None:
        said[0] += f" (exit code {traces.exit_code})"
    if traces.noise_count:
        said.append(f"{_lines(traces.noise_count)}, the first: {traces.noise!r}")
    if traces.stderr:
        said.append("its stderr ends: " + " | ".join(traces.stderr))
    texts = [_one_line(secrets.scrub(text)) for text in said]
    known_tip = failure.tip or (_NOISE_TIP if traces.noise_count else tip)
    return ServerError(f"server {_one_line(label)[:_LABEL_WIDTH]} {'; '.join(texts)}", known_tip)


def _lines(count: int) -> str:
    return "1 line of its stdout was no message" if count == 1 else f"{count:,} lines of its stdout were no messages"


def _one_line(text: str) -> str:
    shown = printable(" ".join(text.split()))
    return shown if len(shown) <= _REASON_WIDTH else shown[: _REASON_WIDTH - 3] + "..."
