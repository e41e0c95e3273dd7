"""What a check sees of one tool, and how it answers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from scorer.facts.honest import honest
from scorer.facts.mentions import Mention, siblings_named
from scorer.models.fact import OTHER_LANGUAGE as NOT_ENGLISH
from scorer.models.fact import Place, Status
from scorer.text.cues import text_keys
from scorer.text.hidden import comments, schema_copies, without
from scorer.text.language import is_english
from scorer.text.manipulation import to_evaluator, to_model
from scorer.text.poison import poisons
from scorer.text.sentences import Sentence, sentences
from scorer.text.stuffing import keyword_heaps
from scorer.text.words import CLAIMS, content_stems, lists_keywords, name_stems, novel_stems, telling_stems

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from scorer.models.signals import Parameter, Siblings, Signals
    from scorer.models.tool import Tool
    from scorer.text.cues import Cue


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


OTHER_LANGUAGE = cannot_tell(NOT_ENGLISH)


def at(pointer: str, quote: str, detail: str | None = None) -> Answer:
    """Yes, shown at another place of the definition (a parameter's words, a keyword, the name)."""
    return Answer(True, quote, Place(pointer), detail)


_VOID = "nothing of the text counts: it is aimed at a grader or at the model, or is hidden"
# Characters of a description that are read for evidence: three times the longest one seen; a hostile one may not cost seconds.
_READ = 20_000
# Fewer characters in common are no copy.
_COPIED = 16

Check = Callable[["Subject"], Answer]


class Subject:
    """One tool as its checks see it; what several checks need is derived once."""

    def __init__(self, tool: Tool, signals: Signals, siblings: Siblings) -> None:
        self.tool = tool
        self.poisons = poisons(tool)
        self.signals = honest(signals, self.poisons) if self.poisons else signals
        self.siblings = siblings
        self.raw: str = (tool.description or "")[:_READ]
        self.comments = comments(self.raw)
        self.copies = self._copies()
        self.heaps = keyword_heaps(self.raw)
        # What counts as evidence: the description without comments, copies of the schema and keywords, every character at its offset.
        self.text: str = without(self.raw, self.comments + self.copies + self.heaps)
        self._answers: dict[Check, Answer] = {}

    def _copies(self) -> list[tuple[int, int]]:
        """The spans of JSON Schema, and of parameter documentation taken over word by word: the schema itself is evidence already."""
        found = schema_copies(self.raw)
        for parameter in self.signals.parameters:
            words = parameter.description or ""
            start = self.raw.find(words) if len(words) >= _COPIED else -1
            if start >= 0:
                found.append((start, start + len(words)))
        return found

    def ask(self, check: Check) -> Answer:
        """A check's answer for another check; asked twice, it is worked out once."""
        answer = self._answers.get(check)
        if answer is None:
            answer = self._answers[check] = check(self)
        return answer

    @cached_property
    def lower(self) -> str:
        """The description in lower case, every character at its own offset (a few, such as İ, would grow by it)."""
        lower = self.text.lower()
        if len(lower) == len(self.text):
            return lower
        return "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)

    @cached_property
    def word_count(self) -> int:
        """The words of the description, as white space parts them."""
        return len(self.text.split())

    @cached_property
    def said(self) -> frozenset[str]:
        """The stems of all that the description says, the vocabulary of disclosure and code left out."""
        prose = (s.text for s in self.sentences if s.kind != "code" and not self._says_no_more(s.text))
        return frozenset().union(*map(telling_stems, prose)) - CLAIMS

    @cached_property
    def told(self) -> frozenset[str]:
        """The stems of all that the description says and the name does not."""
        return self.said - self.name_stems

    @cached_property
    def useful_words(self) -> int:
        """The words of the purpose and of every sentence that adds something to it."""
        useful = (s for s in self.sentences if s.kind != "code" and (s is self.purpose or self.additions[s.start]))
        return sum(len(s.text.split()) for s in useful)

    @cached_property
    def english(self) -> bool:
        return is_english(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that are written for the agent (see `honest_end`), without labels that have lost their text."""
        found = (s for s in sentences(self.text) if s.end <= self.honest_end)
        return tuple(s for s in found if s.text.rstrip(": ") not in self.parameter_names)

    @cached_property
    def additions(self) -> dict[int, frozenset[str]]:
        """By the offset of each sentence: the stems that it adds to name and purpose, the vocabulary of disclosure left out."""
        return {
            s.start: frozenset() if self._says_no_more(s.text) else novel_stems(s.text, self.known_stems, CLAIMS)
            for s in self.sentences
        }

    def _says_no_more(self, text: str) -> bool:
        """Whether a sentence is a heap of keywords, or `name: meaning` with no more meaning than the schema gives."""
        head, colon, rest = text.partition(":")
        if colon and telling_stems(text) <= self._parameter_stems:
            return True
        schema = self._meanings.get(head.strip("`* ")) if colon else None
        return lists_keywords(text) if schema is None else telling_stems(rest) <= schema

    @cached_property
    def _parameter_stems(self) -> frozenset[str]:
        return frozenset().union(*map(name_stems, self.parameter_names))

    @cached_property
    def _meanings(self) -> dict[str, frozenset[str]]:
        """By parameter: the stems of its name and of what the schema says of it."""
        return {p.name: name_stems(p.name) | telling_stems(p.description or "") for p in self.signals.parameters}

    @cached_property
    def to_evaluator(self) -> re.Match[str] | None:
        """The first words aimed at whoever grades the definition."""
        return to_evaluator(self.lower, self.keys)

    @cached_property
    def to_model(self) -> re.Match[str] | None:
        """The first words that order the model to do something beside the call."""
        return to_model(self.lower, self.keys)

    @cached_property
    def honest_end(self) -> int:
        """Where the text stops being evidence: the first sentence aimed at a grader or at the model behind the agent."""
        found = [m.start() for m in (self.to_evaluator, self.to_model) if m]
        found += [one.since for one in self.poisons if one.pointer == "/description"]
        if not found:
            return len(self.text)
        sentence = next((s for s in sentences(self.text) if s.start <= min(found) < s.end), None)
        return sentence.start if sentence else min(found)

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """Stems of the tool's name and title."""
        return name_stems(self.tool.name) | name_stems(self.tool.title or "")

    @cached_property
    def purpose(self) -> Sentence | None:
        """The sentence whose verb says what the tool does (the first one of the tool's own), None when no sentence does."""
        span = self.signals.actions.resource_span
        return self.sentence_at(span[0]) if span else None

    @cached_property
    def known_stems(self) -> frozenset[str]:
        """Stems of the name, the title and the purpose sentence: what is said before any guidance."""
        return self.name_stems | frozenset(content_stems(self.purpose.text)) if self.purpose else self.name_stems

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Every parameter at every depth."""
        return self.signals.parameters

    @cached_property
    def parameter_names(self) -> frozenset[str]:
        return frozenset(p.name for p in self.signals.parameters)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words that the schemas define: names and allowed values of the input and the output."""
        values = (str(v) for p in self.signals.parameters for v in p.enum or ())
        return self.parameter_names.union(values, (p.name for p in self.signals.output))

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every place where the description names another tool of the same server."""
        return siblings_named(self.text, self.lower, self.tool.name, self.siblings.names, self.parameter_names)

    @cached_property
    def siblings_known(self) -> bool:
        """False for a definition that was given alone: what it names may exist elsewhere."""
        return len(self.siblings.names) > 1

    @cached_property
    def top_parameters(self) -> tuple[Parameter, ...]:
        return tuple(p for p in self.signals.parameters if p.depth == 1)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers a character of the description; None between sentences and in headings."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.sentences[index].end:
            return None
        return self.sentences[index]

    @cached_property
    def keys(self) -> frozenset[str]:
        """What decides quickly that a cue is not there; see `text.cues`."""
        return text_keys(self.lower)

    def first(self, cue: Cue) -> re.Match[str] | None:
        """The first match of a cue in the description, up to where it stops being evidence."""
        return cue.pattern.search(self.lower, 0, self.honest_end) if cue.may_match(self.keys) else None

    def matches(self, cue: Cue) -> Iterator[tuple[re.Match[str], Sentence]]:
        """Each match of a cue in the description's prose, with its sentence.

        Code is passed over, and so is everything from the first words on that are aimed at a grader or at the model.
        """
        if not cue.may_match(self.keys):
            return
        for match in cue.pattern.finditer(self.lower, 0, self.honest_end):
            sentence = self.sentence_at(match.start())
            if sentence is not None and sentence.kind != "code":
                yield match, sentence

    def here(self, start: int, end: int, detail: str | None = None) -> Answer:
        """Yes, shown by the description's characters from start to end."""
        return Answer(True, self.raw[start:end], Place("/description", start, end), detail)

    def whole(self, detail: str | None = None) -> Answer:
        """Yes, shown by all of the description that is evidence."""
        words = self.text[: self.honest_end].rstrip()
        return self.here(len(words) - len(words.lstrip()), len(words), detail) if words else self.here(0, 0, _VOID)

    def says(self, sentence: Sentence, detail: str | None = None) -> Answer:
        """Yes, shown by a whole sentence of the description."""
        return self.here(sentence.start, sentence.end, detail)
