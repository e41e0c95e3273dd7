"""The files by which a step speaks to its runner: outputs and the summary."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Mapping

# Bytes that a step may put into its summary; beyond, the runner drops all of it.
SUMMARY_BYTES = 1_048_576


def write_outputs(env: Mapping[str, str], values: Mapping[str, str]) -> None:
    """Append outputs to `GITHUB_OUTPUT`, each between delimiters that no value can know."""
    path = env.get("GITHUB_OUTPUT")
    if not path:
        return
    with Path(path).open("a", encoding="utf-8", errors="backslashreplace") as file:
        for key, value in values.items():
            mark = f"toolmark-{uuid4().hex}"
            file.write(f"{key}<<{mark}\n{value}\n{mark}\n")


def write_summary(env: Mapping[str, str], text: str) -> None:
    """Append Markdown to `GITHUB_STEP_SUMMARY`, cut at a line where it would be too long."""
    path = env.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    with Path(path).open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(bounded(text, SUMMARY_BYTES - Path(path).stat().st_size))


def bounded(text: str, most: int) -> str:
    """The text in at most `most` bytes of UTF-8, cut at a line, with a word on it."""
    content = text.encode("utf-8", "backslashreplace")
    note = "\n\n*The rest is in the report.*\n"
    if len(content) <= most:
        return content.decode()
    head = content[: max(0, most - len(note))].decode("utf-8", "ignore")
    return head.rpartition("\n")[0] + note if most > len(note) else ""
