"""What a draft claims beyond what is known: numbers, names and words that an agent would rely on must stand in the definition or the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.judge.steering import steers
from scorer.text.words import content_stems, lower_words, name_stems, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Names as code writes them: in backticks, with underscores, or with a capital inside.
_NAME = re.compile(r"`([^`\n]{1,80})`|\b([a-z0-9]+(?:_[a-z0-9]+)+|[a-z]+[A-Z]\w*|[A-Z]{2,}[A-Z0-9_]*)\b")
_DIGITS = dict(enumerate("zero one two three four five six seven eight nine ten".split()))


def unknown_claims(texts: Iterable[str], known: str, claims: Sequence[str], siblings: Iterable[str]) -> list[str]:
    """What stands in the new texts and not in what is known, at most ten.

    known: definition and source as one text. claims: words of disclosure, from the rubric. siblings: names that may be used.
    """
    base = known.lower()
    stems = frozenset(content_stems(known)) | name_stems(known)
    allowed = {name.lower() for name in siblings}
    found: dict[str, None] = {}
    for text in texts:
        if steers(text):
            found["text that speaks to a reader or grader"] = None
        found |= dict.fromkeys(_numbers(text, base))
        found |= dict.fromkeys(_names(text, base, allowed))
        found |= dict.fromkeys(_claims(text, base, stems, claims))
    return list(found)[:10]


def _numbers(text: str, base: str) -> Iterator[str]:
    known = set(_NUMBER.findall(base))
    for number in _NUMBER.findall(text):
        word = _DIGITS.get(int(number)) if number.isdigit() and len(number) < 3 else None
        if number not in known and not (word and re.search(rf"\b{word}\b", base)):
            yield number


def _names(text: str, base: str, allowed: set[str]) -> Iterator[str]:
    for match in _NAME.finditer(text):
        name = match[1] or match[2]
        if name.lower() not in base and name.lower() not in allowed:
            yield name


def _claims(text: str, base: str, stems: frozenset[str], claims: Sequence[str]) -> Iterator[str]:
    own = {stem(word) for word in lower_words(text)}
    for claim in claims:
        parts = [stem(word) for word in lower_words(claim)]
        said = claim in text.lower() if len(parts) > 1 else parts[0] in own
        if said and claim not in base and not (len(parts) == 1 and parts[0] in stems):
            yield claim
