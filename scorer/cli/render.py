"""`toolmark render`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from scorer.cli import narrowing, options, reporting, writing
from scorer.errors import InputError
from scorer.models.card import Report

Saved = Annotated[
    str,
    typer.Argument(
        metavar="REPORT.json", help="A report that `score` wrote as JSON, or - for stdin.", show_default=False
    ),
]


def render(  # noqa: PLR0913 - the options of the report
    report: Saved,
    *,
    format: options.FormatOption = options.Format.text,  # noqa: A002 - the option's name
    output: options.Output = None,
    json: options.Json = None,
    markdown: options.Markdown = None,
    html: options.Html = None,
    sarif: options.Sarif = None,
    tool: options.ToolName = None,
    color: options.ColorOption = options.Color.auto,
    quiet: options.Quiet = False,
) -> None:
    """Print a saved report in any format, without scoring again.

    Example: `toolmark render report.json --format markdown`
    """
    from scorer.outputs.json import parse  # noqa: PLC0415 - pydantic, only here

    targets = writing.targets(format.value, output, {"json": json, "markdown": markdown, "html": html, "sarif": sarif})
    writing.check([target.path for target in targets], report)
    saved = parse(read_saved(report))
    servers = [saved] if isinstance(saved, Report) else list(saved.servers)
    shown = narrowing.show_tools(servers, tool) if tool else servers
    reporting.publish(saved if shown == servers else reporting.joined(shown), targets, color)
    if not quiet:
        reporting.tell_written(targets)


def read_saved(source: str) -> str:
    """The text of a saved report, or of stdin for "-". Raises InputError."""
    try:
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            f"cannot read {source}: {error.strerror or error}", "Name a report written with --json."
        ) from None
    except UnicodeDecodeError:
        raise InputError(f"{source} is not UTF-8 text", "Name a report written with --json.") from None
