"""How a repository's own server is started, as its package says."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

from scorer.init.candidate import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PYTHON_SDKS = ("mcp", "fastmcp")
_NODE_SDKS = ("@modelcontextprotocol/sdk", "@modelcontextprotocol/server", "fastmcp")


def commands(folder: Path) -> Iterator[Candidate]:
    """Commands that would start the server of a package that depends on an MCP library."""
    for command in (*_python(folder), *_node(folder)):
        yield Candidate("server", command, None, "command")


def _python(folder: Path) -> Iterator[str]:
    project = _table(_toml(folder / "pyproject.toml").get("project"))
    wanted = project.get("dependencies")
    names = [str(one).split("[")[0] for one in wanted] if isinstance(wanted, list) else []
    if any(name.strip().startswith(_PYTHON_SDKS) for name in names):
        for script in _table(project.get("scripts")):
            yield f"uv run {script}"


def _node(folder: Path) -> Iterator[str]:
    package = _json(folder / "package.json")
    if not any(name in _table(package.get("dependencies")) for name in _NODE_SDKS):
        return
    started = package.get("bin") or package.get("main")
    files = _table(started).values() if isinstance(started, dict) else [started]
    for file in files:
        if isinstance(file, str) and file:
            yield f"node {file}"


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}


def _json(path: Path) -> dict[str, Any]:
    try:
        return _table(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError):
        return {}
