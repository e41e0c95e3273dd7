"""Answers that the SDK cannot read although they are JSON: nested deeper than its parser goes, or with half a character.

One odd description must not cost the whole list, so such an answer is read once more with the standard library.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def rejected(error: Exception) -> Any:
    """The line (text) or message (object) that a transport could not read."""
    # A validation error keeps what it was given; any other (a broken stream) has its text alone.
    details = getattr(error, "errors", None)
    if not callable(details):
        return str(error)
    inputs = [detail["input"] for detail in details(include_url=False, include_context=False)]
    return next((value for value in inputs if isinstance(value, dict) and "id" in value), inputs[0] if inputs else "")


def load(text: str) -> Any:
    """The JSON value, or None."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def messages(body: str) -> Iterator[Any]:
    """The JSON values in an HTTP body: the body itself, or the data of its server-sent events."""
    if (whole := load(body)) is not None:
        yield whole
        return
    for event in body.replace("\r\n", "\n").split("\n\n"):
        data = [line[5:] for line in event.split("\n") if line.startswith("data:")]
        if data and (value := load("\n".join(data))) is not None:
            yield value
