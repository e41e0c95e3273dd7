"""Cues: words by which a sentence shows what it is about, written down so that people can read and extend them."""

from __future__ import annotations

import re

from scorer.text.words import STOP_WORDS

_LEAD = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")
# What ends a word for sure.
_BORDER = re.compile(r"(?:\\[bs]|['\-,:/])(?![?*{])")
# Letters of a word that decide where it goes on in several ways: so many where the phrase has them, else so few.
_LONG, _SHORT = 5, 3
_SIGNS = ("=", "-", "→", "<")
# The key of what cannot be told without looking.
_ANY = "*"


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
        self.needs = Needs(parts)

    def may_match(self, keys: frozenset[str]) -> bool:
        """Whether a text with these keys (see `text_keys`) can contain a phrase."""
        return self.needs.met_by(keys)


class Needs:
    """What a text must have for one of several phrases to be there: for each phrase two of its words, where it has two.

    first: keys of which a text must have one. beside: by each of them, keys of which it must have one too; None where the first is enough.
    """

    def __init__(self, phrases: list[str]) -> None:
        self.beside: dict[str, frozenset[str] | None] = {}
        for phrase in phrases:
            first, *others = sorted(map(_of_piece, _split(phrase, "_")), key=_commonness)
            for key in first:
                self._add(key, others[0] if others and _ANY not in others[0] else None)
        self.first = frozenset(self.beside)

    def _add(self, key: str, others: frozenset[str] | None) -> None:
        known = self.beside.get(key, frozenset())
        self.beside[key] = None if known is None or others is None else known | others

    def met_by(self, keys: frozenset[str]) -> bool:
        """Whether a text with these keys has what one of the phrases needs."""
        if self.first.isdisjoint(keys):
            return False
        found = [self.beside[key] for key in self.first & keys]
        return any(others is None or not others.isdisjoint(keys) for others in found)


def _opens_with_word(phrase: str) -> bool:
    return phrase[0].isalnum() or phrase.startswith(("(", r"\d"))


def _regex(phrase: str) -> str:
    """The regular expression of one phrase, with a word border where it ends in a word."""
    body = re.sub(r"\((?!\?)", "(?:", phrase)
    body = re.sub(r"(?<=[a-z)])(?<!\\[a-z])\*", r"\\w*", body)
    body = re.sub(r"(?<=[a-z])(?<!\\[a-z])\+", r"\\w+", body).replace("_", r"\s+")
    return body if body.endswith((r"\s", r"\d", "$)", "%)")) or not re.search(r"[\w)*+?]$", body) else body + r"\b"


def _of_piece(piece: str, *, whole: bool = True) -> frozenset[str]:
    """Keys of which a text must have one for what stands between white space to be there. whole: whether nothing more of the word can follow."""
    if piece.startswith("("):
        return _of_group(piece, whole=whole)
    if piece[:1].isdigit() or piece.startswith(r"\d"):
        return frozenset("0")
    lead = _LEAD.match(piece)
    if lead is None:
        return frozenset(piece[:1] if piece[:1] in _SIGNS else _ANY)
    word, behind = lead.group(), piece[lead.end() :]
    if _ends_word(behind, whole=whole):
        return frozenset((word,))
    return frozenset((_prefix(word[:-1] if behind.startswith("?") else word),))


def _ends_word(behind: str, *, whole: bool) -> bool:
    """Whether no letter can follow a word, from what follows it in its piece."""
    return whole if not behind else _BORDER.match(behind) is not None


def _of_group(piece: str, *, whole: bool) -> frozenset[str]:
    """The keys of every choice of the group that a piece opens with, and of what follows when the group may be missing."""
    end = _closing(piece)
    rest = piece[end + 1 :]
    if rest.startswith("{"):
        return frozenset(_ANY)
    optional = rest.startswith("?")
    ends = _ends_word(rest[optional:], whole=whole)
    choices = [_split(choice, "_") for choice in _split(piece[1:end].removeprefix("?:"), "|")]
    found = frozenset[str]().union(*(_of_piece(c[0], whole=ends or len(c) > 1) for c in choices))
    return found | _of_piece(rest[1:], whole=whole) if optional else found


def _prefix(word: str) -> str:
    """The key of a word that goes on."""
    if len(word) < _SHORT:
        return _ANY
    return (word[:_LONG] if len(word) >= _LONG else word[:_SHORT]) + "*"


def _commonness(keys: frozenset[str]) -> tuple[int, int]:
    """Orders the pieces of a phrase, the one that the fewest texts have first."""
    return max(map(_rank, keys)), len(keys)


def _rank(key: str) -> int:
    if key == _ANY:
        return 3
    if key in STOP_WORDS or (key.endswith("*") and len(key) <= _SHORT + 1):
        return 2
    return int(len(key) < _SHORT)


def _closing(text: str) -> int:
    """The index of the parenthesis that closes the one at the start."""
    depth = 0
    for index, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return index
    raise ValueError(f"a parenthesis is open in {text!r}")


def _split(text: str, separator: str) -> list[str]:
    """A phrase parted at the separators that stand outside of parentheses."""
    depth, at, found = 0, 0, []
    for index, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if sign == separator and depth == 0:
            found.append(text[at:index])
            at = index + 1
    return [*found, text[at:]]


def text_keys(lower: str) -> frozenset[str]:
    """The keys of a lower-cased text: its words, their first letters with a star, "0" if it has a digit, its signs, and the one that all have."""
    words = set(_LEAD.findall(lower))
    keys = {word[:_LONG] + "*" for word in words}
    keys.update([word[:_SHORT] + "*" for word in words], words, [sign for sign in _SIGNS if sign in lower])
    keys.add(_ANY)
    if _DIGIT.search(lower):
        keys.add("0")
    return frozenset(keys)
