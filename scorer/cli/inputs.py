"""Where the definitions come from: what the command line asks for becomes sets of tools."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from scorer.cli import console, writing
from scorer.cli.ask import refuse, refuse_contradictions
from scorer.cli.narrowing import nearest
from scorer.cli.servers import NOT_LISTED, read_config
from scorer.errors import UsageError
from scorer.models.tool import ToolSet
from scorer.sources.tree.read import SourceTree
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scorer.cli.ask import Ask


def read(ask: Ask, *, quiet: bool = False) -> list[ToolSet]:
    """The tools of every server asked for, and a line on stderr about each. Raises ToolmarkError."""
    refuse_contradictions(ask)
    sets = _read(ask)
    for tools in sets if not quiet else ():
        _tell(tools, named=len(sets) > 1)
    return sets


def _read(ask: Ask) -> list[ToolSet]:
    if ask.server is not None:
        return [_from_command(ask, ask.server)]
    if ask.url is not None:
        return [_from_url(ask, ask.url)]
    from scorer.sources import open_source  # noqa: PLC0415 - `--help` needs none of it

    found = open_source(str(ask.source))
    if isinstance(found, ToolSet):
        refuse(ask, ("only", "start", "env", "cwd"), f"{ask.source} is not a client config")
        return [found]
    if isinstance(found, SourceTree):
        refuse(ask, ("start", "env", "cwd"), f"{ask.source} is source code, which is read, not run")
        return chosen(found, ask.only)
    refuse(ask, ("cwd",), "a client config says where its servers start")
    return read_config(found, ask)


def chosen(tree: SourceTree, only: Sequence[str]) -> list[ToolSet]:
    """The servers of a source tree, or those named with --only. Raises UsageError for a name that it does not have."""
    known = [found.server_name for found in tree.servers]
    for name in only:
        if name not in known:
            raise UsageError(
                f"{tree.folder} has no server called {name}", nearest(name, known) or f"It has {', '.join(known[:10])}."
            )
    return [found for found in tree.servers if not only or found.server_name in only]


def _from_command(ask: Ask, command: str) -> ToolSet:
    from scorer.sources.live import list_stdio, resolve_env, split_command  # noqa: PLC0415 - only for live servers

    words, env = split_command(command), resolve_env(ask.env, os.environ)
    console.show_progress(f"Starting {words[0] if words else 'the server'} ...")
    try:
        return list_stdio(words, env=env, cwd=str(ask.cwd) if ask.cwd else None, timeout=ask.timeout)
    finally:
        console.show_progress("")


def _from_url(ask: Ask, url: str) -> ToolSet:
    from scorer.sources.live import list_http, parse_headers  # noqa: PLC0415 - only for live servers

    headers = parse_headers(ask.header)
    console.show_progress("Asking the server ...")
    try:
        return list_http(url, headers=headers, timeout=ask.timeout)
    finally:
        console.show_progress("")


def _tell(tools: ToolSet, *, named: bool) -> None:
    """Which kind of input it was, and how many tools stood there; a server that failed has been told already."""
    if any(problem.code == NOT_LISTED for problem in tools.problems):
        return
    count = counted(len(tools.tools), "tool")
    where = tools.location or tools.server_name
    kind = f" ({tools.kind})" if tools.kind else ""
    bad = sum(problem.tool is not None for problem in tools.problems)
    more = f"; {bad} more {'entry' if bad == 1 else 'entries'} cannot be graded" if bad else ""
    whose = f" of {tools.server_name}" if named and where != tools.server_name else ""
    console.say(f"Read {count}{whose} from {where}{kind}{more}")


def save(sets: Sequence[ToolSet], path: Path) -> list[ToolSet]:
    """Write the definitions as a snapshot that can be scored again; the sets with the places in it where they had none."""
    if len(sets) != 1:
        raise UsageError("--save-snapshot writes one server", "Choose it with --only NAME.")
    from scorer.sources.snapshots import dump_snapshot  # noqa: PLC0415 - only when asked for

    writing.write_file(path, dump_snapshot(sets[0]))
    return [_placed_in(sets[0], path)]


def _placed_in(tools: ToolSet, path: Path) -> ToolSet:
    """A live server's tools with the places of their saved definitions, which is all that a reader of the report can open."""
    from scorer.sources import open_source  # noqa: PLC0415 - as above

    saved = open_source(str(path)) if tools.tools else None
    if not isinstance(saved, ToolSet) or any(tool.origin.file for tool in tools.tools):
        return tools
    # The snapshot is sorted by name, and sorting is stable: so tools of one name meet in their order.
    known = sorted(range(len(tools.tools)), key=lambda index: tools.tools[index].name)
    placed = list(tools.tools)
    for index, twin in zip(known, saved.tools, strict=True):
        placed[index] = replace(placed[index], origin=twin.origin, places=twin.places)
    return replace(tools, tools=tuple(placed))
