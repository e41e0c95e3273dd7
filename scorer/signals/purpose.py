"""What a tool is for, in a form in which two tools can be compared: an action family, and the words that tell its object apart."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from scorer.signals.families import ALL, FAMILY, READING, VAGUE
from scorer.text.sentences import sentences
from scorer.text.verbs import base_form
from scorer.text.words import split_identifier, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorer.models.signals import Signals
    from scorer.models.tool import Tool

# What an action acts on ends where a clause or one of these begins.
_CLAUSE = re.compile(
    r"[,;:(\[—–]|\s-\s|\b(?:from|in|by|for|with|using|via|to|on|at|into|that|which|including|based|when|if|within|across|through|as)\b",
    re.IGNORECASE,
)
# A word in more than this share of a server's names is the server's, not a tool's.
_COMMON_SHARE = 0.5
# A sentence of fewer words is the same by chance.
_ENOUGH = 3
# Shares of common words that make two texts alike.
_SOME_WORDS, _SAME_CORE, _SAME_WORDS, _NEARLY_ALL = 0.4, 0.5, 0.6, 0.7


class Purpose(NamedTuple):
    """What a tool does to what.

    family: the first verb of the family of its verb, None when no verb was found. words: sorted stems of the name without the verb and
    without words that tell nothing apart. many: the object is in the plural. core: stems of what the first sentence acts on, its
    first clause only. said: stems of that whole sentence without its verb, in order.
    """

    family: str | None
    words: tuple[str, ...]
    many: bool
    core: frozenset[str]
    said: tuple[str, ...]

    def meets(self, other: Purpose) -> bool:
        """Whether an agent may take one for the other, given names that come to the same words."""
        if self.family is None or other.family is None:
            return False
        said, core = shared_part(self.said, other.said), shared_part(self.core, other.core)
        if self.many != other.many:
            return self.family == other.family and self.family not in READING and said >= _SOME_WORDS
        if self.family == other.family:
            return self.core <= other.core or other.core <= self.core or core >= _SAME_WORDS
        both = {self.family, other.family}
        return both <= READING and (said >= _SAME_WORDS or (both == {"get", "read"} and core >= _SAME_CORE))

    def extends(self, other: Purpose) -> bool:
        """Whether an agent may take one for the other although this one's name says more: the sentence does not take it up."""
        more = frozenset(self.words).difference(other.words)
        if (
            self.family != other.family
            or len(self.said) < _ENOUGH
            or not more
            or "by" in more
            or not more.isdisjoint(self.said)
        ):
            return False
        return shared_part(self.said, other.said) >= _NEARLY_ALL


def shared_part(a: Iterable[str], b: Iterable[str]) -> float:
    """The share of the words of two texts that both have, 0-1 (Jaccard index); 0 for two empty ones."""
    mine, yours = frozenset(a), frozenset(b)
    return len(mine & yours) / len(mine | yours) if mine or yours else 0.0


def purposes(tools: Sequence[Tool], signals: Sequence[Signals]) -> list[Purpose]:
    """One purpose per tool, in order; words that most of the names share are left out of `words`."""
    names = [split_identifier(tool.name) for tool in tools]
    common = _common(names)
    return [_purpose(*parts, common) for parts in zip(tools, names, signals, strict=True)]


def _common(names: Sequence[tuple[str, ...]]) -> frozenset[str]:
    if len(names) < 4:
        return frozenset()
    counts = Counter(word for name in names for word in {stem(part) for part in name})
    return frozenset(word for word, count in counts.items() if count > _COMMON_SHARE * len(names))


def _purpose(tool: Tool, name: tuple[str, ...], signal: Signals, common: frozenset[str]) -> Purpose:
    actions = signal.actions
    verb = actions.name_verb or actions.text_verb
    base = base_form(verb) or verb if verb else None
    family = FAMILY.get(base, base) if base else None
    idle = VAGUE | ALL if family in READING else VAGUE
    rest = [(stem(part), part) for part in _object(name) if part != actions.name_verb and stem(part) not in idle]
    many = any(_plural(part) for _, part in rest)
    kept = tuple(sorted(word for word, _ in rest if word not in common))
    return Purpose("list" if family == "get" and many else family, kept, many, *_sentence(tool, signal))


def _object(name: tuple[str, ...]) -> tuple[str, ...]:
    """A name without "by id", which is how one gets a thing anyway, and without what comes "with" it."""
    name = name[: name.index("with")] if "with" in name[1:] else name
    return name[:-2] if name[-2:] == ("by", "id") else name


def _sentence(tool: Tool, signal: Signals) -> tuple[frozenset[str], tuple[str, ...]]:
    """`core` and `said` of the sentence that says what the tool does, or else of the first one."""
    text, word = tool.description or "", signal.actions.text_verb
    verb = signal.actions.text_verb_span if word and base_form(word) else None
    at = verb[0] if verb else 0
    own = next((s for s in sentences(text) if s.kind != "code" and s.end > at), None)
    if own is None:
        return frozenset(), ()
    if verb is None:
        return frozenset(), _stems(own.text)
    clause = _CLAUSE.search(text, verb[1] + 1, own.end)
    core = frozenset(_stems(text[verb[1] : clause.start() if clause else own.end])) - ALL
    return core, _stems(text[own.start : verb[0]] + text[verb[1] : own.end])


@lru_cache(maxsize=16384)
def _stems(text: str) -> tuple[str, ...]:
    stems = (stem(part) for word in words(text) for part in split_identifier(text[word.start : word.end]))
    return tuple(word for word in stems if word not in VAGUE)


@lru_cache(maxsize=16384)
def _plural(word: str) -> bool:
    return (
        len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "news", "series", "aws", "dns"))
    )
