"""How far a run over a corpus is: a bar with rate and time left, on a terminal only."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from scorer.cli import console

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.progress import Progress

    from scorer.corpus.part import Done
    from scorer.corpus.plan import Part, Plan
    from scorer.corpus.run import Watch


@contextmanager
def progress_of(*, quiet: bool) -> Iterator[Watch | None]:
    """The watch of a run; None when nobody wants to see it."""
    if quiet:
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - slow, and only here
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - likewise

    columns = ("{task.description}", BarColumn(), TextColumn("{task.fields[said]}"), TimeRemainingColumn(compact=True))
    stderr = Console(stderr=True)
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as progress:
        yield _Bar(progress)


class _Bar:
    """Weight is known for every part and tools only for those that are done, so the bar runs on weight and the rate counts tools."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.task = progress.add_task("Looking through the input", total=None, said="")
        self.tools = self.copied = 0

    def note(self, line: str) -> None:
        console.say(line)
        self.progress.update(self.task, description=line)

    def planning(self, read: int, size: int) -> None:
        self.progress.update(self.task, description="Looking through the input", completed=read, total=size)

    def planned(self, plan: Plan, left: Sequence[Part]) -> None:
        if len(left) < len(plan.parts):
            console.say(f"Going on: {len(plan.parts) - len(left):,} of {len(plan.parts):,} parts are there already.")
        total = sum(part.weight for part in left)
        self.progress.reset(self.task, description="Scoring", total=total, completed=0, said="")

    def scored(self, done: Done) -> None:
        self.tools += done.tools
        self.copied += done.copied
        elapsed = self.progress.tasks[0].elapsed or 0
        rate = f", {self.tools / elapsed:,.0f}/s" if elapsed else ""
        self.progress.update(self.task, advance=done.weight, said=f"{self.tools:,} tools{rate}")
