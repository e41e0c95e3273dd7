"""Where reports go: stdout or files, the files written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from scorer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence


class Target(NamedTuple):
    """One report to write: its format, and its file (None: stdout)."""

    format: str
    path: Path | None


def targets(format: str, output: Path | None, files: dict[str, Path | None]) -> list[Target]:  # noqa: A002 - the option's name
    """What to write: `format` to `output` or stdout, and one file for every further format that was given one."""
    wanted = [Target(format, None if output in (None, Path("-")) else output)]
    wanted += [Target(name, path) for name, path in files.items() if path is not None]
    return wanted


def check(paths: Sequence[Path | None], source: str | None = None) -> None:
    """Refuse, before any work is done, what cannot be written. `source` is the input, which is never overwritten."""
    seen: set[Path] = set()
    for path in paths:
        if path is not None:
            _check_one(path, source)
            if path.resolve() in seen and not _is_device(path):
                raise UsageError(f"two outputs go to {path}", "Give each its own file.")
            seen.add(path.resolve())


def _check_one(path: Path, source: str | None) -> None:
    if str(path) == "-":
        raise UsageError(
            "only --format writes to stdout", "Use --format json (or markdown, html) instead of a file named -."
        )
    if path.is_dir():
        raise UsageError(f"cannot write {path}: it is a folder", f"Name a file in it: {path / 'report'}.")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"cannot write {path}: the folder {path.parent} does not exist", "Create it first.")
    if source not in (None, "-") and path.exists() and os.path.exists(source) and path.samefile(source):  # noqa: PTH110 - may be no path at all
        raise UsageError(f"{path} is the input", "Write the report to another file.")


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file()


def write_file(path: Path, text: str) -> None:
    """Write a whole file at once: a reader sees the old text or the new one. A link stays a link, a device is written to."""
    try:
        if _is_device(path):
            path.write_bytes(_encoded(text))
        else:
            _replace(path.resolve(), _encoded(text))
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror or error}", "Choose a file in a folder that you can write to."
        ) from None


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")  # JSON may smuggle in half of a surrogate pair


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".toolmark-{uuid4().hex}.tmp")
    try:
        # Not `tempfile`: its files are readable by the owner alone, and would stay so.
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(content)
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_stdout(text: str) -> None:
    """Print a report, silently if the reader has gone or there never was one."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except OSError as error:
        # Whatever is still buffered would fail once more, aloud, when Python exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise UsageError(
                f"cannot write to stdout: {error.strerror or error}", "Write to a file with --output."
            ) from None
