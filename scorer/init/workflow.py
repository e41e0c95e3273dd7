"""The workflows that comment on pull requests: one that grades without secrets, one that comments without the fork's code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.assets import read_asset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = {
    "toolmark.yml": "grades every pull request, without secrets",
    "toolmark-comment.yml": "keeps one comment on the pull request, from the graded result and without its code",
}


def texts(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Path, text, purpose and new lines of each workflow that is not there yet; nothing where no GitHub remote is in sight."""
    if not _on_github(folder):
        return
    for name, purpose in FILES.items():
        path = f".github/workflows/{name}"
        if not (folder / path).exists():
            text = read_asset(f"templates/workflows/{name}")
            yield path, text, purpose, text


def _on_github(folder: Path) -> bool:
    """Whether the repository has workflows, or a remote on GitHub."""
    try:
        return (folder / ".github").is_dir() or "github.com" in (folder / ".git" / "config").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
