"""What is kept of an earlier report, so that only what is new or worse fails: the same for a saved report and for a baseline file."""

from __future__ import annotations

from scorer.models.base import model


@model
class KnownTool:
    """One tool as it was.

    input_hash: the specification's hash of the definition. body_hash: a hash of the definition without its name, by which a renamed tool
    is found again. scores: the six dimensions by id. facts: ids of the facts that held and told something, None where that is not known.
    severity: of its risk, None where that is not known.
    """

    name: str
    input_hash: str
    body_hash: str
    tdqs: float | None
    tier: str | None
    tokens: int
    scores: dict[str, int | None]
    facts: tuple[str, ...] | None = None
    severity: str | None = None


@model
class KnownServer:
    """One server as it was. dimensions: the four of the set by id. facts: ids of the facts about the set that held and told something."""

    name: str
    overall_score: float | None
    overall_tier: str | None
    tokens: int
    dimensions: dict[str, int | None]
    tools: tuple[KnownTool, ...] = ()
    facts: tuple[str, ...] = ()


@model
class Baseline:
    """Servers as they were, by the rubric that graded them then."""

    rubric_version: str
    servers: tuple[KnownServer, ...]
