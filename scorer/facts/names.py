"""The anatomy of a tool's name: its case style, its verb and what the verb acts on."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from scorer.text.verbs import CLASSES
from scorer.text.words import split_identifier

Order = Literal["alone", "verb-first", "verb-later", "no-verb"]

# Verbs of names that prose seldom uses as commands.
_NAME_VERBS = frozenset(
    """assert begin blame block bring can catch cite cleanse continue decompose del dequeue dismiss draw emulate end
    enqueue expect finish give gzip has hide improve interact is learn mount onboard paste pick populate prepare
    reclassify reconcile reconnect refine reindex remediate rm screen scrub setup should snooze stash
    supersede suppress tune unban unblock unhide unmerge unmount unwatch wrap""".split()
)
# Words that are verbs in prose and things in names: `issue_states` issues nothing.
_THINGS = frozenset(
    """bill card cat chart contact control dm document email embed group head image index info input issue light mail
    message model note output page place price profile program project question response result sign stage stat
    state status stock store table tail text time""".split()
)
# Verbs that stand for a thing about as often: a name has them as its verb when they lead it and it has no surer one.
_DOUBTFUL = frozenset(
    """access answer archive audit backup balance batch benchmark book branch change charge chat checkout combine
    comment commit cost deposit draft drop export feedback filter flag format forward jog label like link log map
    mask monitor order pick plan play plot post print process pull purchase query rank rate record release reply
    report request review scale schedule score script seed stake star survey tag test trace track trade
    transfer turn type view vote""".split()
)
_PREPOSITIONS = frozenset(
    """by for from with to in of on into at as via using and or since per between without within""".split()
)
_NOUN_ENDS = frozenset(
    """book capability card case config configuration content context count data detail graph group health history id
    info information key label level limit link list log map matrix metadata name option order overview page price
    profile rate report result schema set setting settings stat state statistics status summary tree type url
    version""".split()
)
_ADVERBS = frozenset("batch bulk auto quick smart deep force multi safe async".split())
_NO_PLURAL = frozenset("alias atlas bias canvas https kubernetes lens perhaps pancreas".split())
_ES = ("sses", "xes", "ches", "shes", "zes", "statuses", "viruses", "aliases", "canvases", "lenses")
_ARTICLES = frozenset(("a", "an", "the"))


class Name(NamedTuple):
    """A tool's name taken apart.

    name: as given. parts: its words, lower-cased, without the prefix and the suffix that the server's names share.
    verb: the verb, None when no part is one; verbs: it, and what is joined to it (`create_or_update_file`). order: where the verb stands.
    words: the other parts in the singular, articles dropped. resource: those of `words` that stand before a preposition
    (`list_orders_by_day` -> order).
    """

    name: str
    parts: tuple[str, ...]
    verb: str | None
    verbs: tuple[str, ...]
    order: Order
    words: tuple[str, ...]
    resource: tuple[str, ...]

    @property
    def head(self) -> str:
        """The noun that the verb acts on, "" when the name has none."""
        return self.resource[-1] if self.resource else ""


def take_apart(name: str, parts: tuple[str, ...]) -> Name:
    """The anatomy of a name whose shared prefix and suffix are off already."""
    at = _verb_at(parts)
    if at is None:
        return _build(name, parts, (), "no-verb", parts)
    end = at + 1
    while parts[end : end + 1] in (("or",), ("and",)) and len(parts) > end + 1 and is_verb(parts[end + 1]):
        end += 2
    order: Order = "verb-first" if at == 0 or (at == 1 and parts[0] in _ADVERBS) else "verb-later"
    return _build(name, parts, parts[at:end:2], order, parts[:at] + parts[end:])


def _build(name: str, parts: tuple[str, ...], verbs: tuple[str, ...], order: Order, others: tuple[str, ...]) -> Name:
    words = tuple(singular(part) for part in others if part not in _ARTICLES)
    stop = next((i for i, word in enumerate(words) if word in _PREPOSITIONS), len(words))
    order = "alone" if len(parts) < 2 else order
    return Name(name, parts, verbs[0] if verbs else None, verbs, order, words, words[:stop])


def is_verb(part: str) -> bool:
    """Whether a word of a name may be a verb."""
    return (part in CLASSES and part not in _THINGS) or part in _NAME_VERBS


def _verb_at(parts: tuple[str, ...]) -> int | None:
    """The place of the verb: the first part if it surely is one, else the last sure one, else a first part that may be one."""
    sure = [i for i, part in enumerate(parts) if is_verb(part) and part not in _DOUBTFUL]
    if sure:
        return 0 if sure[0] == 0 else sure[-1]
    if parts and parts[0] in _DOUBTFUL and (len(parts) == 1 or singular(parts[-1]) not in _NOUN_ENDS):
        return 0
    return None


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """The singular of an English noun, by its ending: `stories` -> `story`, `boxes` -> `box`, `status` stays."""
    if (
        len(word) < 4
        or not word.endswith("s")
        or word.endswith(("ss", "us", "is", "news", "series"))
        or word in _NO_PLURAL
    ):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(_ES) else word[:-1]


_MARKS = {
    "_": "snake_case",
    "-": "kebab-case",
    ".": "dotted.names",
    "/": "slashed/names",
    ":": "colon:names",
    " ": "spaced names",
}
_HUMP = re.compile(r"[a-z0-9][A-Z]")


def case_style(name: str) -> frozenset[str]:
    """The ways in which a name joins its words: {"snake_case"}, {"camelCase"}; empty for a single word, which fits every style."""
    marks = {style for mark, style in _MARKS.items() if mark in name}
    if _HUMP.search(name):
        marks.add("PascalCase" if name[0].isupper() and not marks else "camelCase")
    return frozenset(marks)


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, lower-cased: `d1_databaseDelete` -> ("d1", "database", "delete")."""
    return split_identifier(name[:200])
