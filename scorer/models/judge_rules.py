"""How the judge is asked and believed, as read from `rubrics/judge/`."""

from __future__ import annotations

from scorer.models.base import model


@model
class ModelPrice:
    """A model's prices in dollars per million tokens, and what it takes.

    cache_floor: a prefix of fewer tokens is not cached, in silence. batch_share: percent of the price that a batch costs.
    thinking: the `thinking` setting to send, "" to send none. correction: per dimension, what is added to the raw score of a judged tool.
    """

    id: str
    input: float
    output: float
    cache_read: float
    cache_write: float
    cache_floor: int
    batch_share: int
    thinking: str
    correction: dict[str, float]


@model
class Asked:
    """A fact that the judge is asked. where: the places whose words may show it, "description" or "words" (parameter docs too).

    beyond_purpose: its quote must say something that name and purpose do not.
    """

    id: str
    where: str
    beyond_purpose: bool


@model
class Derived:
    """A fact that follows from others: it holds when at least `least` of `of` hold."""

    id: str
    least: int
    of: tuple[str, ...]


@model
class Cleared:
    """A defect found by the heuristics that a merit with a checked quote disproves: it no longer holds when any of `by` does."""

    id: str
    by: tuple[str, ...]


@model
class JudgeLimits:
    """The numbers of judging.

    votes: the most judgements per tool. tier_edge: TDQS so near a letter's edge, in tenths, asks for more votes; score_edge: a raw score so near
    the smell threshold, in tenths; differ: witnesses so far apart in a dimension. quote_words: the fewest words of a quote that shows a merit.
    per_sentence: the most merits that one sentence may show which the heuristics do not see. definition_characters: longer definitions
    are not sent. sibling_names: so many names are shown. server_tools: so many tools are shown to the judge of the set. reply_tokens: the longest
    reply. reply_estimate: a usual one. characters_per_token: for estimates. attempts: of one call, faults of network and server included.
    invalid_retries: further calls after an answer that does not validate. seconds: how long one call may take. concurrency: calls at once.
    batch_requests: in one batch at most. batch_seconds: between two looks at a batch.
    """

    votes: int = 3
    tier_edge: int = 1
    score_edge: int = 1
    differ: int = 2
    quote_words: int = 2
    per_sentence: int = 3
    definition_characters: int = 60_000
    sibling_names: int = 400
    server_tools: int = 400
    reply_tokens: int = 4096
    reply_estimate: int = 700
    characters_per_token: int = 4
    attempts: int = 6
    invalid_retries: int = 1
    seconds: int = 120
    concurrency: int = 8
    batch_requests: int = 10_000
    batch_seconds: int = 30


@model
class DraftRules:
    """How a better definition is drafted. free_tokens: it may grow by, whatever it earns; tokens_per_tenth: each tenth of TDQS may cost beyond.

    rounds: drafts that are asked for. source_characters: of source code that are sent. claims: words that say what an agent would rely on.
    """

    free_tokens: int
    tokens_per_tenth: int
    rounds: int
    source_characters: int
    reply_tokens: int
    claims: tuple[str, ...]


@model
class JudgeRules:
    """Everything that `rubrics/judge/judge.yaml` and `models.yaml` say. controls: words that no definition is likely to hold."""

    model: str
    tool: tuple[Asked, ...]
    server: tuple[Asked, ...]
    derived: tuple[Derived, ...]
    cleared: tuple[Cleared, ...]
    controls: tuple[str, ...]
    limits: JudgeLimits
    draft: DraftRules
    models: tuple[ModelPrice, ...]
