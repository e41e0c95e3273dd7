"""Whole lines from a server's stdout, each bounded: the encoding that the stdio transport is told to read with.

The SDK's transport glues text until a newline comes, without a bound and in quadratic time. An encoding is the one
part of it that can be chosen, so this one hands on complete lines only and cuts a line off that grows too long.
"""

from __future__ import annotations

import codecs

ENCODING = "toolmark_lines"
MAX_LINE = 32 * 1024 * 1024
TOO_LONG = "toolmark/line-too-long"
# What stands in for a line that was cut off: a notification, which is the transport's way to tell the reader anything.
_NOTICE = f'{{"jsonrpc":"2.0","method":"{TOO_LONG}"}}\n'


class LineDecoder(codecs.IncrementalDecoder):
    """UTF-8 (bad bytes replaced) in whole lines of at most MAX_LINE bytes."""

    def __init__(self, errors: str = "strict") -> None:
        super().__init__(errors)
        self.reset()

    def reset(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self._cut = False

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]  # noqa: FBT001, FBT002 - codecs' signature
        *ended, rest = bytes(data).split(b"\n")
        text = "".join(self._end(line) for line in ended)
        self._keep(rest)
        # A server that dies in the middle of a line may have finished its message.
        return text + self._end(b"") if final and (self._size or self._cut) else text

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > MAX_LINE:
            self._parts, self._cut = [], True
        elif part:
            self._parts.append(part)

    def _end(self, part: bytes) -> str:
        self._keep(part)
        line = _NOTICE if self._cut else b"".join(self._parts).decode("utf-8", "replace") + "\n"
        self.reset()
        return line


def _find(name: str) -> codecs.CodecInfo | None:
    if name != ENCODING:
        return None
    utf8 = codecs.lookup("utf-8")
    return codecs.CodecInfo(
        utf8.encode, utf8.decode, incrementalencoder=utf8.incrementalencoder, incrementaldecoder=LineDecoder, name=name
    )


codecs.register(_find)
