"""Renderers: pure functions from the report document to text. They select and order rows; they compute no score."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from scorer.errors import UsageError

if TYPE_CHECKING:
    from scorer.models.card import Report, Reports

FORMATS = ("text", "json", "markdown", "html", "sarif", "github", "junit", "gitlab")


def render(report: Report | Reports, format: str, *, color: bool = False, width: int = 80) -> str:  # noqa: A002
    """The report in one of `FORMATS`, ending in a newline.

    color and width (terminal columns) concern the text format alone. Raises UsageError for an unknown format.
    Each format is imported when it is asked for: most runs need one, and some are slow to load.
    """
    match format:
        case "text":
            from scorer.outputs import text  # noqa: PLC0415

            return text.render(report, color=color, width=width)
        case "json":
            from scorer.outputs import json  # noqa: PLC0415

            return json.render(report)
        case "markdown":
            from scorer.outputs import markdown  # noqa: PLC0415

            return markdown.render(report)
        case "html":
            from scorer.outputs import html  # noqa: PLC0415

            return html.render(report)
        case "sarif":
            from scorer.outputs import sarif  # noqa: PLC0415

            return sarif.render(report)
        case "github":
            from scorer.outputs import github  # noqa: PLC0415

            return github.render(report)
        case "junit":
            from scorer.outputs import junit  # noqa: PLC0415

            return junit.render(report)
        case "gitlab":
            from scorer.outputs import gitlab  # noqa: PLC0415

            return gitlab.render(report)
        case _:
            raise _unknown(format)


def _unknown(name: str) -> UsageError:
    near = get_close_matches(name, FORMATS, n=1)
    tip = f"Did you mean {near[0]}?" if near else f"The formats are {', '.join(FORMATS)}."
    return UsageError(f"there is no format {name[:40]!r}", tip)
