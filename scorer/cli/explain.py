"""`toolmark explain`."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import options, reporting, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.rubric import DimensionRubric


def _complete(incomplete: str) -> list[str]:
    return [line.split()[0] for line in _index() if line.strip().startswith(incomplete)]


Id = Annotated[
    str | None,
    typer.Argument(
        metavar="ID",
        help="A dimension, a fact, a rule of the gate (gate/max-drop), or a word of risk (poisoning, Destructive, high); without one, all are listed.",
        autocompletion=_complete,
        show_default=False,
    ),
]
Raw = Annotated[bool, typer.Option("--markdown", metavar="", help="Print the page as Markdown.")]


def explain(
    identifier: Id = None,
    *,
    markdown: Raw = False,
    color: options.ColorOption = options.Color.auto,
) -> None:
    """Explain what a report says: a dimension or a fact with its question, reason, remedy and points; a rule of the gate; a word of risk.

    - `toolmark explain usage/says-when`
    - `toolmark explain gate/max-drop`
    - `toolmark explain poisoning`
    """
    if identifier is None:
        writing.write_stdout("\n".join(_index()))
        return
    from scorer.catalog import page  # noqa: PLC0415 - YAML, not for `--help`
    from scorer.cli.gate_pages import gate_index, gate_pages  # noqa: PLC0415 - likewise

    text = page(identifier, gate_pages(identifier), [name for name, _ in gate_index()])
    writing.write_stdout(text if markdown else _laid_out(text, color))


def _index() -> Iterator[str]:
    """A line for every dimension and every fact, for the gate's rules and for the words of risk."""
    from scorer.catalog import load_risk_rules, load_rubric, risk_index  # noqa: PLC0415 - likewise
    from scorer.cli.gate_pages import gate_index  # noqa: PLC0415 - likewise

    rubric = load_rubric()
    dimensions = (*rubric.tool, *rubric.server)
    gate, ((head, about), *words) = list(gate_index()), risk_index(load_risk_rules())
    ids = [*(rule.id for dimension in dimensions for rule in dimension.facts), *(name for name, _ in (*gate, *words))]
    width = max(map(len, ids)) + 4
    for dimension in dimensions:
        yield from _lines(dimension, width)
    yield f"{'gate':{width}}Why a run failed: a score below its threshold, a drop, a risk; ids of facts stand above."
    yield from (f"  {name:{width - 2}}{says}" for name, says in gate)
    yield f"{head:{width}}{about}"
    yield from (f"  {name:{width - 2}}{says}" for name, says in words)


def _lines(dimension: DimensionRubric, width: int) -> Iterator[str]:
    yield f"{dimension.id:{width}}{dimension.question}"
    for rule in dimension.facts:
        yield f"  {rule.id:{width - 2}}{rule.question}"


def _laid_out(text: str, color: options.Color) -> str:
    """The Markdown page for a terminal, at most 100 columns wide."""
    from rich.console import Console  # noqa: PLC0415 - slow, and only here
    from rich.markdown import Markdown  # noqa: PLC0415 - likewise

    stdout = writing.Target("text", None)
    coloured = reporting.coloured(color, stdout)
    console = Console(
        file=sys.stdout,
        width=min(100, reporting.columns(stdout)),
        force_terminal=coloured,
        no_color=not coloured,
        highlight=False,
    )
    with console.capture() as captured:
        console.print(Markdown(text, code_theme="bw"))
    # Rich fills every line to the full width.
    lines = "\n".join(line.rstrip() for line in captured.get().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")
