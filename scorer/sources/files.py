"""Bytes from a file or from stdin: bounded, never from a device or a pipe that could hang, decoded exactly."""

from __future__ import annotations

import json
import os
import stat
import sys
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from scorer.errors import InputError

# Bytes of one input. The largest captured server has 1.5 MB; a 50 MB file must be read.
MAX_BYTES = 100_000_000

_LOOKS = 5_000
_NON_BLOCKING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_stdin() -> bytes:
    """All of stdin, at most `MAX_BYTES`. Raises InputError."""
    try:
        return _bounded(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin")
    except (OSError, ValueError, AttributeError):  # a folder, closed, or none at all
        raise InputError("stdin cannot be read", "Name a file, or pipe the definitions in.") from None


def read_file(path: str) -> bytes:
    """A regular file's bytes, at most `MAX_BYTES`. Raises InputError."""
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            raise _irregular(path)
        # Between the look and the opening the file may be exchanged for a pipe, which must not block.
        with open(path, "rb", opener=_open) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _irregular(path)
            return _bounded(file.read(MAX_BYTES + 1), shown(path))
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None


def decode(data: bytes, name: str) -> str:
    """JSON's text: UTF-8, or UTF-16 and UTF-32 as editors and shells on Windows write them; no byte order mark."""
    encoding = json.detect_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{name} is not {encoding.upper()}: byte 0x{data[error.start]:02x} at line {line}"
        raise InputError(message, "Save the file as UTF-8.") from None
    return text.removeprefix("\ufeff")


def shown(path: str) -> str:
    """The path as one line of text that encodes, whatever its name is made of."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in path)


def is_folder(path: str | Path) -> bool:
    """Whether there is a folder that one may look into; never an error."""
    return os.path.isdir(path)  # noqa: PTH112 - `Path.is_dir` raises when a parent is closed


def is_file(path: str | Path) -> bool:
    """Whether there is a regular file; never an error."""
    return os.path.isfile(path)  # noqa: PTH113 - likewise


def unreadable(path: str, error: OSError | ValueError) -> InputError:
    """What an operating system's refusal means to the user, with a tip."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return _missing(path)
    if isinstance(error, PermissionError):
        return InputError(f"{shown(path)} may not be read", "Check its permissions.")
    reason = error.strerror or str(error) if isinstance(error, OSError) else str(error)
    return InputError(f"{shown(path)} cannot be read: {reason}", "Name a file, a folder of snapshots, or - for stdin.")


def _open(path: str, flags: int) -> int:
    return os.open(path, flags | _NON_BLOCKING)


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        raise InputError(
            f"{name} is larger than {limit}", f"Split it: at most {limit} of definitions are read at once."
        )
    return data


def _irregular(path: str) -> InputError:
    return InputError(f"{shown(path)} is neither a file nor a folder", "To read from a pipe, use - and feed stdin.")


def _missing(path: str) -> InputError:
    name = shown(path)
    if name.startswith(("http://", "https://")):
        return InputError(f"{name} is a URL, not a file", f"To list a live server: --url {name}")
    folder = Path(path).parent
    # A common suffix alone makes short names look alike: `.mcp.json` is not nearly `x.json`.
    likely = [name for name in _names(folder) if get_close_matches(Path(path).stem, [Path(name).stem], 1, 0.5)]
    near = get_close_matches(Path(path).name, likely, 3, 0.5)
    if near:
        found = " or ".join(shown(str(folder / match)) for match in near)
        return InputError(f"there is no file {name}", f"Did you mean {found}?")
    if not is_folder(folder):
        return InputError(f"there is no folder {shown(str(folder))}", "Check the path; it is read from where you are.")
    if " " in name:
        return InputError(f"there is no file {name}", f'To list a live server: --server "{name}"')
    return InputError(f"there is no file {name}", "Check the path; it is read from where you are.")


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return sorted(entry.name for entry in islice(found, _LOOKS))
    except (OSError, ValueError):
        return []
