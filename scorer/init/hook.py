"""The pre-commit hook: a file of its own, or an entry at the head of the list that is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.version import REPOSITORY, __version__

if TYPE_CHECKING:
    from pathlib import Path

    from scorer.init.candidate import Candidate

FILE = ".pre-commit-config.yaml"
_ENTRY = """\
- repo: {repository}
  rev: v{version}
  hooks:
    - id: {hook}
"""
# The list of repositories, and how far its first entry is indented.
_LIST = re.compile(r"^repos:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*(?P<indent>[ ]*)- ", re.MULTILINE)


def text(folder: Path, chosen: Candidate) -> tuple[str, str, str, str] | None:
    """Path, text, purpose and new lines; None when the hook is there, or the file is not written as lists usually are."""
    entry = _ENTRY.format(repository=REPOSITORY, version=__version__, hook=_hook(folder, chosen))
    path, purpose = folder / FILE, "stops a commit that makes a definition worse"
    if not path.exists():
        return FILE, f"repos:\n{_indented(entry, '  ')}", purpose, f"repos:\n{_indented(entry, '  ')}"
    present = path.read_text(encoding="utf-8")
    place = _LIST.search(present)
    if "id: toolmark" in present or place is None:
        return None
    added, start = _indented(entry, place["indent"]), place.start("indent")
    return FILE, present[:start] + added + present[start:], purpose, added


def _hook(folder: Path, chosen: Candidate) -> str:
    """Snapshots and files are graded when they change; code and commands on every commit."""
    committed = chosen.key == "path" and chosen.tools is not None and chosen.value != "."
    return "toolmark" if committed and not (folder / chosen.value / "pyproject.toml").exists() else "toolmark-server"


def _indented(entry: str, indent: str) -> str:
    return "".join(f"{indent}{line}" for line in entry.splitlines(keepends=True))
