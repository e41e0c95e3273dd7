"""The lines of the source that a card's fixes change, as they are now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorer.models.tool import Reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.card import Fix, ToolCard
    from scorer.models.fact import Place

# A text of up to so many lines is shown whole; of a longer one the line before the place, and so many from there on.
_WHOLE, _FROM = 8, 4


def with_lines(card: ToolCard, texts: Sequence[Reference]) -> ToolCard:
    """The card whose fixes say where in `implementation` the lines stand that they change. texts: the lines of the tool's fields."""
    shown = list(card.implementation)
    fixes = tuple(_pointing(fix, texts, shown) for fix in card.fixes)
    return replace(card, fixes=fixes, implementation=tuple(shown))


def _pointing(fix: Fix, texts: Sequence[Reference], shown: list[Reference]) -> Fix:
    lines = _at(fix.place, texts) if fix.place else None
    if lines is None:
        return fix
    position = next((index for index, one in enumerate(shown) if _same(one, lines)), len(shown))
    if position == len(shown):
        shown.append(lines)
    return replace(fix, lines=position)


def _same(one: Reference, other: Reference) -> bool:
    """Whether the same lines stand there already: as another part's, or as the schema's, which hold the parameters."""
    if not (one.pointer or one.role == "schema"):
        return False
    return (one.file, one.line, one.end_line) == (other.file, other.line, other.end_line)


def _at(place: Place, texts: Sequence[Reference]) -> Reference | None:
    pointer = place.pointer
    while pointer:
        for text in texts:
            if text.pointer == pointer and text.file == place.file and text.line <= (place.line or 0) <= text.end_line:
                return _window(text, place.line or text.line)
        pointer = pointer.rpartition("/")[0]
    return None


def _window(text: Reference, line: int) -> Reference:
    """The lines of a text around one of them."""
    rows = text.code.split("\n")
    if len(rows) <= _WHOLE:
        return text
    first = max(line - 1, text.line)
    last = min(line + _FROM, text.end_line)
    code = "\n".join(rows[first - text.line : last - text.line + 1])
    return Reference(text.role, text.file, first, last, code, text.pointer)
