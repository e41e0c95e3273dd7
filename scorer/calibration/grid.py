"""Tables as text: aligned columns for a terminal, or Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Grid(NamedTuple):
    """A table. header: its columns, the first of them words, the others numbers; note: a line below it."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""


def as_text(grids: Sequence[Grid]) -> str:
    """The tables, aligned."""
    return "\n".join("\n".join(_lines(grid)) + "\n" for grid in grids if grid.rows)


def _lines(grid: Grid) -> list[str]:
    widths = [max(len(row[at]) for row in (grid.header, *grid.rows)) for at in range(len(grid.header))]
    lines = [_aligned(row, widths) for row in (grid.header, *grid.rows)]
    return [*([grid.title, ""] if grid.title else []), *lines, *([f"({grid.note})"] if grid.note else [])]


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell.rjust(width) if at else cell.ljust(width) for at, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def as_markdown(grids: Sequence[Grid], level: int = 2) -> str:
    """The tables as Markdown, each under a heading."""
    return "\n".join("\n".join(_marked(grid, level)) + "\n" for grid in grids if grid.rows)


def _marked(grid: Grid, level: int) -> list[str]:
    title = ["#" * level + f" {grid.title}", ""] if grid.title else []
    rule = "|" + "|".join("---" if not at else "--:" for at in range(len(grid.header))) + "|"
    rows = ["| " + " | ".join(row) + " |" for row in (grid.header, *grid.rows)]
    return [*title, rows[0], rule, *rows[1:], *(["", grid.note] if grid.note else [])]


def number(value: float | None, digits: int = 2, *, sign: bool = False) -> str:
    """A figure, "-" for an unknown one."""
    if value is None:
        return "-"
    text = f"{value:{'+' if sign else ''}.{digits}f}"
    return text.lstrip("+-") if not float(text) else text


def percent(share: float | None) -> str:
    """A share (0-1) in percent."""
    return "-" if share is None else f"{100 * share:.0f}%"
