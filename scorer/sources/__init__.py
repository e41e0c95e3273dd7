"""Where tool definitions come from: files, stdin, snapshot folders, client configs, live servers."""

from __future__ import annotations

from scorer.sources.document import open_source

__all__ = ["open_source"]
