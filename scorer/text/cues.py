"""Cues: words by which a sentence shows what it is about, written down so that people can read and extend them."""

from __future__ import annotations

import re

_LEAD = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")
# Letters of a word that decide: so many where the phrase has the whole word, fewer where it goes on in several ways.
_LONG, _SHORT = 5, 3


class Cue:
    """Matches any of several phrases in lower-cased prose, and knows at once when none can be there.

    Phrases stand apart by white space and open with a letter, a digit class or a sign. In a phrase `_` is white space,
    `*` the rest of a word, `+` at least one more letter, `( | )` a choice and `?` makes what stands before it optional;
    everything else is a regular expression. Whole words are meant.
    """

    def __init__(self, phrases: str) -> None:
        parts = phrases.split()
        words = "|".join(_regex(p) for p in parts if _opens_with_word(p))
        signs = "|".join(_regex(p) for p in parts if not _opens_with_word(p))
        self.pattern = re.compile("|".join(filter(None, (rf"\b(?:{words})" if words else "", signs))))
        self.keys = frozenset(key for p in parts for key in _keys(p))

    def may_match(self, keys: frozenset[str]) -> bool:
        """Whether a text with these keys (see `text_keys`) can contain a phrase."""
        return not self.keys.isdisjoint(keys)


def _opens_with_word(phrase: str) -> bool:
    return phrase[0].isalnum() or phrase.startswith(("(", r"\d"))


def _regex(phrase: str) -> str:
    """The regular expression of one phrase, with a word border where it ends in a word."""
    body = re.sub(r"\((?!\?)", "(?:", phrase)
    body = re.sub(r"(?<=[a-z)])(?<!\\[a-z])\*", r"\\w*", body)
    body = re.sub(r"(?<=[a-z])(?<!\\[a-z])\+", r"\\w+", body).replace("_", r"\s+")
    return body if body.endswith((r"\s", r"\d", "$)", "%)")) or not re.search(r"[\w)*+?]$", body) else body + r"\b"


def _keys(phrase: str) -> list[str]:
    """What a text must have for the phrase to be there: the first letters of a word, "0" for a digit, or the sign itself."""
    if phrase.startswith("("):
        return [key for head in _choices(phrase) for key in _keys(head)]
    if phrase[0].isdigit() or phrase.startswith(r"\d"):
        return ["0"]
    lead = _LEAD.match(phrase)
    if lead is None:
        return [phrase[0]]
    word, behind = lead.group(), phrase[lead.end() : lead.end() + 1]
    if behind == "?":
        return [word[:-1][:_SHORT] if len(word) <= _LONG else word[:_LONG]]
    goes_on = behind not in ("", "_") and len(word) < _LONG
    return [word[: _SHORT if goes_on else _LONG]]


def _choices(phrase: str) -> list[str]:
    """The alternatives of the group that a phrase opens with."""
    depth, at, found = 0, 1, []
    for index, sign in enumerate(phrase):
        depth += (sign == "(") - (sign == ")")
        if (sign == "|" and depth == 1) or depth == 0:
            found.append(phrase[at:index])
            at = index + 1
        if depth == 0:
            break
    return found


def text_keys(lower: str) -> frozenset[str]:
    """The keys of a lower-cased text: the first letters of its words, "0" if it has a digit, its signs."""
    words = set(_LEAD.findall(lower))
    keys = {word[:_LONG] for word in words}
    keys.update([word[:_SHORT] for word in words])
    keys.update(sign for sign in ("=", "-", "→", "<") if sign in lower)
    if _DIGIT.search(lower):
        keys.add("0")
    return frozenset(keys)
