"""Where a repository's tool definitions may be read: files of definitions, snapshots, source code, a command, a client config."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scorer.errors import ToolmarkError
from scorer.init.candidate import Candidate
from scorer.init.commands import commands
from scorer.init.walk import files
from scorer.models.tool import ToolSet
from scorer.sources import open_source
from scorer.sources.tree.read import SourceTree

if TYPE_CHECKING:
    from collections.abc import Iterator

# Bytes of a file that may hold definitions, and how many of such files are opened.
_LARGEST, _TRIES = 5_000_000, 200
_MARKS = (b'"inputSchema"', b'"input_schema"', b'"parameters"')
_CONFIGS = (".mcp.json", "mcp.json", ".vscode/mcp.json", ".cursor/mcp.json")
_ASIDE = frozenset("test tests fixtures __fixtures__ testdata example examples samples docs bench benchmarks".split())


def candidates(folder: Path) -> list[Candidate]:
    """All ways found, the best first: committed definitions, then source code, then what would have to be started."""
    return [*_committed(folder), *_source(folder), *commands(folder), *_configs(folder)]


def _source(folder: Path) -> Iterator[Candidate]:
    """The tree itself, when its code can be read as that of servers."""
    try:
        found = open_source(str(folder))
    except ToolmarkError:
        return
    if isinstance(found, SourceTree):
        tools = sum(len(server.tools) for server in found.servers)
        yield Candidate("path", ".", tools, "source code, partly read" if found.gaps else "source code")


def _committed(folder: Path) -> list[Candidate]:
    """Definitions that lie in the tree: each folder of snapshots once, each file once; those of tests and examples last."""
    places = list(dict.fromkeys(_places(folder)))[:_TRIES]
    found = [one for place in places if (one := _read(place, folder))]
    return sorted(found, key=lambda one: _is_aside(one.value))


def _places(folder: Path) -> Iterator[Path]:
    for path in files(folder):
        if path.suffix == ".snap" or "toolsnaps" in path.parent.name:
            yield path.parent
        elif path.suffix == ".json" and _holds_definitions(path):
            yield path


def _holds_definitions(path: Path) -> bool:
    try:
        if path.stat().st_size > _LARGEST:
            return False
        data = path.read_bytes()
    except OSError:
        return False
    return b'"name"' in data and any(mark in data for mark in _MARKS)


def _read(place: Path, folder: Path) -> Candidate | None:
    try:
        found = open_source(str(place))
    except ToolmarkError:
        return None
    if not isinstance(found, ToolSet) or not found.tools:
        return None
    return Candidate("path", place.relative_to(folder).as_posix(), len(found.tools), found.kind)


def _is_aside(path: str) -> bool:
    return any(part in _ASIDE for part in Path(path).parts)


def _configs(folder: Path) -> Iterator[Candidate]:
    for name in _CONFIGS:
        if (folder / name).is_file():
            yield Candidate("path", name, None, "client config")
