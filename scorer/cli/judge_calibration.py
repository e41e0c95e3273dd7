"""`toolmark calibrate judge`: how far a model's judgements agree with labels, and what its raw scores must be corrected by."""
# ruff: noqa: PLC0415 - what a help text does not need is imported late

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from scorer.cli import judged, writing
from scorer.cli.calibrating import needs_extra
from scorer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scorer.calibration.entry import Entry
    from scorer.calibration.grid import Grid
    from scorer.judge.panel import Panel
    from scorer.judging import Brought
    from scorer.models.card import ToolCard


class Labelled(NamedTuple):
    """A rated definition and its two cards: by the heuristics alone, and by both witnesses."""

    entry: Entry
    alone: ToolCard
    both: ToolCard


def measured(labels: Path, wanted: judged.Wanted) -> dict[str, Any]:
    """The agreement of the heuristics, and of both witnesses, with the published scores of LABELS. Raises ToolmarkError."""
    from scorer.calibration.labels import read_entries

    needs_extra()
    entries = [entry for entry in read_entries(labels) if entry.kind == "rating" and entry.published]
    if not entries:
        raise UsageError(f"{labels} holds no published scores", "Name a file such as tools.jsonl.")
    with judged.working([], wanted, corrected=False) as panel:
        rows = _heard(panel, entries)
        return _document(panel, rows)


def _heard(panel: Panel, entries: Sequence[Entry]) -> list[Labelled]:
    from scorer.catalog import load_rubric
    from scorer.facts import examine
    from scorer.judging import Hearing
    from scorer.scorecard import grade_tool

    kept, brought = _brought(entries)
    rubric = load_rubric()
    hearing = Hearing(panel, rubric, brought, whole=False)
    rows = []
    for place, entry in enumerate(kept):
        tool, signals = brought.tools[place], brought.signals[place]
        facts = examine(tool, signals, brought.siblings[place])
        both = hearing.card(place, tool, signals, facts)
        if both.judge is not None and both.judge.status == "judged":
            rows.append(Labelled(entry, grade_tool(tool, signals, facts, rubric), both))
    return rows


def _brought(entries: Sequence[Entry]) -> tuple[list[Entry], Brought]:
    from scorer.judging import Brought
    from scorer.models.signals import Siblings
    from scorer.signals import measure
    from scorer.sources.definitions import read_tools

    kept, tools, signals, siblings = [], [], [], []
    for entry in entries:
        read, _ = read_tools([entry.definition])
        if read:
            kept.append(entry)
            tools.append(read[0])
            signals.append(measure(read[0]))
            siblings.append(Siblings(names=frozenset((*entry.siblings, read[0].name))))
    return kept, Brought(tools, signals, siblings)


def _document(panel: Panel, rows: Sequence[Labelled]) -> dict[str, Any]:
    found = {key: _dimension(key, rows) for key in panel.tool.dimensions} if rows else {}
    return {
        "model": panel.model,
        "prompt": panel.tool.template_digest[:16],
        "rubric": panel.tool.rubric_digest[:16],
        "judged": len(rows),
        "dimensions": {key: value for key, value in found.items() if value},
    }


def _dimension(key: str, rows: Sequence[Labelled]) -> dict[str, Any]:
    from scorer.calibration.witnesses import Rated, witness_figures

    rated = [
        Rated(row.entry.server, row.entry.published[key], alone, both, row.both.justifications[key].raw or 1.0)
        for row in rows
        if key in row.entry.published and (both := row.both.scores.get(key)) and (alone := row.alone.scores.get(key))
    ]
    return witness_figures(rated) if rated else {}


def shown(document: dict[str, Any], format: str) -> str:  # noqa: A002 - the option's name
    """The figures as text, JSON or Markdown."""
    from scorer.calibration.grid import as_markdown, as_text

    if format == "json":
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    grids = [_grid(document)]
    return as_markdown(grids) if format == "markdown" else as_text(grids)


def _grid(document: dict[str, Any]) -> Grid:
    from scorer.calibration.grid import Grid, number

    rows = [
        (
            key,
            str(one["both"]["n"]),
            *(number(one[who]["mae"]) for who in ("heuristics", "both")),
            *(number(one[who]["kappa"]) for who in ("heuristics", "both")),
            number(one["both"]["bias"], sign=True),
            number(one["correction"], 1, sign=True),
        )
        for key, one in document["dimensions"].items()
    ]
    header = (
        "Dimension",
        "Ratings",
        "MAE alone",
        "MAE with judge",
        "Kappa alone",
        "Kappa with judge",
        "Bias",
        "Correction",
    )
    note = f"{document['judged']} definitions judged by {document['model']}; bias is score minus label; the correction is added to the raw score"
    return Grid("Agreement with published scores", header, rows, note)


def written(document: dict[str, Any], folder: Path) -> str:
    """Put the corrections into the folder's judge/models.yaml; the file. Raises UsageError for a model that has no line there."""
    path = folder / "judge" / "models.yaml"
    text = path.read_text(encoding="utf-8")
    parts = ", ".join(
        f"{key}: {one['correction']:.1f}" for key, one in document["dimensions"].items() if one["correction"]
    )
    line = re.compile(rf"^({re.escape(document['model'])}: {{.*correction: ){{[^}}]*}}", re.MULTILINE)
    if not line.search(text):
        raise UsageError(
            f"{path} has no price for {document['model']}", "Add a line for it, like those that are there."
        )
    writing.write_file(path, line.sub(lambda match: f"{match[1]}{{{parts}}}", text))
    return str(path)
