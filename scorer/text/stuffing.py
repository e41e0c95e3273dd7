"""Heaps of keywords: words that are there to be found, not to tell anything."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from scorer.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITEM = r"[\w#/-]+(?:[ \t][\w/-]+){0,2}"
# "Keywords: a, b, c, d, e"; a parameter called tags goes on with a sentence, not with a list.
_LABELLED = re.compile(
    rf"\b(?:(?:search\s|related\s|seo\s)?(?:key-?words?|terms|topics)|(?:hash)?tags|synonyms|aliases|also\sknown\sas|aka|see\stopics)\b[*_]*\s?[:=]?[*_]*\s*"
    rf"{_ITEM}(?:\s?[,|;•·]\s*{_ITEM}){{4,}}",
    re.IGNORECASE,
)
_WORDS_ALONE = re.compile(r"(?:^[ \t]*[-*+•][ \t]+[\w/-]+(?:[ \t][\w/-]+)?[ \t]*(?:\n|\Z)){4,}", re.MULTILINE)
_LABELS = ("keyword", "key-word", "terms", "topics", "tags", "synonyms", "aliases", "also known as", "aka")
# A run of words with nothing between them but blanks.
_RUN = re.compile(r"[^.,;:!?–—()\[\]{}<>\n\"`|/=]{40,}")
_WORD = re.compile(r"[A-Za-z][\w'’-]*")
_FEWEST = 4  # words, or bullets
_BOUND = 10  # English binds its words long before the tenth


def keyword_heaps(text: str) -> list[tuple[int, int]]:
    """The spans of keyword lists behind a label, of bullets of bare words that nothing announces, and of words that nothing binds."""
    if text.count(" ") + text.count("\n") < _FEWEST:
        return []
    return [*_labelled(text), *_bare_bullets(text), *_unbound(text)]


def _labelled(text: str) -> Iterator[tuple[int, int]]:
    lower = text.lower()
    if any(label in lower for label in _LABELS):
        yield from (m.span() for m in _LABELLED.finditer(text))


def _bare_bullets(text: str) -> Iterator[tuple[int, int]]:
    """Bullets of one or two words; behind a colon they are what the colon announces."""
    if text.count("\n") < _FEWEST:
        return
    for match in _WORDS_ALONE.finditer(text):
        if not text[: match.start()].rstrip(" \t\n*_").endswith(":"):
            yield match.span()


def _unbound(text: str) -> Iterator[tuple[int, int]]:
    """Runs of words without a function word among them."""
    for run in _RUN.finditer(text):
        if run.group().count(" ") >= _BOUND - 1 and _has_unbound(_WORD.findall(run.group())):
            start, end = _first_unbound(run.group())
            yield run.start() + start, run.start() + end


def _has_unbound(found: list[str]) -> bool:
    """Whether so many words stand together without a function word."""
    bounds = [-1, *(place for place, word in enumerate(found) if word.lower() in STOP_WORDS), len(found)]
    return any(after - before > _BOUND for before, after in pairwise(bounds))


def _first_unbound(text: str) -> tuple[int, int]:
    """The span of the first words that nothing binds."""
    start = end = count = 0
    for word in _WORD.finditer(text):
        if word.group().lower() in STOP_WORDS:
            if count >= _BOUND:
                break
            count = 0
        else:
            start, end, count = (start if count else word.start()), word.end(), count + 1
    return start, end
