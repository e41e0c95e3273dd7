"""What a judge is to the rest: something that answers a request. Another vendor is one more file that does this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
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
