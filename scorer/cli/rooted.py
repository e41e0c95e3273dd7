"""Paths as the repository's hosts know them: relative to its root, wherever in it the command was run."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scorer.models.card import Report, Reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorer.models.card import ToolCard
    from scorer.models.fact import Place

    Move = Callable[[Place | None], Place | None]

# Formats that a host reads beside the repository's files.
FORMATS = frozenset({"sarif", "github", "junit", "gitlab"})


def rooted(document: Report | Reports) -> Report | Reports:
    """The document with every file relative to the repository around the working folder; as it is outside of one."""
    here = Path.cwd()
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    known: dict[str, str] = {}

    def move(place: Place | None) -> Place | None:
        if place is None or not place.file:
            return place
        if place.file not in known:
            known[place.file] = _relative(place.file, root)
        return replace(place, file=known[place.file])

    if isinstance(document, Reports):
        return replace(document, servers=tuple(_report(one, move) for one in document.servers))
    return _report(document, move)


def _relative(file: str, root: Path) -> str:
    inside = os.path.relpath(Path(file).absolute(), root)
    return file if inside.startswith("..") else Path(inside).as_posix()


def _report(report: Report, move: Move) -> Report:
    gate = report.gate
    if gate:
        gate = replace(gate, findings=tuple(replace(one, place=move(one.place)) for one in gate.findings))
    return replace(report, tools=tuple(_card(card, move) for card in report.tools), gate=gate)


def _card(card: ToolCard, move: Move) -> ToolCard:
    return replace(card, fixes=tuple(replace(fix, place=move(fix.place)) for fix in card.fixes))
