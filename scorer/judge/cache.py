"""Answers that are paid for are kept: in a SQLite file on this machine, or in a JSON file that is committed."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from uuid import uuid4

from scorer.errors import InputError
from scorer.models.judge import JudgeUsage

if TYPE_CHECKING:
    from collections.abc import Mapping

_VERSION = 1
_USAGE = tuple(JudgeUsage.__slots__)  # type: ignore[attr-defined]


class Entry(NamedTuple):
    """A kept answer: what `answers.parse` gave, or why the judge refused; and what it cost."""

    answers: dict[str, Any] | None
    refusal: str | None
    usage: JudgeUsage


class Cache(Protocol):
    """Answers by the key of their request. Both are called from several threads; what `put` has returned from is safe."""

    def get(self, key: str) -> Entry | None: ...

    def put(self, key: str, entry: Entry) -> None: ...

    def close(self) -> None: ...


def open_cache(path: Path) -> Cache:
    """The cache at a path: JSON where it ends in `.json`, else SQLite. Raises InputError where it is neither."""
    try:
        return JsonCache(path) if path.suffix == ".json" else SqliteCache(path)
    except (OSError, sqlite3.Error) as error:
        raise InputError(
            f"{path} is no cache of answers: {error}", "Name another file with --judge-cache, or delete this one."
        ) from None


def default_path(environment: Mapping[str, str]) -> Path:
    """Where the answers of this user are kept (XDG base directories)."""
    base = environment.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "toolmark" / "judge.sqlite"


def journal(path: Path) -> Path:
    """Where a JSON cache keeps answers until it is closed: all that is left of one that was killed in its first run."""
    return path.with_name(path.name + ".new")


def _written(entry: Entry) -> dict[str, Any]:
    return {"answers": entry.answers, "refusal": entry.refusal, "usage": asdict(entry.usage)}


def _read(document: Any) -> Entry | None:
    """The entry of a document, None where it is none: a cache is a file that anybody may have written."""
    if not isinstance(document, dict):
        return None
    answers, refusal, usage = (document.get(key) for key in ("answers", "refusal", "usage"))
    if not isinstance(usage, dict) or not (isinstance(answers, dict) or isinstance(refusal, str)):
        return None
    numbers: dict[str, Any] = {key: usage.get(key) for key in _USAGE}
    if any(
        not isinstance(value, int | float) for key, value in numbers.items() if key != "dollars" or value is not None
    ):
        return None
    return Entry(answers if isinstance(answers, dict) else None, refusal, JudgeUsage(**numbers))


class SqliteCache:
    """One row per answer, each in a transaction of its own: a kill at any moment leaves whole rows."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = Lock()
        # Autocommit; the lock makes one connection safe for all threads, and the journal lets other processes read meanwhile.
        self._base = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=NORMAL")
        self._base.execute(
            "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, entry TEXT NOT NULL) WITHOUT ROWID"
        )

    def get(self, key: str) -> Entry | None:
        """The kept answer, if there is one."""
        with self._lock:
            row = self._base.execute("SELECT entry FROM answers WHERE key = ?", (key,)).fetchone()
        return _read(json.loads(row[0])) if row else None

    def put(self, key: str, entry: Entry) -> None:
        """Keep an answer."""
        text = json.dumps(_written(entry))
        with self._lock:
            self._base.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (key, text))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._base.close()


class JsonCache:
    """One sorted JSON file, made to be committed. Answers go to a journal beside it as they come, and into the file at the end."""

    def __init__(self, path: Path) -> None:
        self._path, self._journal = path, journal(path)
        self._lock = Lock()
        self._known = _entries(path)
        recovered = _lines(self._journal)
        self._changed = bool(recovered.keys() - self._known.keys())
        self._known |= recovered
        self._file: Any = None

    def get(self, key: str) -> Entry | None:
        """The kept answer, if there is one."""
        return _read(self._known.get(key))

    def put(self, key: str, entry: Entry) -> None:
        """Keep an answer."""
        document = _written(entry)
        with self._lock:
            if self._file is None:
                self._file = self._journal.open("a", encoding="utf-8")
            # A line of its own even behind a line that a kill left unfinished.
            self._file.write("\n" + json.dumps({"key": key, **document}) + "\n")
            self._file.flush()
            self._known[key], self._changed = document, True

    def close(self) -> None:
        """Write the file anew, whole or not at all, if anything came to it."""
        with self._lock:
            if self._file is not None:
                self._file.close()
            if self._changed:
                _replace(self._path, {"version": _VERSION, "answers": dict(sorted(self._known.items()))})
            self._journal.unlink(missing_ok=True)
            self._file, self._changed = None, False


def _entries(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise OSError("it is not JSON") from None
    if (
        not isinstance(document, dict)
        or document.get("version") != _VERSION
        or not isinstance(document.get("answers"), dict)
    ):
        raise OSError("it holds something else")
    return dict(document["answers"])


def _lines(journal: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for line in journal.read_text(encoding="utf-8", errors="replace").splitlines() if journal.exists() else ():
        with contextlib.suppress(ValueError, AttributeError, RecursionError):
            document = json.loads(line)
            found[document.pop("key")] = document
    return {key: value for key, value in found.items() if isinstance(key, str)}


def _replace(path: Path, document: dict[str, Any]) -> None:
    beside = path.with_name(f".toolmark-{uuid4().hex}.tmp")
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(json.dumps(document, indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
