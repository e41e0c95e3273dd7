"""The description cut into pieces where quoted evidence begins and ends."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scorer.outputs.escape import clipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorer.models.fact import Fact
    from scorer.outputs.page.glossary import Glossary

_LONGEST = 20_000
_MARKS = 200
_TOLD = 6
_WORST_FIRST = ("defect", "merit", "note")

Span = tuple[int, int, "Fact"]


class Piece(NamedTuple):
    """A stretch of a description.

    kind: "" where no fact stands, else merit, defect or note, as the strongest fact is. facts: numbers of the six strongest facts that quote it.
    dims: the positions of their dimensions; sign: what stands in the margin (`Pur +1.9`), "" but for the last piece of a quote.
    """

    text: str
    kind: str = ""
    facts: tuple[int, ...] = ()
    dims: tuple[int, ...] = ()
    sign: str = ""


def marked(text: str, facts: Iterable[Fact], glossary: Glossary) -> list[Piece]:
    """The text cut where quotes begin and end, so that overlapping quotes nest in no way that HTML cannot say."""
    spans = [(start, end, fact) for fact in facts for start, end in _spans(fact, text)][:_MARKS]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    pieces = [_piece(text[start:end], end, _over(spans, start, end), glossary) for start, end in pairwise(edges)]
    return _bounded(pieces)


def _spans(fact: Fact, text: str) -> Iterator[tuple[int, int]]:
    """Where the fact's quote stands in the description, if the description really has it there."""
    place = fact.place
    if fact.holds and fact.quote and place and place.pointer == "/description" and place.start is not None:
        end = place.start + len(fact.quote)
        if place.start >= 0 and text[place.start : end] == fact.quote:
            yield place.start, end


def _over(spans: list[Span], start: int, end: int) -> list[Span]:
    over = [span for span in spans if span[0] <= start and end <= span[1]]
    return sorted(over, key=lambda span: -abs(span[2].points))


def _piece(text: str, end: int, over: list[Span], glossary: Glossary) -> Piece:
    facts = [fact for _, _, fact in over]
    strongest = [glossary.kind(fact.id) for fact in facts if abs(fact.points) == abs(facts[0].points)]
    dims = dict.fromkeys(glossary.order.get(fact.dimension, 0) for fact in facts)
    return Piece(
        text,
        next((kind for kind in _WORST_FIRST if kind in strongest), ""),
        tuple(dict.fromkeys(number for fact in facts if (number := glossary.number(fact.id))))[:_TOLD],
        tuple(dims),
        _sign([fact for _, last, fact in over if last == end], glossary),
    )


def _sign(ending: list[Fact], glossary: Glossary) -> str:
    """The dimensions whose quotes end here, so that colour is never the only sign: `Pur Usa`."""
    codes = dict.fromkeys(glossary.code(fact.dimension) for fact in ending)
    return " ".join(code for code in codes if code)


def _bounded(pieces: list[Piece]) -> list[Piece]:
    room, kept = _LONGEST, list[Piece]()
    for piece in pieces:
        if room <= 0:
            break
        kept.append(piece._replace(text=clipped(piece.text, room)))
        room -= len(piece.text)
    return kept
