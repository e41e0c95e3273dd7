"""What there is to observe: a definition, and what was said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorer.models.tool import JsonObject

# The short names of dimensions in label files.
DIMENSIONS = {
    "purpose": "purpose_clarity",
    "usage": "usage_guidelines",
    "behavior": "behavioral_transparency",
    "parameters": "parameter_semantics",
    "conciseness": "conciseness_structure",
    "completeness": "contextual_completeness",
}
# Those that our judgements and the jury speak of.
JUDGED = ("purpose", "usage")
Kind = Literal["rating", "jury", "captured"]


class Entry(NamedTuple):
    """One definition, where it came from, and what was said of it.

    kind: a published rating, a jury's votes, or a captured server's tool without scores. key: of the rated text, "" to take
    the definition's input hash. siblings: names of the other tools, as far as known; beside: their definitions, likewise.
    published: scores 1-5 by dimension id; tdqs beside them. judged, jury: votes by dimension id.
    """

    kind: Kind
    server: str
    definition: JsonObject
    key: str = ""
    set: str = ""
    source: str = ""
    match: str = ""
    siblings: tuple[str, ...] = ()
    beside: tuple[JsonObject, ...] = ()
    published: Mapping[str, float] = {}
    tdqs: float | None = None
    judged: Mapping[str, tuple[float, ...]] = {}
    jury: Mapping[str, tuple[float, ...]] = {}
