"""What judging costs: estimated before, counted while it runs, and never above what was allowed."""

from __future__ import annotations

import json
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from scorer.models.judge import JudgeUsage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorer.judge.protocol import Request
    from scorer.models.judge_rules import JudgeLimits, ModelPrice

_MILLION = 1_000_000


class Estimate(NamedTuple):
    """What a run will cost at most one vote per tool. dollars: None without a known price. unshared: input tokens beyond the cached prefix, per call.

    cached: whether the model's vendor caches a prefix of this size.
    """

    calls: int
    input_tokens: int
    cache_read_tokens: int
    cache_write_tokens: int
    output_tokens: int
    dollars: float | None
    unshared: tuple[int, ...]
    cached: bool


def price_of(model: str, models: Sequence[ModelPrice]) -> ModelPrice | None:
    """What the rubric knows of a model; a dated name such as `model-20251001` is its model's."""
    named = [price for price in models if model == price.id or model.startswith(f"{price.id}-2")]
    return max(named, key=lambda price: len(price.id), default=None)


def dollars(usage: JudgeUsage, price: ModelPrice | None, *, batch: bool = False) -> float | None:
    """What some usage costs, None without a known price."""
    if price is None:
        return None
    parts = (
        (usage.input_tokens, price.input),
        (usage.output_tokens, price.output),
        (usage.cache_read_tokens, price.cache_read),
        (usage.cache_write_tokens, price.cache_write),
    )
    whole = sum(tokens * rate for tokens, rate in parts) / _MILLION
    return whole * price.batch_share / 100 if batch else whole


def added(usages: Iterable[JudgeUsage]) -> JudgeUsage:
    """The sum; its dollars are None where a part's are."""
    found = list(usages)
    costs = [usage.dollars for usage in found]
    return JudgeUsage(
        calls=sum(usage.calls for usage in found),
        input_tokens=sum(usage.input_tokens for usage in found),
        output_tokens=sum(usage.output_tokens for usage in found),
        cache_read_tokens=sum(usage.cache_read_tokens for usage in found),
        cache_write_tokens=sum(usage.cache_write_tokens for usage in found),
        dollars=None if None in costs else round(sum(cost for cost in costs if cost is not None), 6),
    )


def tokens_of(text: str, limits: JudgeLimits) -> int:
    """An estimate of a text's tokens: its bytes over the rubric's characters per token, which counts other scripts in full."""
    return -(-len(text.encode("utf-8", "surrogatepass")) // limits.characters_per_token)


class Sizes(NamedTuple):
    """A request in estimated tokens: what it shares with others, and what is its own."""

    shared: int
    own: int


def sizes(request: Request, limits: JudgeLimits) -> Sizes:
    """How much of a request opens other requests, too."""
    shared = (
        request.system + json.dumps(request.schema) + "".join(block.text for block in request.blocks if block.shared)
    )
    own = "".join(block.text for block in request.blocks if not block.shared)
    return Sizes(tokens_of(shared, limits), tokens_of(own, limits))


def estimate(
    requests: Sequence[Request], price: ModelPrice | None, limits: JudgeLimits, *, batch: bool = False
) -> Estimate:
    """What these requests will cost: the first of a kind writes the vendor's cache, the others read it."""
    seen: set[str] = set()
    own, read, written, plain = [], 0, 0, 0
    for request in requests:
        size = sizes(request, limits)
        own.append(size.own)
        prefix = request.system + "".join(block.text for block in request.blocks if block.shared)
        if price is None or size.shared < price.cache_floor:
            plain += size.shared
        elif prefix in seen:
            read += size.shared
        else:
            seen.add(prefix)
            written += size.shared
    usage = JudgeUsage(len(requests), sum(own) + plain, limits.reply_estimate * len(requests), read, written)
    return Estimate(
        calls=usage.calls,
        input_tokens=usage.input_tokens,
        cache_read_tokens=read,
        cache_write_tokens=written,
        output_tokens=usage.output_tokens,
        dollars=dollars(usage, price, batch=batch),
        unshared=tuple(own),
        cached=not plain,
    )


def worst(request: Request, price: ModelPrice | None, limits: JudgeLimits, *, batch: bool = False) -> float | None:
    """The most dollars that a request can cost: nothing read from the vendor's cache, and the longest answer. None without a known price."""
    size = sizes(request, limits)
    return dollars(JudgeUsage(1, size.own, request.reply_tokens, 0, size.shared), price, batch=batch)


class Purse:
    """The money of a run. A call reserves the most that it could cost before it is made, so that `most` is never passed."""

    def __init__(self, most: float | None, price: ModelPrice | None, limits: JudgeLimits) -> None:
        self._most, self._price, self._limits = most, price, limits
        self._lock = Lock()
        self._spent = self._reserved = 0.0
        self.usage = JudgeUsage()

    def reserve(self, request: Request) -> float | None:
        """The dollars put aside for a call, None when there are not enough."""
        most = worst(request, self._price, self._limits) or 0.0
        with self._lock:
            if self._most is not None and self._spent + self._reserved + most > self._most:
                return None
            self._reserved += most
        return most

    def settle(self, reserved: float, usage: JudgeUsage) -> JudgeUsage:
        """Count what a call did cost; the same usage with its dollars."""
        priced = replace(usage, dollars=dollars(usage, self._price) if usage.calls else 0.0)
        with self._lock:
            self._reserved -= reserved
            self._spent += priced.dollars or 0.0
            self.usage = added((self.usage, priced))
        return priced
