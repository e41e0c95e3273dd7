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
    from collections.abc import Iterator, Mapping, Sequence

    from scorer.corpus.rows import Server

SERVERS = "toolmark_servers"
_WIDTH = 5


class Key:
    """What a server's results were made from: its name, its rows as they stand and the stamp of the rubric."""

    def __init__(self, name: str, stamp: str) -> None:
        self._digest = sha256(f"{stamp}\0{name}\0".encode("utf-8", "surrogatepass"))

    def add(self, text: bytes) -> None:
        """One more row."""
        # The length goes in, so that no row's end can pass for another's beginning.
        self._digest.update(len(text).to_bytes(8))
        self._digest.update(text)

    def __int__(self) -> int:
        """Eight bytes of the hash; never 0."""
        return int.from_bytes(self._digest.digest()[:8]) or 1


def key_of(server: Server, stamp: str) -> int:
    """The key of a server that was read."""
    key = Key(server.name, stamp)
    for row in server.rows:
        key.add(row.text)
    return int(key)


class Kept(NamedTuple):
    """Where an earlier run has the rows of some servers that stand together: the part, its rows, and which of its servers these are."""

    part: int
    start: int
    rows: int
    first: int
    servers: int = 1

    def joined(self, other: Kept) -> Kept | None:
        """Both as one, None where they do not stand together."""
        if (self.part, self.first + self.servers) != (other.part, other.first):
            return None
        return self._replace(rows=self.rows + other.rows, servers=self.servers + other.servers)


class Previous:
    """An index of an earlier run: 48 bytes a server.

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
        return Kept(*self._kept[_WIDTH * at : _WIDTH * (at + 1)])

    def rows(self, kept: Kept) -> pa.Table:
        """These rows, as they were written."""
        return self._table(kept).slice(kept.start, kept.rows)

    def servers(self, kept: Kept) -> list[tuple[int, int]]:
        """The keys of these servers, and how many rows each has."""
        found = list(_said(self._table(kept).schema.metadata))
        return [(key, rows) for key, rows in found[kept.first : kept.first + kept.servers]]

    def whole(self, kept: Kept) -> bytes | None:
        """The file of a part that is kept from end to end, None where some of it is not, or another Arrow wrote it."""
        content = open_store(self.address).read(self.parts[kept.part])
        found = pq.read_metadata(BytesIO(content))
        there = sum(1 for _ in _said(found.metadata))
        same = found.created_by == f"parquet-cpp-arrow version {pa.cpp_version}"
        return content if same and (found.num_rows, there) == (kept.rows, kept.servers) else None

    def _table(self, kept: Kept) -> pa.Table:
        return _part(self.address, self.parts[kept.part])

    def __len__(self) -> int:
        return len(self._keys)


def read_previous(address: str, parts: Sequence[str]) -> Previous:
    """The index of a folder of results, from the footers of its parts alone."""
    store = open_store(address)
    found = []
    for index, name in enumerate(parts):
        with store.fs.open(store.path(name), "rb") as file:
            said = pq.read_metadata(file).metadata
        start = 0
        for number, (key, rows) in enumerate(_said(said)):
            if key:
                found.append((key, Kept(index, start, rows, number)))
            start += rows
    return Previous(address, parts, found)


def _said(metadata: Mapping[bytes, bytes] | None) -> Iterator[tuple[int, int]]:
    """Key and rows of each server in a part, from its footer; the key is 0 where a row could not be graded."""
    yield from map(tuple, json.loads((metadata or {}).get(SERVERS.encode(), b"[]")))


@lru_cache(maxsize=4)
def _part(address: str, name: str) -> pa.Table:
    """A part in memory; those that stood together in the earlier run mostly stand together now."""
    return pq.read_table(BytesIO(open_store(address).read(name)), use_threads=False)
