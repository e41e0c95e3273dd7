"""What is said on stderr: nothing in it that a hostile input could steer the terminal with."""

from __future__ import annotations

import sys

from scorer.outputs.escape import folded

_LONGEST, _MOST_LINES = 600, 20


def say(text: str) -> None:
    """Talk on stderr. Further lines are indented, so that quoted output of a server cannot pass for ours."""
    lines = text.strip().split("\n")[:_MOST_LINES]
    _write("\n    ".join(folded(line, _LONGEST) for line in lines) + "\n")


def fail(message: str, tip: str = "") -> None:
    """An error, and what to do about it."""
    say(f"error: {message}")
    if tip:
        say(f"tip: {tip}")


def show_progress(line: str) -> None:
    """A line that the next one replaces; "" clears it. Only on a terminal."""
    if sys.stderr and sys.stderr.isatty():
        _write("\r\x1b[K" + folded(line, 76))


def on_terminal() -> bool:
    """Whether a person sits at stdin and sees stderr, so that a question can be asked."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty())


def _write(text: str) -> None:
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        return  # nobody listens: stderr closed, or none was given
