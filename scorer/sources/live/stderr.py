"""The last lines that a server wrote on stderr, kept for the error message."""

from __future__ import annotations

import os
import re
import threading
from typing import TYPE_CHECKING, Self, TextIO

from scorer.sources.live.masking import printable

if TYPE_CHECKING:
    from types import TracebackType

_KEEP = 16 * 1024
_SHOWN = 3
_WIDTH = 200
# A sequence that moves the cursor or colours the text.
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-_])")
_TELLING = re.compile(r"error|exception|not found|denied|missing|required|usage|fatal|cannot|failed", re.IGNORECASE)


class StderrTail:
    """A pipe to give to a process as its stderr; a thread drains it, so that the process never waits for us.

    Bounded: the last 16 KiB are kept. A descendant that outlives the server and holds the pipe is not waited for.
    """

    def __enter__(self) -> Self:
        self._read_end, write_end = os.pipe()
        self.file: TextIO = os.fdopen(write_end, "w")
        self._tail = b""
        self._thread = threading.Thread(target=self._drain, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends our side; what the server wrote so far is then in `lines`."""
        self.file.close()
        self._thread.join(timeout=0.5)

    def _drain(self) -> None:
        while chunk := os.read(self._read_end, 65536):
            self._tail = (self._tail + chunk)[-_KEEP:]
        os.close(self._read_end)

    def lines(self) -> list[str]:
        """The last three lines, and before them the last one that names an error if none of the three does."""
        text = _ANSI.sub("", self._tail.decode("utf-8", "replace"))
        lines = [printable(line.strip())[:_WIDTH] for line in text.splitlines() if line.strip()]
        last, earlier = lines[-_SHOWN:], lines[:-_SHOWN]
        if not any(_TELLING.search(line) for line in last):
            last = [line for line in earlier if _TELLING.search(line)][-1:] + last
        return last
