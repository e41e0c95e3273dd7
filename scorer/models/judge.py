"""What the second witness, an LLM, did: on one tool, and in the whole run."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from scorer.models.base import model
from scorer.models.fact import Witness

JudgeStatus = Literal["judged", "heuristics-only"]


@model
class JudgeUsage:
    """What answers cost, as the model's vendor counted it when they were given: a run that finds them in a cache shows the same.

    calls: requests that were answered. Tokens: input beyond the cached prefix, output, prefix read from and written to the vendor's cache.
    dollars: None where the rubric knows no price for the model.
    """

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    dollars: float | None = 0.0


@model
class Disagreement:
    """A question that the two witnesses answered differently. counted: whose answer the score rests on, and reason: why."""

    fact: str
    dimension: str
    heuristic: bool
    judge: bool
    counted: Witness
    reason: str
    heuristic_quote: str | None = None
    judge_quote: str | None = None


@model
class JudgeCard:
    """The judge on one tool, or on the set.

    status, reason: why there is no judgement, if there is none. reasons: two sentences per dimension, in the judge's words.
    heuristic_scores: the scores by the heuristics alone. spread: per dimension, the difference between the highest and the lowest score
    among the votes, where they differ. voided: answers that do not count, because their quote is not in the definition or shows nothing.
    steered: the definition speaks to its reader or grader, so that the judge may lower its scores but not raise them.
    """

    status: JudgeStatus
    reason: str | None = None
    votes: int = 0
    reasons: dict[str, str] = field(default_factory=dict)
    heuristic_scores: dict[str, int | None] = field(default_factory=dict)
    spread: dict[str, int] = field(default_factory=dict)
    voided: int = 0
    steered: str | None = None
    disagreements: tuple[Disagreement, ...] = ()


@model
class JudgeSummary:
    """The judge in the whole run. Scores of different judges do not compare: `model`, `prompt` and `rubric` say which one it was.

    prompt, rubric: first 16 hexadecimal digits of the SHA-256 of the instructions and of the questions with their system text.
    judged: tools with a judgement; heuristics_only: the others. votes: judgements in all. server: the judge on the set of tools.
    correction: per dimension, what was added to the raw scores for this model (see `toolmark calibrate judge`), {} for nothing.
    """

    model: str
    prompt: str
    rubric: str
    usage: JudgeUsage
    judged: int
    heuristics_only: tuple[str, ...]
    votes: int
    voided: int
    disagreements: int
    server: JudgeCard | None = None
    correction: dict[str, float] = field(default_factory=dict)
