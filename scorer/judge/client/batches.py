"""Many requests at half the price, answered within a day: the Message Batches API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.judge.client.messages import AnthropicJudge, read
from scorer.judge.protocol import BatchState, Reply, Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from anthropic.types.messages import MessageBatch

# The API keeps batches newest first; a run that stopped between asking and noting is found among the latest.
_LOOKED_THROUGH = 200


class AnthropicBatches:
    """The batches of a judge's account."""

    def __init__(self, judge: AnthropicJudge) -> None:
        self._judge = judge
        self._api = judge.client.messages.batches

    def submit(self, requests: Sequence[Request]) -> str:
        """Hand in requests under their keys; the batch's id."""
        asked: list[Any] = [{"custom_id": one.key, "params": self._judge.parameters(one)} for one in requests]
        with self._judge.faults():
            return self._api.create(requests=asked).id

    def state(self, batch: str) -> BatchState:
        """How far a batch is."""
        with self._judge.faults():
            return _state(self._api.retrieve(batch))

    def results(self, batch: str) -> Iterator[tuple[str, Reply | str]]:
        """Each request's key with its reply, or with what became of it in a word (`errored`, `expired`, `canceled`)."""
        with self._judge.faults():
            for one in self._api.results(batch):
                result = one.result
                yield one.custom_id, read(result.message) if result.type == "succeeded" else result.type

    def since(self, moment: datetime) -> list[str]:
        """The ids of the batches that were handed in since then, newest first."""
        found = []
        with self._judge.faults():
            for number, batch in enumerate(self._api.list(limit=100)):
                if batch.created_at < moment or number >= _LOOKED_THROUGH:
                    break
                found.append(batch.id)
        return found


def _state(batch: MessageBatch) -> BatchState:
    counts = batch.request_counts
    return BatchState(batch.id, batch.processing_status == "ended", counts.processing, counts.succeeded)
