"""The words of a definition inside our own sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.fact import Fact

_QUOTES = 2
_DETAIL, _LOOKED_AT = 200, 1000  # characters; a definition may be of any size


class Clause(NamedTuple):
    """What is said of a fact that holds. end: what it did to the score, if it alone decided it."""

    fact: str
    says: str
    end: str


class Quotes:
    """The quotes of one reason: two at most, none twice, each of at most `longest` characters."""

    def __init__(self, longest: int) -> None:
        self.longest = longest
        self.shown: list[str] = []

    def clause(self, clause: Clause, fact: Fact) -> str:
        """`names an alternative (search_calls: "Use search_calls when the id is known")`."""
        if not (fact.detail or fact.quote):
            return clause.says + clause.end
        detail = _without_echo(one_line(fact.detail, _DETAIL).rstrip(" ."), clause.says) if fact.detail else ""
        quote = self._quote(fact)
        evidence = f"{detail}: {quote}" if detail and quote else detail or quote
        return f"{clause.says} ({evidence}){clause.end}" if evidence else clause.says + clause.end

    def _quote(self, fact: Fact) -> str:
        """The fact's words between quotation marks, if they are words of a description and not shown already."""
        if not fact.quote or fact.place is None or not fact.place.pointer.endswith("description"):
            return ""
        words = one_line(fact.quote[:_LOOKED_AT], self.longest).rstrip(" ;,:")
        if not words or len(self.shown) >= _QUOTES or any(words in text or text in words for text in self.shown):
            return ""
        self.shown.append(words)
        return f"“{words}”" if '"' in words else f'"{words}"'


def _without_echo(detail: str, says: str) -> str:
    """`names search_calls` after `names the alternative` is `search_calls`."""
    first, _, rest = detail.partition(" ")
    return rest if rest and says.startswith(f"{first} ") else detail


def one_line(text: str, longest: int) -> str:
    """The words of a text on one line, cut at a word where they are too long."""
    words = " ".join(text.split())
    if len(words) <= longest:
        return words
    cut = words[: longest - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


def series(clauses: Sequence[str]) -> str:
    """a; a and b; a, b and c."""
    if len(clauses) < 2:
        return clauses[0] if clauses else ""
    return f"{', '.join(clauses[:-1])} and {clauses[-1]}"
