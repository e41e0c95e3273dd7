"""The judge on all tools of a server and on the set: one vote each, and more where the first leaves a doubt."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from scorer.judge.answers import Vote, check
from scorer.judge.asking import Clerk, Given, Job
from scorer.judge.case import set_case, tool_cases
from scorer.judge.cost import Estimate, Purse, added, estimate, price_of
from scorer.judge.prompt import server_prompt, tool_prompt
from scorer.judge.votes import median
from scorer.judge.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from scorer.judge.cache import Cache
    from scorer.judge.protocol import Judge
    from scorer.models.judge import JudgeUsage
    from scorer.models.judge_rules import JudgeRules, ModelPrice
    from scorer.models.rubric import Rubric
    from scorer.models.signals import Signals
    from scorer.models.tool import Tool

    # Whether a tool (by its position) is worth more votes, given the first.
    Doubt = Callable[[int, "Opinion"], bool]
    # Called with (answers so far, answers wanted so far, dollars spent).
    Progress = Callable[[int, int, float | None], None]

SET = -1
FOOLED = "the judge affirmed a control question, so its answer does not count"


@contextmanager
def _collecting() -> Iterator[None]:
    """The vendor's SDK leaves cycles behind every call; scoring runs without the collector, which would let them pile up."""
    was_on = gc.isenabled()
    gc.enable()
    try:
        yield
    finally:
        if not was_on:
            gc.disable()


@dataclass(slots=True)
class Opinion:
    """The judge on one case. vote: its median, None where there is none; then `problem` says why. usage: what its answers cost."""

    steered: str | None = None
    votes: list[Vote] = field(default_factory=list)
    problem: str | None = None
    usage: list[JudgeUsage] = field(default_factory=list)

    @property
    def vote(self) -> Vote | None:
        """The votes as one."""
        return median(self.votes) if self.votes else None


class Heard(NamedTuple):
    """All opinions of a run: on each tool, in order, and on the set. usage: what all their answers cost, whenever that was."""

    tools: list[Opinion]
    server: Opinion
    usage: JudgeUsage


class Panel:
    """A judge, the questions, the cache and the money. One serves any number of servers."""

    def __init__(  # noqa: PLR0913 - what a run can be told
        self,
        model: str,
        rubric: Rubric,
        rules: JudgeRules,
        *,
        judge: Callable[[], Judge] | None = None,
        cache: Cache | None = None,
        max_cost: float | None = None,
        votes: int | None = None,
        concurrency: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        """judge: makes the judge when the first answer is not in the cache; None to use kept answers alone. max_cost: in dollars.

        votes: the most per tool. concurrency: calls at once; both default to the rules'.
        """
        self.model, self.rules, self.cache = model, rules, cache
        self.tool, self.server = tool_prompt(rubric, rules), server_prompt(rubric, rules)
        self.price: ModelPrice | None = price_of(model, rules.models)
        self.votes = votes or rules.limits.votes
        self.concurrency = concurrency or rules.limits.concurrency
        self.progress, self._make = progress, judge
        self.merits = frozenset(r.id for d in (*rubric.tool, *rubric.server) for r in d.facts if r.kind == "merit")
        self.clerk = Clerk(None, cache, Purse(max_cost, self.price, rules.limits), rules.limits)
        self._done = self._wanted = 0
        # Answers that opinions were to rest on so far, and how many of them were kept already.
        self.sought = self.kept = 0

    @property
    def spent(self) -> JudgeUsage:
        """What this run has paid for so far."""
        return self.clerk.purse.usage

    def jobs(
        self,
        tools: Sequence[Tool],
        signals: Sequence[Signals],
        names: Sequence[frozenset[str]] | None = None,
        *,
        whole: bool = True,
    ) -> list[Job]:
        """The first vote on every tool that can be judged, then on the set unless told not to.

        names: of the tools of each tool's server, its own among them; these tools' by default.
        """
        cases = tool_cases(
            tools, signals, names or [frozenset(tool.name for tool in tools)] * len(tools), self.rules.limits
        )
        jobs = [Job(index, case, self.tool, 1) for index, case in enumerate(cases)]
        server = set_case(tools, signals, self.rules.limits) if whole else None
        return [*jobs, Job(SET, server, self.server, 1)] if server else jobs

    def missing(self, jobs: Iterable[Job]) -> list[Job]:
        """The jobs that no kept answer serves."""
        return [job for job in jobs if not job.case.unfit and self.clerk.kept(job, self.model) is None]

    def estimate(self, jobs: Sequence[Job], *, batch: bool = False) -> Estimate:
        """What these jobs cost."""
        requests = [job.prompt.request(self.model, job.case, job.vote) for job in jobs]
        return estimate(requests, self.price, self.rules.limits, batch=batch)

    def fill(self, jobs: Sequence[Job]) -> list[Given]:
        """Ask for the jobs that no kept answer serves, to keep the answers. Raises JudgeUnusableError."""
        found: list[Given] = []
        missing = self.missing(jobs)
        self._wanted += len(missing)

        def take(_job: Job, answer: Given) -> None:
            found.append(answer)
            self._count()

        self._fetch(missing, take)
        return found

    def _count(self) -> None:
        self._done += 1
        if self.progress:
            self.progress(self._done, self._wanted, self.spent.dollars)

    def hear(
        self,
        tools: Sequence[Tool],
        signals: Sequence[Signals],
        doubt: Doubt,
        *,
        names: Sequence[frozenset[str]] | None = None,
        whole: bool = True,
    ) -> Heard:
        """The judge's opinions; names and whole as for `jobs`. A case without an answer has an opinion that says why.

        Raises JudgeUnusableError.
        """
        jobs = self.jobs(tools, signals, names, whole=whole)
        opinions = {job.place: Opinion(job.case.steered, problem=job.case.unfit) for job in jobs}
        self._ask([job for job in jobs if not job.case.unfit], opinions)
        again = [job for job in jobs if job.place != SET and opinions[job.place].votes and self.votes > 1]
        again = [job for job in again if doubt(job.place, opinions[job.place])]
        self._ask([job._replace(vote=vote) for job in again for vote in range(2, self.votes + 1)], opinions)
        server = opinions.pop(SET, Opinion(problem="there are not two tools whose texts can be compared"))
        usage = added(one for opinion in (*opinions.values(), server) for one in opinion.usage)
        return Heard(list(opinions.values()), server, usage)

    def _ask(self, jobs: Sequence[Job], opinions: dict[int, Opinion]) -> None:
        """Take each job's answer into its opinion, in the order of the votes, whoever answered first."""
        given = {job.slot: self.clerk.kept(job, self.model) for job in jobs}
        missing = [job for job in jobs if given[job.slot] is None]
        self._wanted += len(missing)
        self.sought, self.kept = self.sought + len(jobs), self.kept + len(jobs) - len(missing)

        def take(job: Job, answer: Given) -> None:
            given[job.slot] = answer
            self._count()

        self._fetch(missing, take)
        for job in sorted(jobs, key=lambda job: job.vote):
            answer = given[job.slot]
            if answer is not None:
                self._take(job, answer, opinions[job.place])

    def _fetch(self, jobs: Sequence[Job], take: Callable[[Job, Given], None]) -> None:
        if jobs and self._make and self.clerk.judge is None:
            self.clerk.judge = self._make()
        # One call alone writes the vendor's cache, which the others then read; it also finds out first whether the key is any good.
        alone = 1 if len(jobs) > self.concurrency else 0
        with _collecting():
            for some in (jobs[:alone], jobs[alone:]):
                Workers(self.clerk.answer, self.concurrency).run(some, take)

    def _take(self, job: Job, given: Given, opinion: Opinion) -> None:
        if given.entry is not None:
            opinion.usage.append(given.entry.usage)
        if given.entry is None or given.entry.answers is None:
            opinion.problem = opinion.problem or given.problem
            return
        vote = check(given.entry.answers, job.case, job.prompt.asked, self.merits, self.rules.limits)
        if vote.fooled:
            opinion.problem = FOOLED
        else:
            opinion.votes.append(vote)
