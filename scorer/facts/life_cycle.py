"""What a server's tools do with each kind of thing: make it, find it, read it, change it, end it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from scorer.facts.names import singular

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.facts.names import Name

Stage = Literal["make", "find", "read", "change", "end", "any"]

_VERBS: dict[Stage, str] = {
    "make": "create new register make add insert upsert post open provision",
    "find": "list search find browse query lookup enumerate",
    "read": "get fetch retrieve read describe show view open inspect download export",
    "change": "update edit modify patch set rename change replace move upsert put write configure assign",
    "end": "delete remove drop destroy erase del rm clear cancel purge archive revoke close terminate kill end stop unregister deactivate",
    "any": "manage handle sync batch",
}
STAGES: dict[str, frozenset[Stage]] = {
    verb: frozenset(stage for stage, listed in _VERBS.items() if verb in listed.split())
    for verbs in _VERBS.values()
    for verb in verbs.split()
}
# Of the makers, those that bring a thing of its own into being; `add_row` only changes a table.
_BEGINNINGS = frozenset(("create", "new", "register", "provision"))
# What is used up where it is made: nobody reads, changes or ends it later.
_PASSING = frozenset("backup copy export link log preview report session snapshot status token url".split())


def stages(name: Name) -> frozenset[Stage]:
    """What a name says is done; `get_orders` finds where `get_order` reads."""
    found = frozenset[Stage]().union(*(STAGES.get(verb, ()) for verb in name.verbs))
    return found - {"read"} | {"find"} if "read" in found and _is_plural(name) else found


def reads(name: Name) -> bool:
    """Whether a tool may read or find something, by its name: anything but a maker, a changer or an ender."""
    return not stages(name) or bool(stages(name) - {"make", "change", "end"})


def root(noun: str) -> str:
    """What singular and plural of a noun share: `stor` for `story` and `stories`."""
    return noun[:-1] if noun.endswith("y") and len(noun) > 3 else noun


def _is_plural(name: Name) -> bool:
    return any(singular(part) == name.head != part for part in name.parts)


class LifeCycle:
    """The tools of a set by the nouns in their names."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.names = names
        self.by_word: defaultdict[str, list[Name]] = defaultdict(list)
        for name in names:
            for word in dict.fromkeys(name.words):
                self.by_word[word].append(name)

    @cached_property
    def covered(self) -> dict[str, frozenset[Stage]]:
        """For each noun that a tool acts on, what can be done with it."""
        found: defaultdict[str, set[Stage]] = defaultdict(set)
        for name in self.names:
            found[name.head] |= stages(name)
        return {head: frozenset(done) for head, done in found.items() if head}

    def begun(self) -> Iterator[tuple[str, Name]]:
        """(noun, name) of the tools that bring a thing of its own into being."""
        for name in self.names:
            if name.head and name.head not in _PASSING and not _BEGINNINGS.isdisjoint(name.verbs):
                yield name.head, name

    def others(self, word: str, *but: Stage) -> Iterator[Name]:
        """The tools with a word in their name that do something else than the stages given."""
        return (name for name in self.by_word.get(word, ()) if not stages(name) or stages(name) - set(but))
