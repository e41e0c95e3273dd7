"""Which requests are in which batch: noted before a batch is handed in, so that no request is ever paid for twice."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_TABLES = (
    "CREATE TABLE IF NOT EXISTS batches (id TEXT PRIMARY KEY, ended INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS waiting (key TEXT PRIMARY KEY, batch TEXT, noted REAL NOT NULL)",
)


class Ledger:
    """A SQLite file. Requests that are noted without a batch were about to be handed in when the run was stopped."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, timeout=30)
        for table in _TABLES:
            self._base.execute(table)
        self._base.commit()

    def open_batches(self) -> list[str]:
        """Batches whose results are not taken yet, oldest first."""
        return [row[0] for row in self._base.execute("SELECT id FROM batches WHERE NOT ended ORDER BY rowid")]

    def known(self, batch: str) -> bool:
        """Whether a batch is one of ours."""
        return self._base.execute("SELECT 1 FROM batches WHERE id = ?", (batch,)).fetchone() is not None

    def waiting(self) -> set[str]:
        """Keys of requests that are in a batch, or were about to be."""
        return {row[0] for row in self._base.execute("SELECT key FROM waiting")}

    def unsent(self) -> tuple[set[str], float]:
        """Keys that are noted without a batch, and when the first of them was, in seconds since 1970."""
        rows = self._base.execute("SELECT key, noted FROM waiting WHERE batch IS NULL").fetchall()
        return {key for key, _ in rows}, min((noted for _, noted in rows), default=0.0)

    def note(self, keys: Sequence[str]) -> None:
        """These requests are about to be handed in."""
        now = time.time()
        with self._base:
            self._base.executemany("INSERT OR REPLACE INTO waiting VALUES (?, NULL, ?)", [(key, now) for key in keys])

    def sent(self, keys: Iterable[str], batch: str) -> None:
        """These requests are in that batch."""
        with self._base:
            self._base.execute("INSERT OR IGNORE INTO batches VALUES (?, 0)", (batch,))
            self._base.executemany("UPDATE waiting SET batch = ? WHERE key = ?", [(batch, key) for key in keys])

    def forget(self, keys: Iterable[str]) -> None:
        """These requests are in no batch after all."""
        with self._base:
            self._base.executemany("DELETE FROM waiting WHERE key = ?", [(key,) for key in keys])

    def ended(self, batch: str) -> None:
        """The results of that batch are all taken."""
        with self._base:
            self._base.execute("UPDATE batches SET ended = 1 WHERE id = ?", (batch,))
            self._base.execute("DELETE FROM waiting WHERE batch = ?", (batch,))

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()
