"""What a judge is to the rest: something that answers a request. Another vendor is one more file that does this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from scorer.models.judge import JudgeUsage

Stop = Literal["end", "truncated", "refused"]


class Block(NamedTuple):
    """A part of the question. shared: other requests open with the same blocks up to this one, so that the vendor may cache them."""

    text: str
    shared: bool = False


class Request(NamedTuple):
    """One question to a judge. key: names it in the cache. schema: JSON Schema of the answer. reply_tokens: the longest answer."""

    key: str
    system: str
    blocks: tuple[Block, ...]
    schema: dict[str, Any]
    reply_tokens: int


class Reply(NamedTuple):
    """What came back. text: JSON, if the judge kept to the schema. detail: why it stopped, where that is known."""

    text: str
    stop: Stop
    usage: JudgeUsage
    detail: str = ""


class JudgeError(Exception):
    """A request without an answer, although it was tried again where that helps; others may have one. `str(error)` says why."""


class JudgeUnusableError(JudgeError):
    """No request can have an answer: the key is refused, the model does not exist, nothing is paid for. tip: what to do."""

    def __init__(self, message: str, tip: str = "") -> None:
        super().__init__(message)
        self.tip = tip


class Judge(Protocol):
    """A model behind an interface. `ask` is called from several threads at once; it retries what is worth it, and raises JudgeError."""

    model: str

    def ask(self, request: Request) -> Reply:
        """The answer to one request."""
        ...


class BatchState(NamedTuple):
    """How far a batch is: whether it has ended, how many requests are under way, how many were answered."""

    id: str
    ended: bool
    processing: int
    succeeded: int


class Batches(Protocol):
    """A judge that takes many requests at once and answers later, for less. All raise JudgeError."""

    def submit(self, requests: Sequence[Request]) -> str:
        """Hand in requests; the batch's id."""
        ...

    def state(self, batch: str) -> BatchState:
        """How far a batch is."""
        ...

    def results(self, batch: str) -> Iterator[tuple[str, Reply | str]]:
        """Each request's key with its reply, or with what became of it in a word."""
        ...

    def since(self, moment: datetime) -> list[str]:
        """The ids of the batches that were handed in since then."""
        ...
