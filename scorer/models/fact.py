"""A fact: a yes/no question about a definition, and the words that answer it."""

from __future__ import annotations

from typing import Literal

from scorer.models.base import model

Status = Literal["answered", "cannot-tell", "does-not-apply", "error"]
# The reason for "cannot-tell" where the description is in a language that the facts do not read.
OTHER_LANGUAGE = "the description is not in English"
Witness = Literal["heuristic", "judge"]


@model
class Place:
    """Where a quote stands.

    pointer: RFC 6901 pointer inside the tool definition ("/description"); "" for the whole definition.
    start, end: character offsets into the string at that pointer, None when the place is not inside a string.
    file, line, column: the place in a file, 1-based, None when unknown.
    """

    pointer: str = ""
    start: int | None = None
    end: int | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None


@model
class Fact:
    """The answer to one question of the rubric about one tool (or, for server facts, the set).

    holds: True, False, or None when `status` is not "answered" (then `reason` says why).
    quote: the verbatim words that answer it, None when there are none to show (most often for False).
    detail: what exactly was found, as one plain sentence, when the question alone does not say it.
    points: signed points that this answer gave to its dimension (0 unless it holds), in score units.
    """

    id: str
    dimension: str
    holds: bool | None
    status: Status = "answered"
    reason: str | None = None
    quote: str | None = None
    place: Place | None = None
    detail: str | None = None
    witness: Witness = "heuristic"
    points: float = 0.0
    tools: tuple[str, ...] = ()
