"""What a verb acts on in a clause: the words between it and the next turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    Tokens = Sequence[re.Match[str]]

# Words behind which a new clause begins: the verb acts on what stands before them.
_TURNS = frozenset(
    """from in on for with using by to into onto at via through as that which who where when if because so than within under over inside
    between among about across per before after during without based given matching your""".split()
)
JOINS = frozenset(
    {",", "/", "&", "and", "or", "then", "(", ":", "—", "–", "also", "optionally", "|", "either", "both", "->"}
)
ARTICLES = frozenset(
    "a an the all any its it them this these those one new existing every each your their multiple several another some ".split()
)
_ENDS = frozenset({".", ";", ":", "—", "(", "–"})


class Objects(NamedTuple):
    """What a verb acts on: all words, the nouns, and the place of the last."""

    words: frozenset[str]
    heads: frozenset[str]
    last: int


def objects(tokens: Tokens, index: int, stop: int) -> Objects:
    """The words between a verb and the next turn."""
    found: set[str] = set()
    heads: set[str] = set()
    last, noun = index, ""
    for at in range(index + 1, stop):
        word = tokens[at].group()
        if word in _ENDS or (word in _TURNS and (noun or at > index + 2)):
            break
        if word in JOINS:
            heads.update(variants(noun))
        elif word[0].isalnum() and word not in ARTICLES and word not in _TURNS:
            noun, last = word, at
            found.update(variants(word))
    heads.update(variants(noun))
    return Objects(frozenset(found - {""}), frozenset(heads - {""}), last)


def variants(word: str) -> Iterator[str]:
    """A word, its singular, and the parts of a compound."""
    for part in (word, *word.split("-")) if "-" in word else (word,):
        yield part
        if len(part) > 3 and part.endswith("s"):
            yield f"{part[:-3]}y" if part.endswith("ies") else part[:-1]
