"""Which definition each rule was made for: comments of YAML and TOML say it, JSON needs a file beside it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINE = re.compile(
    r'^[^#\n]*?"((?:[^"\\\n]|\\.)*)".*#.*?inputHash: ([0-9a-f]{8,128})|^# left out: "((?:[^"\\\n]|\\.)*)" .*inputHash: ([0-9a-f]{8,128})',
    re.MULTILINE,
)


def beside(path: str) -> str:
    """The name of the file that holds a JSON policy's hashes."""
    return f"{path}.hashes.json"


def write_hashes(hashes: Mapping[str, str]) -> str:
    """The content of that file."""
    return json.dumps({"inputHash": dict(hashes)}, indent=2) + "\n"


def read_hashes(text: str) -> dict[str, str]:
    """The hashes in such a file; {} when it is none."""
    try:
        found = json.loads(text)["inputHash"]
    except (ValueError, KeyError, TypeError):
        return {}
    return {str(tool): str(value) for tool, value in found.items()} if isinstance(found, dict) else {}


def hashes_in_comments(text: str) -> dict[str, str]:
    """The hashes that the comments of a document name."""
    found = {}
    for match in _LINE.finditer(text):
        name, value = (match[1], match[2]) if match[2] else (match[3], match[4])
        found[_unescaped(name)] = value
    return found


def _unescaped(name: str) -> str:
    try:
        return str(json.loads(f'"{name}"'))
    except ValueError:
        return name
