"""A registry of 40 servers, and what a run made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from registry import run, server, write_rows

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def registry(tmp_path_factory) -> Path:
    """240 tools of 40 servers."""
    return write_rows(tmp_path_factory.mktemp("registry") / "registry.jsonl", [server(index) for index in range(40)])


@pytest.fixture(scope="session")
def scored(registry, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("scored") / "out"
    run(registry, folder, part_size=8_000)
    return folder
