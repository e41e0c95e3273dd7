"""Many calls at once, a bounded number of them, that end in good order when they are interrupted."""

from __future__ import annotations

from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")
R = TypeVar("R")
# How long an interrupted run waits for the answers that are on their way, in seconds; and how often it looks up while it waits.
_GRACE, _TICK = 20.0, 0.2


class Workers(Generic[T, R]):
    """Runs `work` on items in threads. They are daemons: a second interruption leaves at once, whatever they wait for."""

    def __init__(self, work: Callable[[T], R], count: int) -> None:
        self._work, self._count = work, count
        self._stop = Event()
        self._todo: SimpleQueue[T] = SimpleQueue()
        self._done: SimpleQueue[tuple[T, R | BaseException]] = SimpleQueue()

    def run(self, items: Iterable[T], take: Callable[[T, R], None]) -> None:
        """Give each item with its result to `take`, as they come. Raises what `work` raises, once the calls under way have ended.

        On KeyboardInterrupt no further item is begun; the results under way are waited for, so that what is paid for is kept.
        """
        waiting = 0
        for item in items:
            self._todo.put(item)
            waiting += 1
        threads = [Thread(target=self._loop, daemon=True) for _ in range(min(self._count, waiting))]
        try:
            for thread in threads:
                thread.start()
            while waiting:
                item, result = self._next()
                waiting -= 1
                if isinstance(result, BaseException):
                    raise result
                take(item, result)
        finally:
            self._stop.set()
            end = monotonic() + _GRACE
            for thread in (thread for thread in threads if thread.ident is not None):
                thread.join(max(0.0, end - monotonic()))

    def _next(self) -> tuple[T, R | BaseException]:
        while True:
            try:
                return self._done.get(timeout=_TICK)  # a wait without an end would not hear Ctrl-C everywhere
            except Empty:
                continue

    def _loop(self) -> None:
        while not self._stop.is_set():
            try:
                item = self._todo.get_nowait()
            except Empty:
                return
            try:
                self._done.put((item, self._work(item)))
            except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
                self._done.put((item, error))
