"""What `toolmark corpus judge` does: the price told, the batches run, the results and their summary written."""
# ruff: noqa: PLC0415 - `--help` needs none of it

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.cli import console, judged, writing
from scorer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scorer.corpus.judged.run import Prepared
    from scorer.judge.panel import Panel
    from scorer.models.corpus_judgement import Selection


class Wanted(NamedTuple):
    """What was asked for. ask: False to use kept answers alone."""

    results: str
    selection: Selection
    source: str | None
    to: str | None
    labels: Path | None
    json: Path | None
    budget: float | None
    wait: bool
    ask: bool
    dry_run: bool
    quiet: bool


def judge_corpus(wanted: Wanted, how: judged.Wanted) -> None:
    """Judge a selection, or say what that would cost. Raises ToolmarkError."""
    from scorer.corpus.judged.run import claim, prepare

    with judged.working([], how, batch=True) as panel:
        _say(wanted, "Choosing tools and reading their definitions")
        prepared = prepare(wanted.results, wanted.selection, panel, wanted.source)
        if wanted.dry_run:
            writing.write_stdout("\n".join(_estimated(prepared, panel)))
            return
        if wanted.budget is not None and wanted.ask:
            _check_budget(prepared, panel, wanted.budget)
        store = claim(
            wanted.results, wanted.to or f"{wanted.results.rstrip('/')}/judged", wanted.selection, panel.model
        )
        waiting = _ask(prepared, panel, wanted, how) if wanted.ask else 0
        if waiting:
            console.say(f"{waiting:,} answers are under way; the same command takes them.")
            return
        _write(prepared, panel, wanted, store.address)


def _say(wanted: Wanted, text: str) -> None:
    if not wanted.quiet:
        console.say(text)


def _ask(prepared: Prepared, panel: Panel, wanted: Wanted, how: judged.Wanted) -> int:
    """Run the batches; the answers that are still under way."""
    from scorer.cli.judge import batch_run, told
    from scorer.corpus.judged.waves import Waves

    if not panel.missing(prepared.jobs):
        return 0
    with batch_run(panel, how._replace(quiet=wanted.quiet)) as run:
        taken = Waves(panel, run, prepared.jobs, wanted.budget).work(wait=wanted.wait)
    _say(wanted, told(taken))
    left = len(panel.missing(prepared.jobs)) - taken.waiting
    if left > 0 and wanted.budget is not None and not sum(taken.without.values()):
        _say(wanted, f"The budget of ${wanted.budget:g} leaves {left:,} tools to the heuristics alone.")
    return taken.waiting


def _write(prepared: Prepared, panel: Panel, wanted: Wanted, target: str) -> None:
    from scorer.corpus.judged.run import labels, write
    from scorer.corpus.store import open_store
    from scorer.outputs import corpus_judgement

    store = open_store(target)
    found = write(prepared, wanted.selection, panel, store)
    writing.write_stdout(corpus_judgement.render(found))
    if wanted.json:
        writing.write_file(wanted.json, corpus_judgement.render_json(found))
    if wanted.labels:
        lines = list(labels(prepared, store))
        writing.write_file(wanted.labels, "".join(lines))
        _say(
            wanted,
            f"Wrote {len(lines):,} labels to {wanted.labels}; read them with: toolmark calibrate agreement {wanted.labels}",
        )


def _estimated(prepared: Prepared, panel: Panel) -> Iterator[str]:
    missing = panel.missing(prepared.jobs)
    found = panel.estimate(missing, batch=True)
    tools = len(prepared.jobs)
    yield f"Chosen: {tools:,} tools of {len(prepared.dockets):,} servers{_reasons(prepared)}."
    yield f"Model {panel.model}, by batch: {found.calls:,} calls; answers that are kept already cost nothing."
    if prepared.unfit:
        yield f"Not to be judged: {len(prepared.unfit):,}, of which the first because {prepared.unfit[0]}."
    yield from judged.token_lines(found)
    most = _most(prepared, panel)
    yield f"Cost: {judged.cost_of(found)}{'' if most is None else f'; at most ${most:.4f}, were every answer as long as allowed'}."


def _reasons(prepared: Prepared) -> str:
    from collections import Counter

    counts = Counter(why for docket in prepared.dockets for one in docket.chosen for why in one.why)
    return f" ({', '.join(f'{name} {count:,}' for name, count in counts.items())})"


def _most(prepared: Prepared, panel: Panel) -> float | None:
    from scorer.judge.cost import worst

    requests = (job.prompt.request(panel.model, job.case, job.vote) for job in panel.missing(prepared.jobs))
    costs = [worst(request, panel.price, panel.rules.limits, batch=True) for request in requests]
    return None if None in costs else sum(cost for cost in costs if cost is not None)


def _check_budget(prepared: Prepared, panel: Panel, budget: float) -> None:
    """A run that would hardly begin within its budget is not begun. Raises UsageError."""
    found = panel.estimate(panel.missing(prepared.jobs), batch=True)
    if found.dollars is None:
        raise UsageError(
            f"the price of {panel.model} is not known, so --budget cannot be kept",
            "Leave it out, or choose another model.",
        )
    if found.dollars > budget:
        raise UsageError(
            f"judging costs about ${found.dollars:.4f}, more than --budget {budget:g}",
            "Raise it, or choose fewer tools; answers that are kept cost nothing.",
        )
