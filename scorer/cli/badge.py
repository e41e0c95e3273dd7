"""`toolmark badge`."""

from __future__ import annotations

import json as json_module
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import inputs, options, reporting, writing
from scorer.cli.ask import Ask, refuse
from scorer.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.card import Report, Reports
    from scorer.models.tool import ToolSet


class BadgeFormat(StrEnum):
    """How a badge is written."""

    svg = "svg"
    endpoint = "endpoint"


Source = Annotated[
    str | None,
    typer.Argument(
        metavar="[INPUT|REPORT.json]",
        help="Tool definitions, a folder of snapshots, or a JSON report; - for stdin.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    BadgeFormat,
    typer.Option("--format", "-f", metavar="FORMAT", help="svg, or endpoint: the JSON that shields.io reads."),
]
Label = Annotated[
    str | None, typer.Option("--label", metavar="TEXT", help="The words on the left.", show_default=False)
]
Endpoint = Annotated[
    Path | None, typer.Option("--json", metavar="FILE", help="Also write the endpoint JSON there.", show_default=False)
]


def badge(  # noqa: PLR0913 - the options of the badge
    source: Source = None,
    *,
    server: options.Server = None,
    url: options.Url = None,
    header: options.Header = None,
    env: options.Env = None,
    cwd: options.Cwd = None,
    timeout: options.Timeout = 30.0,
    only: options.Only = None,
    start: options.Start = False,
    format: FormatOption = BadgeFormat.svg,  # noqa: A002 - the option's name
    output: options.Output = None,
    json: Endpoint = None,
    label: Label = None,
    quiet: options.Quiet = False,
) -> None:
    """Write a server's grade as a badge for its README.

    - `toolmark badge tools.json --output badge.svg`
    - `toolmark badge report.json --format endpoint --output badge.json`, then `https://img.shields.io/endpoint?url=...` of that file
    """
    from scorer.outputs import badge as badges  # noqa: PLC0415 - as everywhere in this package

    targets = writing.targets(format.value, output, {"endpoint": json})
    writing.check([target.path for target in targets], source)
    if label is not None and not label.strip():
        raise UsageError("--label is empty", f'Leave it out for "{badges.LABEL}".')
    ask = Ask(source, server, url, header or (), env or (), cwd, timeout, only or (), start)
    report = _graded(ask)
    for target in targets:
        text = getattr(badges, target.format)(report, label or badges.LABEL)
        writing.write_file(target.path, text) if target.path else writing.write_stdout(text)
    if not quiet:
        reporting.tell_written(targets)


def _graded(ask: Ask) -> Report | Reports:
    """The report that the input is, or the one that scoring it gives. Raises ToolmarkError."""
    content = _content(ask.source) if ask.source is not None else None
    if content is not None and _is_report(content):
        from scorer.outputs.json import parse  # noqa: PLC0415 - pydantic, only here

        refuse(ask, ("header", "env", "cwd", "only", "start"), f"{ask.source} is a report")
        return parse(content.decode("utf-8-sig"))
    from scorer import engine  # noqa: PLC0415 - only for definitions

    sets = _read(ask, content)
    if not any(tools.tools for tools in sets):
        raise InputError(
            f"there are no tools in {ask.source or ask.server or ask.url}", "A badge needs something to grade."
        )
    return reporting.joined([engine.score(tools) for tools in sets])


def _read(ask: Ask, content: bytes | None) -> Sequence[ToolSet]:
    """The tools asked for; of stdin, which is read already, from what stood there."""
    if ask.source != "-" or content is None:
        return inputs.read(ask, quiet=True)
    from scorer.models.tool import ToolSet  # noqa: PLC0415 - as above
    from scorer.sources.document import read_document  # noqa: PLC0415 - as above

    found = read_document(content, "-")
    if not isinstance(found, ToolSet):
        raise InputError("stdin holds a client config", "Name its file, so that its servers can be shown and started.")
    return [found]


def _content(source: str) -> bytes | None:
    """The bytes of stdin or of a file; None for a folder and for what is not there, which the reader of inputs explains."""
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes() if Path(source).is_file() else None
    except (OSError, ValueError):
        return None


def _is_report(content: bytes) -> bool:
    """Reports and definitions are both JSON objects; only a report has scores of a server."""
    try:
        document = json_module.loads(content)
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(document, dict)
        and "schemaVersion" in document
        and bool(document.keys() & {"serverScore", "servers"})
    )
