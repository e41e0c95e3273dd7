"""Judging by batch: handed in, waited for, taken into the cache; stopped at any moment, it goes on from there."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scorer.judge.answers import InvalidAnswerError, parse
from scorer.judge.cache import Entry
from scorer.judge.cost import added, dollars
from scorer.models.judge import JudgeUsage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorer.judge.asking import Job
    from scorer.judge.cache import Cache
    from scorer.judge.ledger import Ledger
    from scorer.judge.panel import Panel
    from scorer.judge.protocol import Batches, Reply, Request

# The clocks of this machine and of the vendor may differ by so many seconds.
_CLOCKS = 300


@dataclass(slots=True)
class Taken:
    """What came of a run: answers kept, requests without one by what became of them, requests still under way, and what it cost.

    wasted: the dollars of it that went for answers that could not be read.
    """

    answered: int = 0
    without: Counter[str] = field(default_factory=Counter)
    waiting: int = 0
    usage: JudgeUsage = field(default_factory=JudgeUsage)
    wasted: float = 0.0


class BatchRun:
    """One run over any number of servers. say: told what happens. pause: waits so many seconds."""

    def __init__(  # noqa: PLR0913 - what it joins
        self,
        panel: Panel,
        cache: Cache,
        batches: Batches,
        ledger: Ledger,
        *,
        say: Callable[[str], None],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._panel, self._cache, self._batches, self._ledger = panel, cache, batches, ledger
        self._say, self._pause = say, pause
        self._taken = Taken()

    def run(self, jobs: Sequence[Job], *, wait: bool = True) -> Taken:
        """Take what is ready, hand in what is missing, and wait for it, unless told not to. Raises JudgeError."""
        self._adopt()
        self._collect(wait=wait)
        self._hand_in(jobs)
        self._collect(wait=wait)
        self._taken.waiting = len(self._ledger.waiting())
        return self._taken

    def missing(self, jobs: Sequence[Job]) -> list[Job]:
        """The jobs that are neither kept nor under way."""
        waiting = self._ledger.waiting()
        found = {job.prompt.key(self._panel.model, job.case, job.vote): job for job in self._panel.missing(jobs)}
        return [job for key, job in found.items() if key not in waiting]

    def _adopt(self) -> None:
        """Find the batch of a run that was stopped between handing it in and noting its id."""
        keys, noted = self._ledger.unsent()
        if not keys:
            return
        for batch in self._batches.since(datetime.fromtimestamp(noted - _CLOCKS, UTC)):
            if not self._ledger.known(batch):
                self._until_ended(batch)
                inside = keys & {key for key, _ in self._batches.results(batch)}
                if inside:
                    self._say(f"Batch {batch} was handed in by a run that was stopped; taking it over")
                    self._ledger.sent(inside, batch)
                    keys -= inside
        self._ledger.forget(keys)

    def _hand_in(self, jobs: Sequence[Job]) -> None:
        missing, most = self.missing(jobs), self._panel.rules.limits.batch_requests
        for start in range(0, len(missing), most):
            some = missing[start : start + most]
            requests = [job.prompt.request(self._panel.model, job.case, job.vote) for job in some]
            self._submit(requests)

    def _submit(self, requests: Sequence[Request]) -> None:
        keys = [request.key for request in requests]
        self._ledger.note(keys)
        batch = self._batches.submit(requests)
        self._ledger.sent(keys, batch)
        self._say(f"Handed in {len(requests)} requests as {batch}")

    def _collect(self, *, wait: bool) -> None:
        for batch in self._ledger.open_batches():
            if wait:
                self._until_ended(batch)
            elif not self._batches.state(batch).ended:
                continue
            for key, result in self._batches.results(batch):
                self._take(key, result)
            self._ledger.ended(batch)

    def _until_ended(self, batch: str) -> None:
        while not (state := self._batches.state(batch)).ended:
            self._say(f"Waiting for {batch}: {state.processing} requests under way")
            self._pause(self._panel.rules.limits.batch_seconds)

    def _take(self, key: str, result: Reply | str) -> None:
        if isinstance(result, str):
            self._taken.without[result] += 1
            return
        usage = replace(result.usage, dollars=dollars(result.usage, self._panel.price, batch=True))
        self._taken.usage = added((self._taken.usage, usage))
        if result.stop == "refused":
            self._taken.without["refused"] += 1
            self._cache.put(
                key, Entry(None, f"the judge refused{f' ({result.detail})' if result.detail else ''}", usage)
            )
            return
        answers = self._parsed(result.text)
        if answers is None:
            self._taken.without["invalid"] += 1
            self._taken.wasted += usage.dollars or 0.0
        else:
            self._taken.answered += 1
            self._cache.put(key, Entry(answers, None, usage))

    def _parsed(self, text: str) -> dict[str, Any] | None:
        """The answer to either kind of question: a batch may hold those of an earlier run, too."""
        for prompt in (self._panel.tool, self._panel.server):
            with suppress(InvalidAnswerError):
                return parse(text, prompt.facts, prompt.dimensions)
        return None
