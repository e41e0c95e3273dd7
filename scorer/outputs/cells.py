"""Text in terminal columns: cut, padded, wrapped and coloured; wide characters count as two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil
from typing import NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size

Paint = Callable[[str, str], str]


class Page(NamedTuple):
    """Where text goes: its width in columns, and what colours it."""

    width: int
    paint: Paint


def painter(*, color: bool) -> Paint:
    """A function (text, rich style) -> the text between terminal codes, or the text alone without colour."""
    if not color:
        return lambda text, _style: text
    from rich.style import Style  # noqa: PLC0415 - only with colour

    return lambda text, style: Style.parse(style).render(text) if style else text


def cut(text: str, width: int) -> str:
    """At most `width` columns, an ellipsis at the end if something was cut."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def cut_middle(text: str, width: int) -> str:
    """At most `width` columns, cut in the middle: names of one family differ at their ends."""
    if cell_len(text) <= width:
        return text
    head, tail = ceil((width - 1) / 2), (width - 1) // 2
    return set_cell_size(text, head).rstrip() + "…" + set_cell_size(text[::-1], tail)[::-1].lstrip()


def padded(text: str, width: int) -> str:
    """Exactly `width` columns; a longer text is cut in the middle."""
    return set_cell_size(cut_middle(text, width), width)


def wrapped(text: str, width: int, lines: int) -> list[str]:
    """The text in at most `lines` lines of at most `width` columns, broken at spaces; only a word longer than a line is broken."""
    rows: list[str] = []
    for word in _pieces(text, width):
        if rows and cell_len(rows[-1]) + 1 + cell_len(word) <= width:
            rows[-1] += " " + word
        elif len(rows) == lines:
            rows[-1] = cut(rows[-1] + " " + word, width)
            break
        else:
            rows.append(word)
    return rows


def _pieces(text: str, width: int) -> Iterator[str]:
    for word in text.split(" "):
        yield from chop_cells(word, width) if cell_len(word) > width else [word]
