"""One answer: from the cache, or from the judge, with what may go wrong on the way."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from scorer.judge.answers import InvalidAnswerError, parse, valid
from scorer.judge.cache import Entry
from scorer.judge.cost import added
from scorer.judge.protocol import JudgeError, JudgeUnusableError

if TYPE_CHECKING:
    from scorer.judge.cache import Cache
    from scorer.judge.case import Case
    from scorer.judge.cost import Purse
    from scorer.judge.prompt import Prompt
    from scorer.judge.protocol import Judge, Request
    from scorer.models.judge import JudgeUsage
    from scorer.models.judge_rules import JudgeLimits

# So many calls in a row without an answer, and the judge counts as gone.
_GONE = 8
NOT_KEPT = "no answer is kept for this definition"


class Job(NamedTuple):
    """One vote on one case. place: of its tool among the server's, -1 for the set."""

    place: int
    case: Case
    prompt: Prompt
    vote: int

    @property
    def slot(self) -> tuple[int, int]:
        """Which vote on which case."""
        return self.place, self.vote


class Given(NamedTuple):
    """What came of a job: an answer, or why there is none. fresh: it was asked for in this run."""

    entry: Entry | None
    problem: str | None
    fresh: bool


class Clerk:
    """Answers jobs: keeps what is paid for, spends no more than allowed, and stops asking a judge that is gone."""

    def __init__(self, judge: Judge | None, cache: Cache | None, purse: Purse, limits: JudgeLimits) -> None:
        """judge: None to use kept answers alone."""
        self.judge, self.cache, self.purse, self._limits = judge, cache, purse, limits
        self._lock = Lock()
        self._in_a_row = 0
        self.broke = False

    def kept(self, job: Job, model: str) -> Given | None:
        """The answer that is kept, if one is; it is as little trusted as a fresh one."""
        entry = self.cache.get(job.prompt.key(model, job.case, job.vote)) if self.cache else None
        if entry is None or (
            entry.answers is not None and not valid(entry.answers, job.prompt.facts, job.prompt.dimensions)
        ):
            return None
        return Given(entry, entry.refusal, fresh=False)

    def answer(self, job: Job) -> Given:
        """Ask the judge. Raises JudgeUnusableError where no job can be answered."""
        if self.judge is None:
            return Given(None, NOT_KEPT, fresh=False)
        if self._in_a_row >= _GONE:
            return Given(None, "the judge had ceased to answer", fresh=False)
        request = job.prompt.request(self.judge.model, job.case, job.vote)
        try:
            given = self._asked(self.judge, request, job)
        except JudgeUnusableError:
            raise
        except JudgeError as fault:
            with self._lock:
                self._in_a_row += 1
            return Given(None, str(fault), fresh=True)
        self._in_a_row = 0
        if given.entry is not None and self.cache is not None:
            self.cache.put(request.key, given.entry)
        return given

    def _asked(self, judge: Judge, request: Request, job: Job) -> Given:
        spent: list[JudgeUsage] = []
        problem = ""
        for _ in range(1 + self._limits.invalid_retries):
            reserved = self.purse.reserve(request)
            if reserved is None:
                self.broke = True
                return Given(None, "the budget was spent", fresh=bool(spent))
            try:
                reply = judge.ask(request)
            except BaseException:
                self.purse.settle(reserved, added(()))
                raise
            spent.append(self.purse.settle(reserved, reply.usage))
            if reply.stop == "refused":
                why = f"the judge refused{f' ({reply.detail})' if reply.detail else ''}"
                return Given(Entry(None, why, added(spent)), why, fresh=True)
            try:
                answers = parse(
                    "" if reply.stop == "truncated" else reply.text, job.prompt.facts, job.prompt.dimensions
                )
            except InvalidAnswerError as error:
                problem = "the answer was cut off" if reply.stop == "truncated" else str(error)
                continue
            return Given(Entry(answers, None, added(spent)), None, fresh=True)
        return Given(None, problem, fresh=True)
