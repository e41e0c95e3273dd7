"""Where a quote stands: words count as evidence only if they are in the definition, written for the agent, and visible."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from scorer.judge.steering import steering_spans
from scorer.models.fact import Place
from scorer.text.cues import text_keys
from scorer.text.hidden import comments, hidden_characters, schema_copies
from scorer.text.language import is_english
from scorer.text.manipulation import to_evaluator, to_model
from scorer.text.sentences import Sentence, sentences
from scorer.text.words import CLAIMS, name_stems, novel_stems, telling_stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorer.models.signals import Signals
    from scorer.models.tool import Tool

# No longer text is read for evidence; what is blanked, so that no quote reaches across it; the shortest documentation that counts as copied.
_READ, _BLANK, _COPIED = 20_000, "\0", 16


class Found(NamedTuple):
    """A quote in its place. words: as they stand there. sentence: which sentence it begins in, the same for the same one."""

    place: Place
    words: str
    sentence: tuple[str, int]


class Text:
    """One text of a definition, with what is no evidence blanked; every other character keeps its offset."""

    def __init__(self, pointer: str, raw: str, copied: Iterable[str] = ()) -> None:
        self.pointer, self.raw = pointer, raw[:_READ]
        self.is_english = is_english(self.raw)
        self.clean = self._cleaned(copied)
        self.folded, self.offsets = _fold(self.clean)

    def _cleaned(self, copied: Iterable[str]) -> str:
        raw = self.raw
        spans = comments(raw) + schema_copies(raw) + hidden_characters(raw)
        for words in copied:
            start = raw.find(words) if len(words) >= _COPIED else -1
            spans += [(start, start + len(words))] if start >= 0 else []
        lower = _same_length(raw)
        keys = text_keys(lower)
        aimed = [match.start() for match in (to_evaluator(lower, keys), to_model(lower, keys)) if match]
        if aimed:
            spans.append((self._sentence_start(min(aimed)), len(raw)))
        spans += steering_spans(raw)
        spans += [(s.start, s.end) for s in sentences(raw) if is_english(s.text) < self.is_english]
        return _blanked(raw, spans)

    def _sentence_start(self, offset: int) -> int:
        return next((s.start for s in sentences(self.raw) if s.start <= offset < s.end), offset)

    def find(self, folded: str) -> tuple[int, int] | None:
        """The offsets of a quote, its white space folded."""
        at = self.folded.find(folded)
        return None if at < 0 else (self.offsets[at], self.offsets[at + len(folded) - 1] + 1)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers an offset."""
        return next((s for s in sentences(self.raw) if s.start <= offset < s.end), None)


def _same_length(text: str) -> str:
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + _BLANK * (end - start) + text[end:]
    return text


def _fold(text: str) -> tuple[str, list[int]]:
    """The text with each run of white space as one space, and the offset of every character of it."""
    chars, offsets, gap = [], [], True
    for offset, char in enumerate(text):
        space = char.isspace()
        if not (space and gap):
            chars.append(" " if space else char)
            offsets.append(offset)
        gap = space
    return "".join(chars), offsets


class Evidence:
    """The texts of one definition that can show something."""

    def __init__(self, tool: Tool, signals: Signals) -> None:
        self._tool, self._signals = tool, signals

    @cached_property
    def _description(self) -> Text:
        copied = (p.description for p in self._signals.parameters if p.description)
        return Text("/description", self._tool.description or "", copied)

    @cached_property
    def _texts(self) -> tuple[Text, ...]:
        """The description first, then the documentation of parameters and of fields of the result, each place once."""
        found = {p.description_pointer: p.description for p in (*self._signals.parameters, *self._signals.output)}
        return (self._description, *(Text(pointer, words) for pointer, words in found.items() if pointer and words))

    @cached_property
    def _known(self) -> frozenset[str]:
        """The stems of name, title and purpose sentence."""
        span = self._signals.actions.resource_span
        purpose = self._description.sentence_at(span[0]) if span else next(iter(sentences(self._description.raw)), None)
        names = name_stems(self._tool.name) | name_stems(self._tool.title or "")
        return names | telling_stems(purpose.text) if purpose else names

    def find(self, quote: str, where: str) -> Found | None:
        """The place of a quote that counts. where: "description" or "words"."""
        folded = " ".join(quote.split())
        if not folded or _BLANK in folded:
            return None
        for text in self._candidates(where):
            span = text.find(folded)
            if span is not None:
                sentence = text.sentence_at(span[0])
                key = (text.pointer, sentence.start if sentence else span[0])
                return Found(Place(text.pointer, *span), text.raw[slice(*span)], key)
        return None

    def _candidates(self, where: str) -> Iterator[Text]:
        yield from (self._description,) if where == "description" else self._texts

    def adds(self, found: Found) -> bool:
        """Whether a quote says something that name and purpose do not."""
        return bool(novel_stems(found.words, self._known, CLAIMS))

    def raw_holds(self, quote: str) -> bool:
        """Whether a quote stands anywhere in the texts, hidden or aimed at a grader: enough to show a defect."""
        folded = " ".join(quote.split())
        return any(folded in " ".join(text.raw.split()) for text in self._texts)
