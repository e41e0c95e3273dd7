"""The small languages of `rubrics/risk.yaml`: lists of words, patterns, conditions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast, get_args

from scorer.models.risk import Category, Severity
from scorer.models.risk_rules import Circumstance, Condition

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from scorer.catalog.entry import Entry

_OPENINGS = ("act", "code", "flag", "file", "value")


class Lists:
    """The named lists of words: `@name` is one of `words`, or the verbs of an act."""

    def __init__(self, words: Entry, acts: Mapping[str, str]) -> None:
        self._lists = {**{name: words.text(name) for name in words.values}, **acts}
        if twice := sorted(words.values.keys() & acts.keys()):
            raise words.error(twice[0], "is the name of an act, too")

    def expand(self, text: str, entry: Entry) -> frozenset[str]:
        """The words of a text, with those of the lists that it names."""
        found: set[str] = set()
        for word in text.split():
            if not word.startswith("@"):
                found.add(word)
            elif word[1:] in self._lists:
                found |= self.expand(self._lists[word[1:]], entry)
            else:
                raise entry.error("", f"no list of words is called {word[1:]!r}")
        return frozenset(found)


def pattern(entry: Entry, key: str, *, whole: bool) -> re.Pattern[str]:
    """A regular expression. whole: matched against whole names."""
    try:
        return re.compile(rf"(?:{entry.text(key)})\Z" if whole else entry.text(key))
    except re.error as error:
        raise entry.error(key, f"not a regular expression: {error}") from error


def category(entry: Entry) -> Category:
    """The category that an entry names."""
    if entry.text("category") not in get_args(Category):
        raise entry.error("category", f"must be one of {', '.join(get_args(Category))}")
    return cast("Category", entry.text("category"))


def severity(entry: Entry) -> Severity:
    """The severity that an entry names."""
    if entry.text("severity") not in get_args(Severity):
        raise entry.error("severity", f"must be one of {', '.join(get_args(Severity))}")
    return cast("Severity", entry.text("severity"))


def conditions(row: Entry, known: Mapping[str, Collection[str]]) -> tuple[Condition, ...]:
    """The conditions of a row. known: the names that each kind may have."""
    return tuple(_condition(row, text, known) for text in row.text("when").split())


def _condition(row: Entry, text: str, known: Mapping[str, Collection[str]]) -> Condition:
    kind, equals, name = text.removeprefix("!").partition("=")
    if not equals:
        kind, name = "signal", kind
    names = {"by": _OPENINGS, "is": get_args(Circumstance), **known}.get(kind)
    if names is None or name not in names:
        raise row.error("when", f"{text!r} is no condition")
    return Condition(kind, name, not text.startswith("!"))
