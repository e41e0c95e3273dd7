"""Whether a text is English enough for the word lists; other languages are measured by structure."""

from __future__ import annotations

import re
from functools import lru_cache

_LETTERS = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    """a an the of to in for and or by with from is are be this that on as at it if when use using not all get list create update delete
    search return returns only your you can one new name id read write given specific""".split()
)
# A language shows in so many characters.
_ENOUGH = 2000
# Short function words of the most usual other Latin-script languages; none is an English word.
_FOREIGN = frozenset(
    """el los las una del por para con que es un le les des une du pour avec est dans sur der und für mit ein eine ist von den il lo gli
    della di che sono uma não os em ao é het een van voor och för att som""".split()
)


@lru_cache(maxsize=8192)
def is_english(text: str) -> bool:
    """True for English and for texts too short to tell in Latin letters; False for other scripts and languages."""
    lower = text[:_ENOUGH].lower()
    if not lower.isascii() and not _is_latin(lower):
        return False
    foreign = _FOREIGN.intersection(lower.split())
    return len(foreign) < 2 or sum(t in _FOREIGN for t in _LETTERS.findall(lower)) <= sum(
        t in _COMMON for t in _LETTERS.findall(lower)
    )


def _is_latin(lower: str) -> bool:
    """Whether at least four fifths of the letters are plain Latin ones."""
    letters = "".join(_LETTERS.findall(lower))
    return len(letters.encode("ascii", "ignore")) >= 0.8 * len(letters)
