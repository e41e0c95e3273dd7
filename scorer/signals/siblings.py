"""Tools of one server beside each other: which an agent may confuse, which shadow others, which sentences they share.

Two tools overlap when they promise the same action on the same object. Either their names come to the same, once verbs are put
into families and words that tell nothing apart are dropped, and their first sentences do not disagree; or their first sentences
are the same. The score is the mean of two shares: of the words of their names and of their first sentences that both use.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from scorer.models.signals import Overlap, Siblings
from scorer.signals.boilerplate import boilerplate
from scorer.signals.purpose import Purpose, purposes, shared_part
from scorer.signals.shadows import shadowed
from scorer.text.words import lower_words, split_identifier, stem

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from scorer.models.signals import Signals
    from scorer.models.tool import Tool

_BEFORE_NAME = re.compile(r"[`'\"*]$|\b(?:use|call|see|prefer|run|try)\s+$", re.IGNORECASE)
_AFTER_NAME = re.compile(r"[`'\"*(]|\s+(?:tool|instead)\b", re.IGNORECASE)
# Bounds for hostile sets: tools compared with each other under one key, pairs kept per tool and in all.
_MAX_GROUP = 30
_MAX_PAIRS_OF_TOOL = 10
_MAX_PAIRS = 2_000
_MAX_NAME_WORDS = 7
# A first sentence of fewer words may be the same by chance.
_MIN_SAID = 4
# Characters of a description in which the words of its first sentence are looked for.
_READ = 1_000


def compare(tools: Sequence[Tool], signals: Sequence[Signals]) -> tuple[tuple[Siblings, ...], tuple[Overlap, ...]]:
    """What each tool's facts may know of the others (parallel to `tools`), and the pairs that overlap, strongest first."""
    overlaps = _overlaps(tools, signals)
    of_tool: defaultdict[str, list[Overlap]] = defaultdict(list)
    for overlap in overlaps:
        of_tool[overlap.a].append(overlap)
        of_tool[overlap.b].append(overlap)
    names, shared = frozenset(tool.name for tool in tools), boilerplate(tools)
    return tuple(Siblings(names, tuple(of_tool.get(tool.name, ())), shared) for tool in tools), overlaps


def _overlaps(tools: Sequence[Tool], signals: Sequence[Signals]) -> tuple[Overlap, ...]:
    known = purposes(tools, signals)
    scores = {pair: _score(known[pair[0]], known[pair[1]]) for pair in _pairs(known) if _distinct(tools, pair)}
    ranked = sorted(scores, key=lambda pair: (-scores[pair], tools[pair[0]].name, tools[pair[1]].name, pair))
    kept: list[Overlap] = []
    count = Counter[int]()
    for a, b in ranked:
        if len(kept) < _MAX_PAIRS and max(count[a], count[b]) < _MAX_PAIRS_OF_TOOL:
            count.update((a, b))
            kept.append(_overlap(tools[a], tools[b], scores[a, b], known[a], known[b]))
    costs = {tool.name: signal.context.invocation_cost for tool, signal in zip(tools, signals, strict=True)}
    dearer = shadowed(kept, costs)
    return tuple(replace(pair, costlier=dearer[at]) if at in dearer else pair for at, pair in enumerate(kept))


def _distinct(tools: Sequence[Tool], pair: tuple[int, int]) -> bool:
    return tools[pair[0]].name != tools[pair[1]].name


def _pairs(known: Sequence[Purpose]) -> Iterator[tuple[int, int]]:
    """Index pairs, the lower first, of tools that overlap; they need not be compared with all others to be found."""
    by_name: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    by_sentence: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, purpose in enumerate(known):
        if purpose.family and len(by_name[purpose.words]) < _MAX_GROUP:
            by_name[purpose.words].append(at)
        if (
            purpose.family
            and len(purpose.said) >= _MIN_SAID
            and len(by_sentence[purpose.family, purpose.said]) < _MAX_GROUP
        ):
            by_sentence[purpose.family, purpose.said].append(at)
    for group in by_name.values():
        yield from ((a, b) for a, b in combinations(group, 2) if known[a].meets(known[b]))
    for group in by_sentence.values():
        yield from combinations(group, 2)
    for at, purpose in enumerate(known):
        for words in _shorter(purpose.words):
            yield from ((min(at, b), max(at, b)) for b in by_name.get(words, ()) if purpose.extends(known[b]))


def _shorter(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words without one or two of them; names of very many words are left alone."""
    if 1 < len(words) <= _MAX_NAME_WORDS:
        yield from combinations(words, len(words) - 1)
    if 2 < len(words) <= _MAX_NAME_WORDS:
        yield from combinations(words, len(words) - 2)


def _score(a: Purpose, b: Purpose) -> float:
    names = 1.0 if a.words == b.words else shared_part(a.words, b.words)
    return round((names + shared_part(a.said, b.said)) / 2, 2)


def _overlap(a: Tool, b: Tool, score: float, mine: Purpose, yours: Purpose) -> Overlap:
    stems = {*mine.words, *mine.core, *mine.said} & {*yours.words, *yours.core, *yours.said}
    written = _written(a)
    shared = sorted({written.get(one, one) for one in stems})
    return Overlap(a.name, b.name, score, tuple(shared), _mentions(a, b.name) or _mentions(b, a.name))


def _written(tool: Tool) -> dict[str, str]:
    """By stem: the word as a tool first writes it."""
    found: dict[str, str] = {}
    for word in (*split_identifier(tool.name), *lower_words((tool.description or "")[:_READ])):
        found.setdefault(stem(word), word)
    return found


def _mentions(tool: Tool, name: str) -> bool:
    """Whether a description names another tool; a name of one plain word must look like one: quoted, called, or "use x"."""
    text = tool.description or ""
    plain = name.isalpha() and name.islower()
    for match in re.finditer(rf"(?<![\w/.-]){re.escape(name)}(?![\w-])", text, re.IGNORECASE):
        before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 12]
        if not plain or _BEFORE_NAME.search(before) or _AFTER_NAME.match(after):
            return True
    return False
