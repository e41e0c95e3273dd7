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

    Move = Callable[[str], str]

# Formats that a host reads beside the repository's files.
FORMATS = frozenset({"sarif", "github", "junit", "gitlab"})


def rooted(document: Report | Reports) -> Report | Reports:
    """The document with every file relative to the repository around the working folder; as it is outside of one."""
    here = Path.cwd()
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    known: dict[str, str] = {}

    def move(file: str) -> str:
        if file not in known:
            known[file] = _relative(file, root)
        return known[file]

    if isinstance(document, Reports):
        return replace(document, servers=tuple(_report(one, move) for one in document.servers))
    return _report(document, move)


def _relative(file: str, root: Path) -> str:
    inside = os.path.relpath(Path(file).absolute(), root)
    return file if inside.startswith("..") else Path(inside).as_posix()


def _report(report: Report, move: Move) -> Report:
    gate = report.gate
    if gate:
        findings = tuple(replace(one, place=_place(one.place, move)) for one in gate.findings)
        gate = replace(gate, findings=findings)
    return replace(report, tools=tuple(_card(card, move) for card in report.tools), gate=gate)


def _card(card: ToolCard, move: Move) -> ToolCard:
    return replace(
        card,
        fixes=tuple(replace(fix, place=_place(fix.place, move)) for fix in card.fixes),
        implementation=tuple(replace(part, file=move(part.file)) for part in card.implementation),
    )


def _place(place: Place | None, move: Move) -> Place | None:
    return replace(place, file=move(place.file)) if place and place.file else place
