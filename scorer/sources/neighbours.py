"""A folder's surroundings: which files may be snapshots, what it is called, and where else to look."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from scorer.errors import InputError
from scorer.sources import files
from scorer.sources.replies import label

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUFFIXES = (".json", ".snap")
# Folders named like this say nothing about the server; the one around them does.
_PLAIN_NAMES = ("__toolsnaps__", "toolsnaps", "__snapshots__", "snapshots")
_CONFIGS = (".mcp.json", ".vscode/mcp.json")
_MAX_FILES = 20_000
_MAX_FOLDERS = 2_000


def candidates(folder: str) -> list[Path]:
    """The folder's own `*.json` and `*.snap` files by name, hidden ones left out. Raises InputError."""
    try:
        found = [path for path in Path(folder).iterdir() if _may_be_snapshot(path)]
        size = sum(path.lstat().st_size for path in found)
    except OSError as error:
        raise files.unreadable(folder, error) from None
    if len(found) > _MAX_FILES or size > files.MAX_BYTES:
        limits = f"{_MAX_FILES:,} files or {files.MAX_BYTES // 1_000_000} MB"
        raise InputError(f"{files.shown(folder)} holds more than {limits}", "Name a folder of tool snapshots.")
    return sorted(found)


def no_snapshots(folder: str, inputs: list[Path], broken: str) -> InputError:
    """Why the folder cannot be graded, and what can.

    inputs: its files that hold lists of tools or servers. broken: what is wrong with one of its files, if any is.
    """
    where = files.shown(folder)
    others = inputs or [path for path in (Path(folder, name) for name in _CONFIGS) if files.is_file(path)]
    below = next(_snapshot_folders(folder), None)
    if others:
        more = f" (or one of {len(others) - 1} more)" if len(others) > 1 else ""
        tip = f"It holds lists of tools or servers; name the file: {files.shown(str(others[0]))}{more}"
        return InputError(f"{where} holds no one-tool snapshots", tip)
    if below:
        return InputError(f"{where} holds no tool snapshots itself", f"There are some below: {files.shown(below)}")
    if broken:
        return InputError(f"{where} holds no tool snapshots: {broken}", "Mend that file, or name another folder.")
    return InputError(
        f"{where} holds no tool snapshots", "A snapshot is one tool definition in a *.json or *.snap file."
    )


def server_name(folder: str) -> str:
    """The folder's name, or its parent's when the folder is only called after what it holds."""
    place = Path(folder).resolve()
    named = place.parent if place.name.lower() in _PLAIN_NAMES else place
    return label(files.shown(named.name)) or label(files.shown(place.name)) or "server"


def _may_be_snapshot(path: Path) -> bool:
    return path.suffix.lower() in _SUFFIXES and not path.name.startswith(".") and not path.is_dir()


def _snapshot_folders(folder: str) -> Iterator[str]:
    """Folders below that are named for tool snapshots; bounded, links not followed."""
    for seen, (path, below, _) in enumerate(os.walk(folder)):
        below[:] = sorted(name for name in below if not name.startswith(".") and name != "node_modules")
        yield from (str(Path(path, name)) for name in below if name in _PLAIN_NAMES[:2])
        if seen >= _MAX_FOLDERS:
            return
