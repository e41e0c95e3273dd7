"""Which file configures a folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

OWN, SHARED = "toolmark.toml", "pyproject.toml"
_TABLE = re.compile(r"^\s*\[+\s*tool\s*\.\s*toolmark\s*[.\]]", re.MULTILINE)
# Folders upwards that are looked into, should there be no repository around.
_MOST = 32


def find_config(start: Path) -> Path | None:
    """The nearest toolmark.toml, or pyproject.toml that mentions `tool.toolmark`, from a folder up to the root of its repository."""
    folder = start.resolve()
    for place in [folder, *folder.parents][:_MOST]:
        found = next((place / name for name in (OWN, SHARED) if _configures(place / name)), None)
        if found or (place / ".git").exists():
            return found
    return None


def _configures(path: Path) -> bool:
    try:
        return path.is_file() and (path.name == OWN or bool(_TABLE.search(path.read_text(encoding="utf-8"))))
    except (OSError, UnicodeDecodeError):
        return False  # another program's pyproject.toml is none of our business
