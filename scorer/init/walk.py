"""The files of a repository that a person wrote, within bounds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Folders and files looked at, and how deep: a proposal should take a second, not find everything.
_MOST, _DEEPEST = 20_000, 8
_PASSED_OVER = frozenset(
    "node_modules site-packages dist build out target vendor third_party venv env coverage __pycache__".split()
)


def files(folder: Path) -> Iterator[Path]:
    """The regular files below a folder, in the order of their names, without hidden folders, installed packages and build output.

    No link is followed. Stops silently after `_MOST` entries.
    """
    seen = 0
    for place, folders, names in os.walk(folder):
        here = Path(place)
        depth = len(here.relative_to(folder).parts)
        folders[:] = sorted(name for name in folders if depth < _DEEPEST and _is_own(here / name))
        for name in sorted(names):
            seen += 1
            if seen > _MOST:
                return
            path = here / name
            if not path.is_symlink() and path.is_file():
                yield path


def _is_own(folder: Path) -> bool:
    return not (folder.name.startswith(".") or folder.name in _PASSED_OVER or folder.is_symlink())
