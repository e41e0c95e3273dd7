"""Whether a text is English enough for the word lists; other languages are measured by structure."""

from __future__ import annotations

import re
from functools import lru_cache

_LETTERS = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    """a an the of to in for and or by with from is are be this that on as at it if when use using not all get list create update delete
    search return returns only your you can one new name id read write given specific""".split()
)
# Short function words of the most usual other Latin-script languages; none is an English word.
_FOREIGN = frozenset(
    """el los las una del por para con que es un le les des une du pour avec est dans sur der und für mit ein eine ist von den il lo gli
    della di che sono uma não os em ao é het een van voor och för att som""".split()
)


@lru_cache(maxsize=8192)
def is_english(text: str) -> bool:
    """True for English and for texts too short to tell in Latin letters; False for other scripts and languages."""
    tokens = _LETTERS.findall(text.lower()[:2000])
    if not tokens:
        return True
    letters = sum(map(len, tokens))
    if sum(len(t) for t in tokens if t.isascii()) < 0.8 * letters:
        return False
    foreign = sum(t in _FOREIGN for t in tokens)
    return foreign < 2 or foreign <= sum(t in _COMMON for t in tokens)
