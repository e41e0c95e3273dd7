"""What a check sees of one tool, and how it answers."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from scorer.models.fact import Place, Status
from scorer.text.sentences import Sentence, sentences
from scorer.text.words import name_stems

if TYPE_CHECKING:
    from scorer.models.signals import Parameter, Siblings, Signals
    from scorer.models.tool import Tool


class Answer(NamedTuple):
    """A check's answer: whether the fact holds, and the words that show it.

    holds is None only with a status other than "answered"; `reason` then says why. `detail` says exactly what was found.
    """

    holds: bool | None
    quote: str | None = None
    place: Place | None = None
    detail: str | None = None
    status: Status = "answered"
    reason: str | None = None
    tools: tuple[str, ...] = ()


NO = Answer(holds=False)


def cannot_tell(reason: str) -> Answer:
    """The text gives no way to answer (another language, a computed description)."""
    return Answer(None, status="cannot-tell", reason=reason)


def does_not_apply(reason: str) -> Answer:
    """The question makes no sense for this tool (an effect, for a tool that changes nothing)."""
    return Answer(None, status="does-not-apply", reason=reason)


class Subject:
    """One tool as its checks see it; what several checks need is derived once."""

    def __init__(self, tool: Tool, signals: Signals, siblings: Siblings) -> None:
        self.tool = tool
        self.signals = signals
        self.siblings = siblings
        self.text: str = tool.description or ""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return sentences(self.text)

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """Stems of the tool's name and title."""
        return name_stems(self.tool.name) | name_stems(self.tool.title or "")

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Every parameter at every depth."""
        return self.signals.parameters

    @cached_property
    def top_parameters(self) -> tuple[Parameter, ...]:
        return tuple(p for p in self.signals.parameters if p.depth == 1)

    def here(self, start: int, end: int, detail: str | None = None) -> Answer:
        """Yes, shown by the description's characters from start to end."""
        return Answer(True, self.text[start:end], Place("/description", start, end), detail)

    def says(self, sentence: Sentence, detail: str | None = None) -> Answer:
        """Yes, shown by a whole sentence of the description."""
        return Answer(True, sentence.text, Place("/description", sentence.start, sentence.end), detail)


def at(pointer: str, quote: str, detail: str | None = None) -> Answer:
    """Yes, shown at another place of the definition (a parameter's words, a keyword, the name)."""
    return Answer(True, quote, Place(pointer), detail)
