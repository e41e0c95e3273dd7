"""Names of sibling tools in a text."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from scorer.text.words import split_identifier

_TOKEN = re.compile(r"[A-Za-z]\w*(?:[.-]\w+)*")
# A name of one plain word is meant as a tool's only where the sentence treats it as one: "use search", `search`, "the map tool".
_BEFORE = re.compile(r"(?:\b(?:use|call|run|invoke|prefer|try|see|via|then)\s+|[`'\"*])$")
_AFTER = re.compile(r"[`'\"*(]|\s+(?:tool|instead)\b")
CAMEL = re.compile(r"[a-z][A-Z]")


class Mention(NamedTuple):
    """A tool's name in the description: the tool meant, and the offsets of the words."""

    tool: str
    start: int
    end: int


@lru_cache(maxsize=64)
def spellings(names: frozenset[str]) -> dict[str, str]:
    """How a text may spell each tool, in lower case: its name, in snake case, and without the prefix that most tools share."""
    firsts = Counter(split_identifier(n)[0] for n in names if len(split_identifier(n)) > 1)
    prefix, count = firsts.most_common(1)[0] if firsts else ("", 0)
    found: dict[str, str] = {}
    for name in sorted(names):
        parts = split_identifier(name)
        if len(parts) > 1 and parts[0] == prefix and count >= max(2, 0.5 * len(names)):
            found.setdefault("_".join(parts[1:]), name)
    for name in sorted(names):
        found["_".join(split_identifier(name))] = name
        found[name.lower()] = name
    return found


def siblings_named(text: str, lower: str, own: str, names: frozenset[str], parameters: frozenset[str]) -> list[Mention]:
    """Every place where a tool's text names another tool of the same server; a parameter's name is none."""
    known = spellings(names)
    found: list[Mention] = []
    if known.keys().isdisjoint(_TOKEN.findall(lower)):
        return found
    for match in _TOKEN.finditer(text):
        tool = known.get(match.group().lower())
        if tool is not None and tool != own and match.group() not in parameters and _is_meant(lower, match):
            found.append(Mention(tool, *match.span()))
    return found


def _is_meant(lower: str, match: re.Match[str]) -> bool:
    """A plain English word is a tool's name only where the sentence treats it as one."""
    token = match.group()
    if not token.isalpha() or CAMEL.search(token):
        return True
    return (
        _BEFORE.search(lower[max(0, match.start() - 12) : match.start()]) is not None
        or _AFTER.match(lower, match.end()) is not None
    )
