"""What changed since an earlier report or baseline."""

from __future__ import annotations

from typing import Literal

from scorer.models.base import model

Change = Literal["added", "removed", "renamed", "changed", "unchanged"]


@model
class DimensionChange:
    """One dimension that moved: the scores before and after (None where there was none), and the ids of the facts that began or ceased to hold."""

    dimension: str
    before: int | None
    after: int | None
    began: tuple[str, ...] = ()
    ceased: tuple[str, ...] = ()


@model
class ToolChange:
    """One tool beside what it was.

    change: `changed` when its definition differs, `renamed` when also its name (then `was` is the old one). The scores of an `unchanged`
    tool may differ too, when its siblings or the rubric did.
    tdqs_before, tier_before, tokens_before: None for an added tool; the three after: None for a removed one.
    severity_before: of its risk then, None where that is not known.
    dimensions: those that moved; which facts did is known only where the earlier document holds them.
    """

    name: str
    change: Change
    was: str | None = None
    tdqs_before: float | None = None
    tdqs_after: float | None = None
    tier_before: str | None = None
    tier_after: str | None = None
    tokens_before: int | None = None
    tokens_after: int | None = None
    dimensions: tuple[DimensionChange, ...] = ()
    severity_before: str | None = None


@model
class Comparison:
    """A report beside an earlier one.

    against: the earlier document as the user named it. same_rubric: False when another version of the rubric graded it, so that scores
    may have moved without any edit. tools: in the order of the report, removed ones last. server_dimensions: those of the set that moved.
    """

    against: str
    rubric_before: str
    same_rubric: bool
    overall_before: float | None
    overall_after: float | None
    tier_before: str | None
    tier_after: str | None
    tokens_before: int
    tokens_after: int
    tools: tuple[ToolChange, ...] = ()
    server_dimensions: tuple[DimensionChange, ...] = ()
