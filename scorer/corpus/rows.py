"""Rows as they stand in the input, and the servers that they belong to; nothing is read here but the server's name."""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Bytes of one row. The largest captured server has 1.5 MB.
MAX_ROW = 16 << 20

_LEADING = re.compile(rb'\s*\{\s*"server(?:Name)?"\s*:\s*"([^"\\]*)"')
_KEYS = ("server", "serverName")


class Row(NamedTuple):
    """One row.

    server: the name it gives, None when it gives none. place: `corpus.jsonl:12`, where to look for it.
    text: the JSON; of the whole row, or (bare) of what its `definition` or `tools` column holds. fault: why it cannot be read at all.
    """

    server: str | None
    place: str
    text: bytes
    bare: bool = False
    fault: str = ""


class Server(NamedTuple):
    """The rows of one server, in order."""

    name: str
    rows: tuple[Row, ...]


def server_of(line: bytes) -> str | None:
    """The server that a JSON row names, without parsing the row where its name leads; None when it names none."""
    found = _LEADING.match(line)
    if found:
        return found.group(1).decode("utf-8", "replace")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return name_in(row) if isinstance(row, dict) else None


def name_in(row: dict[str, Any]) -> str | None:
    """The server's name under either key."""
    return next((row[key] for key in _KEYS if isinstance(row.get(key), str)), None)


def servers(rows: Iterable[Row]) -> Iterator[Server]:
    """Rows that stand together, by server. A row without a server's name stays with those before it."""
    for name, group in groupby(_followed(rows), key=lambda pair: pair[0]):
        yield Server(name, tuple(row for _, row in group))


def _followed(rows: Iterable[Row]) -> Iterator[tuple[str, Row]]:
    name = ""
    for row in rows:
        name = name if row.server is None else row.server
        yield name, row
