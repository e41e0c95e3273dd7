"""An earlier run's results, found again by what they were made from."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from scorer.corpus.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.corpus.rows import Server

SERVERS = "toolmark_servers"


def key_of(server: Server, stamp: str) -> int:
    """Eight bytes of the hash of a server's name, its rows as they stand and the stamp of the rubric; never 0."""
    digest = sha256(f"{stamp}\0{server.name}\0".encode("utf-8", "surrogatepass"))
    for row in server.rows:
        # The length goes in, so that no row's end can pass for another's beginning.
        digest.update(len(row.text).to_bytes(8))
        digest.update(row.text)
    return int.from_bytes(digest.digest()[:8]) or 1


class Kept(NamedTuple):
    """Where an earlier run has a server's rows."""

    part: int
    start: int
    rows: int


class Previous:
    """An index of an earlier run: 32 bytes a server.

    parts: file names of the parts. Servers with a row that could not be graded are not in it: they are read again.
    """

    def __init__(self, address: str, parts: Sequence[str], found: Sequence[tuple[int, Kept]]) -> None:
        self.address, self.parts = address, tuple(parts)
        ordered = sorted(found)
        self._keys = array("Q", (key for key, _ in ordered))
        self._kept = array("Q", (number for _, kept in ordered for number in kept))

    def find(self, key: int) -> Kept | None:
        """The rows of the server with this key."""
        at = bisect_left(self._keys, key)
        if at == len(self._keys) or self._keys[at] != key:
            return None
        return Kept(*self._kept[3 * at : 3 * at + 3])

    def rows(self, kept: Kept) -> pa.Table:
        """These rows, as they were written."""
        return _part(self.address, self.parts[kept.part]).slice(kept.start, kept.rows)

    def __len__(self) -> int:
        return len(self._keys)


def read_previous(address: str, parts: Sequence[str]) -> Previous:
    """The index of a folder of results, from the footers of its parts alone."""
    store = open_store(address)
    found = []
    for index, name in enumerate(parts):
        with store.fs.open(store.path(name), "rb") as file:
            said = pq.read_metadata(file).metadata or {}
        found += [(key, Kept(index, start, rows)) for key, start, rows in _spread(said.get(SERVERS.encode(), b"[]"))]
    return Previous(address, parts, found)


def _spread(said: bytes) -> Iterator[tuple[int, int, int]]:
    start = 0
    for key, rows in json.loads(said):
        if key:
            yield key, start, rows
        start += rows


@lru_cache(maxsize=4)
def _part(address: str, name: str) -> pa.Table:
    """A part in memory; those that stood together in the earlier run mostly stand together now."""
    return pq.read_table(BytesIO(open_store(address).read(name)), use_threads=False)
