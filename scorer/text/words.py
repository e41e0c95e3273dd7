"""Words: tokens of prose, parts of identifiers, stems."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import Stemmer

_STEMMER = Stemmer.Stemmer("english")

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATOR = re.compile(r"[\W_]+")

STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before being below between both but by
    can cannot could did do does doing done down during each either else etc every few for from further get gets got had has have
    having he her here hers him his how i if in into is it its itself just let like ll may me might more most must my neither no non nor
    not now of off on once one only onto or other others our out over own per please re same shall she should so some such than
    that the their them then there these they this those through to too under until up upon us use used useful user users using
    very via was we were what when where whenever whether which while who whom whose why will with within without would you your yours""".split()
)


class Word(NamedTuple):
    """A token of prose, lower-cased, and its character offsets in the text."""

    lower: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text in order with their places; digits count as words, underscores separate."""
    return [Word(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text)]


def lower_words(text: str) -> list[str]:
    """The words of a text in order, lower-cased; digits count as words, underscores separate."""
    return _WORD.findall(text.lower())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The English stem of a lower-case word; words in other scripts come back unchanged."""
    return str(_STEMMER.stemWord(word)) if word.isascii() else word


@lru_cache(maxsize=16384)
def split_identifier(name: str) -> tuple[str, ...]:
    """`d1_databaseDelete` -> ("d1", "database", "delete"), lower-cased."""
    spaced = _CAMEL.sub(" ", name)
    return tuple(part.lower() for part in _SEPARATOR.split(spaced) if part)


@lru_cache(maxsize=16384)
def name_stems(name: str) -> frozenset[str]:
    """The stems of an identifier's parts, stop words included."""
    return frozenset(stem(part) for part in split_identifier(name))


@lru_cache(maxsize=16384)
def content_stems(text: str) -> tuple[str, ...]:
    """The stems of a text's words that carry content, in order with repeats: no stop words, identifiers split."""
    if not text.islower():
        text = _CAMEL.sub(" ", text).lower()
    if "in order to" in text:
        text = text.replace("in order to", "to")
    return tuple([stem(word) for word in _WORD.findall(text) if word not in STOP_WORDS and len(word) > 1])


# Stems that say nothing about one tool rather than another.
GENERIC = frozenset(
    stem(word)
    for word in """tool function use used using call called input output parameter param argument value data result results return returned
    thing object item information info operation action request response perform provide provided allow enable help specific specified given
    various different appropriate necessary needed want need based able make way execute server client api mcp endpoint method field string
    number integer boolean array list json text type name default optional required require requires valid correct proper relevant useful
    user agent llm model assistant something anything everything stuff work task case example e.g etc note important please simply just also
    successful successfully success fail fails failure error errors occur happen good best new current main general common full whole""".split()
)

# Objects of a verb that could be anything: "fetches data". A user, a task or a list is a thing in particular.
VAGUE_OBJECTS = frozenset(
    stem(word)
    for word in """data item thing object stuff information info something anything everything result value input output api endpoint tool function
    operation action request response parameter various different specific given detail content one required""".split()
)
# The vocabulary of disclosure: words that every template has, and that say something only together with particulars.
CLAIMS = frozenset(
    stem(word)
    for word in """read write only readonly idempotent side effect effects authentication auth authenticated rate limit limits limitation limited
    apply applies applicable permission access safe destructive operation mode should avoid instead certain situation condition various
    particular desired properly accordingly certified reviewed excellent
    best powerful blazing fast fastest lightning amazing awesome revolutionary robust comprehensive seamless seamlessly enterprise grade reliable
    efficient advanced smart intelligent modern easy simple great perfect unparalleled effortless effortlessly nondestructive""".split()
)


@lru_cache(maxsize=16384)
def telling_stems(text: str) -> frozenset[str]:
    """The content stems of a text that are not generic."""
    return frozenset(content_stems(text)) - GENERIC


_STUFFED = 8
_ACTIONS = frozenset("returns return includes include contains contain supports accepts fields columns".split())


@lru_cache(maxsize=16384)
def lists_keywords(text: str) -> bool:
    """Whether a text is a heap of words rather than a statement: eight or more, and none that binds them.

    "Returns id, title, status ..." is a statement: a word in front says what the list is.
    """
    found = lower_words(text)
    return len(found) >= _STUFFED and found[0] not in _ACTIONS and STOP_WORDS.isdisjoint(found)


def novel_stems(text: str, *known: frozenset[str]) -> frozenset[str]:
    """The telling stems of a text that are not known already: what the text adds."""
    return telling_stems(text).difference(*known)
