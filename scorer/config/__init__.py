"""The repository's configuration: `[tool.toolmark]` in pyproject.toml, or toolmark.toml."""

from __future__ import annotations

from scorer.config.find import find_config
from scorer.config.load import load_config

__all__ = ["find_config", "load_config"]
