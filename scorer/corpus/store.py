"""A folder, on this machine or in an object store: whatever fsspec has an address for (`out`, `s3://bucket/out`, `memory://out`)."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from scorer.errors import InputError

UNFINISHED = ".unfinished"


class Store:
    """The files of one folder; every file in it is whole, whatever happens while it is written.

    `local`: where the folder is on this machine, None in an object store, where a file appears when its upload has ended.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.fs, root = resolve(address)
        self.root = root.rstrip("/")
        self.local = Path(self.root) if _is_local(self.fs) else None

    def path(self, name: str) -> str:
        """The address of a file inside the file system."""
        return f"{self.root}/{name}"

    def names(self) -> list[str]:
        """The names of the files directly in the folder, sorted; none when there is no such folder."""
        try:
            found = self.fs.ls(self.root, detail=False, refresh=True) if self.fs.isdir(self.root) else []
        except FileNotFoundError:
            return []
        return sorted(str(path).rstrip("/").rpartition("/")[2] for path in found)

    def read(self, name: str) -> bytes:
        """A file's bytes. Raises FileNotFoundError."""
        return bytes(self.fs.cat_file(self.path(name)))

    def write(self, name: str, content: bytes) -> None:
        """Write a file at once: a reader sees all of it or none of it. Raises OSError."""
        if self.local is None:
            self.fs.pipe_file(self.path(name), content)
            return
        self.local.mkdir(parents=True, exist_ok=True)
        beside = self.local / f"{name}.{uuid4().hex}{UNFINISHED}"
        try:
            beside.write_bytes(content)
            beside.replace(self.local / name)
        finally:
            beside.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        try:
            self.fs.rm_file(self.path(name))
        except FileNotFoundError:
            return


def open_store(address: str) -> Store:
    """The folder at an address, opened once per process."""
    return _opened(address, os.getcwd())  # noqa: PTH109 - a key, never a path that is opened


@lru_cache(maxsize=8)
def _opened(address: str, _folder: str) -> Store:
    return Store(address)


def resolve(address: str) -> tuple[Any, str]:
    """The file system and the path inside it. Raises InputError for an address that nothing installed can open."""
    import fsspec  # noqa: PLC0415 - only for corpora

    try:
        fs, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise InputError(
            f"{address} cannot be opened: {error}",
            "Install the fsspec package of that store: `pip install s3fs`, `gcsfs`, `adlfs` ...",
        ) from None
    return fs, str(path)


def address(location: str) -> str:
    """A location as any process may open it later, whatever folder it runs in."""
    fs, path = resolve(location)
    return path if _is_local(fs) else str(fs.unstrip_protocol(path))


def _is_local(fs: Any) -> bool:
    protocols = (fs.protocol,) if isinstance(fs.protocol, str) else fs.protocol
    return "file" in protocols
