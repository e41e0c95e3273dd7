"""A selection handed in by batch, within a budget that no answer can break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.judge.cost import worst

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.judge.asking import Job
    from scorer.judge.batch import BatchRun, Taken
    from scorer.judge.panel import Panel


class Waves:
    """Batches one after another: each holds what the rest of the budget pays even if every answer is as long as allowed."""

    def __init__(self, panel: Panel, run: BatchRun, jobs: Sequence[Job], budget: float | None = None) -> None:
        """budget: dollars for all of the jobs, the answers that are kept already included; None for no bound."""
        self._panel, self._run, self._budget = panel, run, budget
        # Tools that are word for word the same, with the same siblings, share their answer.
        self._jobs = list({job.prompt.key(panel.model, job.case, job.vote): job for job in jobs}.values())

    def work(self, *, wait: bool = True) -> Taken:
        """Take what is ready, and hand in what is missing and affordable, until nothing is. Raises JudgeError."""
        taken = self._run.run([], wait=wait)
        untried = self._jobs
        while wave := self._affordable(untried, taken):
            taken = self._run.run(wave, wait=wait)
            handed_in = set(map(id, wave))
            untried = [job for job in untried if id(job) not in handed_in] if wait else []
        return taken

    def _affordable(self, untried: Sequence[Job], taken: Taken) -> list[Job]:
        missing = self._run.missing(untried)
        if self._budget is None:
            return missing
        left = self._budget - self._spoken_for() - taken.wasted
        wave: list[Job] = []
        for job in missing:
            left -= self._worst(job)
            if left < 0:
                break
            wave.append(job)
        return wave

    def _spoken_for(self) -> float:
        """Dollars that kept answers cost, and that those under way may cost."""
        given = [self._panel.clerk.kept(job, self._panel.model) for job in self._jobs]
        paid = sum((answer.entry.usage.dollars or 0.0) for answer in given if answer and answer.entry)
        elsewhere = set(map(id, self._run.missing(self._jobs)))
        under_way = [job for job in self._panel.missing(self._jobs) if id(job) not in elsewhere]
        return paid + sum(map(self._worst, under_way))

    def _worst(self, job: Job) -> float:
        request = job.prompt.request(self._panel.model, job.case, job.vote)
        return worst(request, self._panel.price, self._panel.rules.limits, batch=True) or 0.0
