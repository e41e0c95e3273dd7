"""JSON lines in pieces: a piece is a range of bytes, so that whoever scores it reads it itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.corpus.rows import MAX_ROW, Row, server_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = 1 << 20


def lines(file: Any, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, bytes]]:
    """The lines of a binary file between two offsets, with the offset of each; of a line beyond `MAX_ROW` only its beginning."""
    if start:
        file.seek(start)
    at = start
    while stop is None or at < stop:
        line = file.readline(MAX_ROW + 1)
        if not line:
            return
        begin, at = at, at + len(line)
        if len(line) > MAX_ROW and not line.endswith(b"\n"):
            at += _skip_line(file)
        yield begin, line


def _skip_line(file: Any) -> int:
    skipped = 0
    while block := file.readline(_BLOCK):
        skipped += len(block)
        if block.endswith(b"\n"):
            break
    return skipped


def row(name: str, number: int, line: bytes) -> Row | None:
    """The row on a line; None for a blank one."""
    place = f"{name}:{number}"
    if number == 1:
        line = line.removeprefix(b"\xef\xbb\xbf")
    if len(line) > MAX_ROW:
        return Row(None, place, b"", fault=f"the row is longer than {MAX_ROW >> 20} MB")
    return Row(server_of(line), place, line) if line.strip() else None
