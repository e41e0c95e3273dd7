"""Every question once on the page, so that a card may name it in a word and link to what it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scorer.models.card import DimensionText, FactText, Legend

_KINDS = {"merit", "defect"}


class Topic(NamedTuple):
    """A dimension with its questions and their numbers; code is its short sign in the margin of a text (`Pur`)."""

    dim: DimensionText
    code: str
    number: int
    entries: list[tuple[int, FactText]]


class Glossary:
    """The words of one legend, numbered: `anchor("usage/says-when")` is `q31`, the id of its entry."""

    def __init__(self, legend: Legend, position: int = 1) -> None:
        self.legend = legend
        self.prefix = "q" if position == 1 else f"q{position}-"
        self.numbers = {name: number for number, name in enumerate(legend.facts, 1)}
        self.order = {dim.id: index for index, dim in enumerate(legend.dimensions)}

    def number(self, fact: str) -> int | None:
        """The fact's number, None for one that the legend lacks."""
        return self.numbers.get(fact)

    def anchor(self, fact: str) -> str:
        """The id of the fact's entry, "" for one that the legend lacks."""
        number = self.numbers.get(fact)
        return f"{self.prefix}{number}" if number else ""

    def kind(self, fact: str) -> str:
        """merit, defect or note; what the legend lacks is a note."""
        known = self.legend.facts.get(fact)
        return known.kind if known and known.kind in _KINDS else "note"

    def question(self, fact: str) -> str:
        """The fact as a question, its id where the legend lacks it."""
        known = self.legend.facts.get(fact)
        return known.question if known else fact

    def code(self, dimension: str) -> str:
        """The first letters of a dimension's label, which tell the six apart."""
        return next((dim.label[:3] for dim in self.legend.dimensions if dim.id == dimension), "")

    def topics(self) -> list[Topic]:
        """Dimensions of the tool, then of the server, each with its questions."""
        dims = (*self.legend.dimensions, *self.legend.server_dimensions)
        return [
            Topic(dim, dim.label[:3], index, [(self.numbers[f.id], f) for f in self.legend.facts.values() if f.dimension == dim.id])
            for index, dim in enumerate(dims)
        ]  # fmt: skip


def short(fact: str) -> str:
    """`says-when` of `usage/says-when`: inside its dimension the prefix says nothing new."""
    return fact.rpartition("/")[2] or fact
