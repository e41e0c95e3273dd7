"""What an expression of the source code is known to be, with the place where it stands; the same for every language."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from scorer.models.tool import FieldPlace, Mark, Unread
from scorer.sources.bounds import token

# Levels of a literal that are followed; real ones stay below 30.
MAX_DEPTH = 60
# Parts of one definition; the largest real ones have some thousands. What refers to itself twice would have more than fit anywhere.
MAX_PARTS = 50_000


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file: 1-based line and column of the first character (inside the quotes of a string), last line.

    verbatim: the file holds the text as it is, without escapes, joints or removed indentation. marks: where a text that is not goes on.
    """

    file: str
    line: int
    column: int
    end_line: int | None = None
    verbatim: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, a number, a truth value or nothing.

    doubt: what it depends on although this is what it is by default: a variable of the environment that nobody has to set.
    """

    value: str | float | bool | None
    spot: Spot
    doubt: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """An object literal or a dictionary: its values by key, in order. `partial` says why there may be more keys."""

    items: dict[str, Any]
    spot: Spot
    partial: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list. `maybe`: positions of the elements that are there only under a condition. `partial`: why there may be more."""

    items: list[Any]
    spot: Spot
    maybe: frozenset[int] = frozenset()
    partial: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that cannot be followed, in words that come after a field's name ("is computed by load()")."""

    reason: str
    spot: Spot


@dataclass
class Notes:
    """What is gathered while a value becomes JSON: where its parts stand, and which of them could not be read."""

    places: list[FieldPlace] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    parts: int = 0

    def full(self, pointer: str, spot: Spot | None) -> bool:
        """Count a part; True when there are too many, which is noted once."""
        self.parts += 1
        if self.parts == MAX_PARTS and spot:
            self.miss(pointer, Unknown("has too many parts", spot))
        return self.parts >= MAX_PARTS

    def place(self, pointer: str, spot: Spot) -> None:
        """Remember where the value at this pointer stands."""
        self.places.append(
            FieldPlace(pointer, spot.file, spot.line, spot.column, spot.end_line, spot.verbatim, spot.marks)
        )

    def miss(self, pointer: str, gap: Unknown, name: str = "") -> None:
        """Remember that the value at this pointer is unknown. name: what to call it, else the pointer's last part."""
        what = name or pointer.rsplit("/", 1)[-1] or "the definition"
        self.unread.append(Unread(pointer, f"{what} {gap.reason}", gap.spot.file, gap.spot.line))


# Stands in a JSON value for a part that could not be read, until the part is left out.
GAP: Any = object()


def to_json(value: Any, pointer: str, notes: Notes, depth: int = 0) -> Any:
    """The value as plain JSON; parts that are unknown are left out and noted. `GAP` when all of it is unknown."""
    if notes.full(pointer, getattr(value, "spot", None)):
        return GAP
    if isinstance(value, Scalar):
        notes.place(pointer, value.spot)
        if value.doubt:
            notes.miss(pointer, value.doubt)
        return value.value
    if isinstance(value, Table | Items) and depth < MAX_DEPTH:
        if value.partial:
            notes.miss(pointer, value.partial)
        if isinstance(value, Table):
            return _object(value, pointer, notes, depth)
        parts = (to_json(item, f"{pointer}/{index}", notes, depth + 1) for index, item in enumerate(value.items))
        return [part for part in parts if part is not GAP]
    if isinstance(value, Unknown):
        notes.miss(pointer, value)
    elif hasattr(value, "spot"):
        notes.miss(pointer, Unknown("is not a literal", value.spot))
    return GAP


def _object(value: Table, pointer: str, notes: Notes, depth: int) -> dict[str, Any]:
    notes.place(pointer, value.spot)
    found = {key: to_json(item, f"{pointer}/{token(key)}", notes, depth + 1) for key, item in value.items.items()}
    return {key: item for key, item in found.items() if item is not GAP}


def doubtful(value: Any, doubt: Unknown | None) -> Any:
    """A value that may be another: still shown, but not known."""
    if doubt is None:
        return value
    if isinstance(value, Scalar):
        return replace(value, doubt=doubt)
    return replace(value, partial=doubt) if isinstance(value, Table | Items) else value


def doubt_of(*values: Any) -> Unknown | None:
    """What the first doubtful one of the values depends on."""
    return next((value.doubt for value in values if isinstance(value, Scalar) and value.doubt), None)
