"""Which files a corpus consists of, and how each is read in pieces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorer.corpus.shapes import SHAPES
from scorer.corpus.store import resolve
from scorer.errors import InputError
from scorer.models.base import model

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".parquet": "parquet",
    ".json": "document",
    ".jsonl.gz": "compressed",
    ".ndjson.gz": "compressed",
    ".jsonl.zst": "compressed",
    ".jsonl.bz2": "compressed",
}
_MAGIC = re.compile(r"[*?\[]")


@model
class File:
    """One file of the corpus.

    address: what fsspec opens. name: its path as messages show it, relative to the input. kind: a value of `KINDS`.
    size: bytes. stamp: changes when the file does (modification time, or the store's tag).
    """

    address: str
    name: str
    kind: str
    size: int
    stamp: str


def find_files(source: str) -> list[File]:
    """The files of a path, a folder (with what is below it) or a glob, sorted by path. Raises InputError when there are none."""
    fs, path = resolve(source)
    found = list(_found(fs, path))
    files = [file for file in (_file(fs, *entry, _base(fs, path)) for entry in found) if file is not None]
    if files:
        return files
    if not found:
        raise InputError(f"there is no file at {source}", SHAPES)
    raise InputError(f"no file at {source} is a corpus: {found[0][0].rpartition('/')[2]} is not", SHAPES)


def _found(fs: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        found = fs.glob(path, detail=True) if _MAGIC.search(path) else fs.find(path, detail=True)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from None
    yield from sorted((str(name), info) for name, info in found.items() if info.get("type") == "file")


def _base(fs: Any, path: str) -> str:
    if _MAGIC.search(path):
        return path[: _MAGIC.search(path).start()].rpartition("/")[0] + "/"  # type: ignore[union-attr]
    return path.rstrip("/") + "/" if fs.isdir(path) else path.rpartition("/")[0] + "/"


def _file(fs: Any, path: str, info: dict[str, Any], base: str) -> File | None:
    lowered = path.lower()
    kind = next((kind for suffix, kind in KINDS.items() if lowered.endswith(suffix)), None)
    if kind is None:
        return None
    stamp = next((str(info[key]) for key in ("ETag", "etag", "mtime", "LastModified", "created") if info.get(key)), "")
    return File(fs.unstrip_protocol(path), path.removeprefix(base), kind, int(info.get("size") or 0), stamp)
