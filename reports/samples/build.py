"""Builds the sample reports and the README's pictures from the bookshop fixture: `python reports/samples/build.py`.

The screenshots of the page are taken anew when the page is another one, for which Chromium must be there. With `--check` it writes nothing and exits with 1 when a sample is stale.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import screenshots
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

from scorer import load, score
from scorer.outputs import badge, render

if TYPE_CHECKING:
    from scorer.models.card import Report

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
FIXTURE = "tests/fixtures/servers/bookshop.json"
DATE = "2026-11-21T12:00:00Z"
# How much of the text report the picture shows.
LINES = 44


def samples() -> dict[str, str]:
    """Every sample by its file name."""
    os.chdir(ROOT)  # the report says where the tools were read, as the user named it
    report = score(load(FIXTURE), generated_at=DATE)
    return {
        "bookshop.txt": render(report, "text"),
        "bookshop.json": render(report, "json"),
        "bookshop.md": render(report, "markdown"),
        "bookshop.html": render(report, "html"),
        "bookshop.svg": picture(report),
        "badge.svg": badge.svg(report),
        "badge.json": badge.endpoint(report),
    }


def picture(report: Report) -> str:
    """The first screen of the text report as a terminal in SVG, with no font fetched from anywhere."""
    lines = render(report, "text", color=True).splitlines()[:LINES]
    console = Console(record=True, width=82, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join(lines)))
    svg = console.export_svg(title=f"toolmark score {FIXTURE}", theme=SVG_EXPORT_THEME, unique_id="toolmark")
    start, end = svg.find("@font-face"), svg.rfind("}", 0, svg.find(".toolmark-matrix"))
    return svg[:start] + svg[end + 1 :] if start >= 0 else svg


def main() -> int:
    found = samples()
    stale = [name for name, text in found.items() if _kept(name) != text]
    stale += [] if screenshots.are_current(found["bookshop.html"]) else ["screenshots.json"]
    if "--check" in sys.argv[1:]:
        for name in stale:
            sys.stderr.write(f"reports/samples/{name} is stale: run python reports/samples/build.py\n")
        return 1 if stale else 0
    for name, text in found.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    if "screenshots.json" in stale:
        screenshots.take(FOLDER / "bookshop.html", found["bookshop.html"])
    return 0


def _kept(name: str) -> str | None:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
