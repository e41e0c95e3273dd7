"""A finished report and the files and streams that it goes to."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from scorer.cli import console, rooted, writing
from scorer.cli.options import Color
from scorer.models.card import SCHEMA_VERSION, Report, Reports
from scorer.outputs import render

if TYPE_CHECKING:
    from collections.abc import Sequence

# Wider lines are harder to read; narrower tables would lose their columns.
_NARROWEST, _WIDEST, _USUAL = 60, 120, 80


def joined(reports: Sequence[Report]) -> Report | Reports:
    """One server's report as it is, several in one document."""
    return reports[0] if len(reports) == 1 else Reports(SCHEMA_VERSION, tuple(reports))


def publish(report: Report | Reports, targets: Sequence[writing.Target], color: Color) -> None:
    """Write every target: files first, so that they are there even if nobody reads stdout to its end."""
    for target in sorted(targets, key=lambda target: target.path is None):
        placed = rooted.rooted(report) if target.format in rooted.FORMATS else report
        text = render(placed, target.format, color=coloured(color, target), width=columns(target))
        if target.path is None:
            writing.write_stdout(text)
        else:
            writing.write_file(target.path, text)


def coloured(color: Color, target: writing.Target) -> bool:
    """Whether this target gets terminal colours: --color first, then NO_COLOR, FORCE_COLOR, and whether it is a terminal."""
    if target.format != "text" or color is not Color.auto:
        return target.format == "text" and color is Color.always
    if target.path is not None or os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or _is_terminal()


def columns(target: writing.Target) -> int:
    """The terminal's columns within reason; for a pipe or a file 80, the same everywhere, unless COLUMNS says otherwise."""
    if (target.path is not None or not _is_terminal()) and not os.environ.get("COLUMNS"):
        return _USUAL
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((_USUAL, 24)).columns))


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def tell_written(targets: Sequence[writing.Target]) -> None:
    """Say which files were written."""
    files = [str(target.path) for target in targets if target.path is not None]
    if files:
        console.say(f"Wrote {', '.join(files)}")
