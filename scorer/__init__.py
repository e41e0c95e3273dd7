"""Toolmark grades the tool definitions of MCP servers.

>>> from scorer import load, render, score
>>> report = score(load("tools.json"))
>>> report.server_score.overall_tier
>>> print(render(report))

What a caller can mend raises a `ToolmarkError`: `str(error)` says what is wrong, `error.tip` what to do.

The values that travel are the frozen dataclasses of `scorer.models`; every one documents its fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from scorer.errors import InputError, RubricError, ServerError, ToolmarkError, UsageError
from scorer.version import __version__

if TYPE_CHECKING:
    from os import PathLike

    from scorer.models.card import Report, Reports
    from scorer.models.tool import ToolSet
    from scorer.sources.tree.read import SourceTree

__all__ = [
    "InputError",
    "RubricError",
    "ServerError",
    "ToolmarkError",
    "UsageError",
    "__version__",
    "load",
    "render",
    "score",
]

# Every import below stands inside its function: `import scorer` is on the path of each command, most of which need one of them.


def load(source: str | PathLike[str] | list[Any] | dict[str, Any], *, name: str | None = None) -> ToolSet:
    """The tool definitions of one server.

    source: the path of a file, of a folder of one-tool snapshots or of source code, "-" for stdin, or JSON that is parsed already: a
    `tools/list` result, the JSON-RPC envelope around one, a list of tools, or a single tool, in MCP's, Anthropic's or OpenAI's shape.
    name: what to call the server, else what the input says. Entries that are no tools come back as `ToolSet.problems`.
    Never starts a server. Raises `InputError` when the input holds no tool definitions.
    """
    from dataclasses import replace  # noqa: PLC0415
    from os import PathLike  # noqa: PLC0415

    from scorer.models.tool import ToolSet  # noqa: PLC0415
    from scorer.sources.document import open_source, read_document  # noqa: PLC0415
    from scorer.sources.tree.read import SourceTree  # noqa: PLC0415

    if not isinstance(source, str | list | dict | PathLike):
        raise TypeError(f"load takes a path or parsed JSON, not {type(source).__name__}")
    # A parsed value goes through the reader of files too, so that it never grades differently from its file.
    found = read_document(_written(source), "-") if isinstance(source, list | dict) else open_source(str(source))
    if isinstance(found, SourceTree):
        found = _only(found)
    if not isinstance(found, ToolSet):
        raise InputError(
            f"{source} is a client config, not tool definitions", "Use `toolmark score`, which can start its servers."
        )
    return replace(found, server_name=name) if name else found


def _only(tree: SourceTree) -> ToolSet:
    if len(tree.servers) != 1:
        names = ", ".join(found.server_name for found in tree.servers)
        raise InputError(
            f"{tree.folder} defines {len(tree.servers)} servers: {names}", "Name the folder of one of them."
        )
    return tree.servers[0]


def _written(value: list[Any] | dict[str, Any]) -> bytes:
    import json  # noqa: PLC0415

    try:
        return json.dumps(value).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError(f"the value is not JSON: {error}", "Pass what json.load gave, or a path.") from None


def score(tools: ToolSet, *, generated_at: str | None = None, places: bool = True) -> Report:
    """The report card of a server: every tool graded on six dimensions, the set on four, with facts, fixes and a plan.

    generated_at: the report's date, ISO 8601 in UTC; now by default. A tool that cannot be graded is a row of
    `Report.errors`.
    places: whether facts and fixes say where they stand in the file, which costs about a sixth more. Offline and deterministic: the same tools give the same report.
    """
    from scorer.engine import score as grade  # noqa: PLC0415

    return grade(tools, generated_at=generated_at, places=places)


def render(report: Report | Reports, format: Literal["text", "json", "markdown", "html"] = "text") -> str:  # noqa: A002
    """The report as text: for a terminal (80 columns, no colour), as JSON, Markdown, or one self-contained HTML page.

    Raises `UsageError` for another format.
    """
    from scorer.outputs import render as write  # noqa: PLC0415

    return write(report, format)
