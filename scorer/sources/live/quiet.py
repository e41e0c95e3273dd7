"""Silence for the libraries below us: what goes wrong is said once, by us, on one line."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# httpcore2 writes whole requests, headers included, at debug level.
_TALKERS = ("mcp", "httpx2", "httpcore2", "asyncio")


@contextmanager
def quiet() -> Iterator[None]:
    """Within it these libraries log nothing; the levels that they had come back afterwards."""
    loggers = [logging.getLogger(name) for name in _TALKERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
