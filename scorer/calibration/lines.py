"""Files of labels, read with care: JSON lines and JSON documents, every error with its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scorer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scorer.models.tool import JsonObject

_LARGEST = 200_000_000  # bytes of one file


def read_lines(labels: Path) -> Iterator[JsonObject]:
    """The objects of a file of JSON lines, or of all such files of a folder in the order of their names. Raises InputError."""
    files = sorted(labels.glob("*.jsonl")) if labels.is_dir() else [labels]
    if not files:
        raise InputError(f"{labels} holds no .jsonl files", "Name a folder of labels, or one file of them.")
    for file in files:
        yield from _objects(file)


def _objects(file: Path) -> Iterator[JsonObject]:
    # Not splitlines: JSON allows characters inside strings that it takes for line ends.
    for number, text in enumerate(read_text(file).split("\n"), 1):
        if text.strip():
            value = _parsed(text, f"{file}, line {number}")
            if not isinstance(value, dict):
                raise InputError(f"{file}, line {number}: not a JSON object", "A label is one JSON object per line.")
            yield value


def read_json(file: Path) -> Any:
    """The value of a JSON file. Raises InputError."""
    return _parsed(read_text(file), str(file))


def read_text(file: Path) -> str:
    """The text of a UTF-8 file of reasonable size. Raises InputError."""
    try:
        if file.stat().st_size > _LARGEST:
            raise InputError(f"{file} is larger than {_LARGEST // 1_000_000} MB", "Split it.")
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise InputError(f"cannot read {file}: {reason}", "Name a UTF-8 file, or a folder of them.") from None


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON: {error}", "Labels are JSON.") from None
