"""Disambiguation: whether an agent can tell the tools apart by their names, their words and the lines drawn between them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from scorer.facts.names import singular
from scorer.facts.set_subject import MAX_EXAMPLES, MAX_TOOLS, listed, short
from scorer.facts.subject import NO, Answer, does_not_apply
from scorer.facts.synonyms import CATCH_ALL, NEEDS_OBJECT, QUALIFIERS, SAME_PROMISE
from scorer.models.fact import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from scorer.facts.names import Name
    from scorer.facts.set_subject import SetSubject
    from scorer.models.signals import Overlap

T = TypeVar("T")

_VERSION = re.compile(r"v?\d{1,3}")
_LONE_DIGIT = re.compile(r"(?<=[a-z]{4})\d$")
_NOISE = re.compile(r"[\W\d_]+")


def only_tool(subject: SetSubject) -> Answer:
    """One tool has nothing to be taken for."""
    return Answer(True, detail="the server has one tool") if subject.count == 1 else NO


def one_overlap(subject: SetSubject) -> Answer:
    """Exactly one pair of tools overlaps in purpose without a text that names the other."""
    pairs = _undrawn(subject)
    return _pairs(pairs, "no text draws the line between") if len(pairs) == 1 else NO


def several_overlaps(subject: SetSubject) -> Answer:
    """Several undrawn pairs, with less than three in ten of the tools in them."""
    pairs = _undrawn(subject)
    return _pairs(pairs, "no text draws the line between") if len(pairs) > 1 and not _widespread(subject, pairs) else NO


def widespread_overlaps(subject: SetSubject) -> Answer:
    """At least two undrawn pairs, with three in ten of the tools or more in them."""
    pairs = _undrawn(subject)
    return _pairs(pairs, "no text draws the line between") if len(pairs) > 1 and _widespread(subject, pairs) else NO


def draws_boundaries(subject: SetSubject) -> Answer:
    """Of the pairs that overlap, at least half have a text that names the other tool."""
    if not subject.overlaps:
        return does_not_apply("no two tools overlap")
    drawn = [pair for pair in subject.overlaps if pair.boundary]
    return _pairs(drawn, "a text names the other tool for") if 2 * len(drawn) >= len(subject.overlaps) else NO


def same_description(subject: SetSubject) -> Answer:
    """Two tools or more have the same words for a description; case, digits and punctuation do not count."""
    suspects = _grouped(range(subject.count), lambda i: _letters(subject.descriptions[i][:80]))
    same = [g for group in suspects for g in _grouped(group, lambda i: _letters(subject.descriptions[i]))]
    if not same:
        return NO
    names = tuple(dict.fromkeys(subject.tools[i].name for group in same for i in group))
    quote = (subject.tools[same[0][0]].description or "")[:200]
    detail = f"one description for several ({len(names)} of {subject.count} tools): {listed(names)}"
    return Answer(True, quote, Place("/description", 0, len(quote)), detail, tools=names[:MAX_TOOLS])


def undescribed_tools(subject: SetSubject) -> Answer:
    """Tools without a description, where there is something to choose from."""
    if subject.count < 2:
        return does_not_apply("there is no choice to make")
    bare = [tool.name for tool, text in zip(subject.tools, subject.descriptions, strict=True) if not text]
    return (
        subject.shown_by_names(bare, f"no description ({len(bare)} of {subject.count} tools): {listed(bare)}")
        if bare
        else NO
    )


def catch_all_name(subject: SetSubject) -> Answer:
    """A name that could be any tool's (`run`, `process_data`), or a bare verb that another name says with an object."""
    if subject.count < 3:
        return does_not_apply("there are fewer than three tools")
    said = {n.verb for n in subject.names if n.order == "verb-first" and n.parts[0] == n.verb and n.head} & NEEDS_OBJECT
    vague = [n.name for n in subject.names if CATCH_ALL.issuperset(n.parts) or (n.order == "alone" and n.verb in said)]
    if not vague or len(vague) == subject.count:
        return NO
    return subject.shown_by_names(vague, f"beside tools that say what they act on: {listed(vague)}")


def version_twins(subject: SetSubject) -> Answer:
    """Names that differ only by a number, a version or a word such as `new`, `full`, `advanced`."""
    return _alike(subject, _unversioned, "apart only by a number, a version or a qualifier")


def same_action_and_resource(subject: SetSubject) -> Answer:
    """Names that promise the same action on the same thing: `find_orders` and `search_orders`."""
    return _alike(subject, _promise, "the same action on the same thing")


def wide_choice(subject: SetSubject) -> Answer:
    """More than fifteen tools at once: near neighbours are hard to keep apart whatever their texts say."""
    return Answer(True, detail=f"an agent chooses among {subject.count} tools") if subject.count > 15 else NO


def _undrawn(subject: SetSubject) -> list[Overlap]:
    return [pair for pair in subject.overlaps if not pair.boundary]


def _widespread(subject: SetSubject, pairs: Sequence[Overlap]) -> bool:
    return 10 * len({name for pair in pairs for name in (pair.a, pair.b)}) >= 3 * subject.count


def _pairs(pairs: Sequence[Overlap], says: str) -> Answer:
    """Yes, shown by the pairs that overlap most."""
    ranked = sorted(pairs, key=lambda pair: (-pair.score, pair.a, pair.b))
    shown = "; ".join(f"`{short(pair.a)}` and `{short(pair.b)}`" for pair in ranked[:MAX_EXAMPLES])
    more = f" and {len(ranked) - MAX_EXAMPLES} more pairs" if len(ranked) > MAX_EXAMPLES else ""
    names = tuple(dict.fromkeys(name for pair in ranked for name in (pair.a, pair.b)))
    return Answer(True, names[0], Place("/name", 0, len(names[0])), f"{says} {shown}{more}", tools=names[:MAX_TOOLS])


def _letters(text: str) -> str:
    return _NOISE.sub(" ", text.lower()).strip()


def _grouped(items: Iterable[T], key: Callable[[T], Hashable]) -> list[list[T]]:
    """Groups of two and more items with one key; items without a key are left out."""
    groups: defaultdict[Hashable, list[T]] = defaultdict(list)
    for item in items:
        if common := key(item):
            groups[common].append(item)
    return [group for group in groups.values() if len(group) > 1]


def _alike(subject: SetSubject, key: Callable[[Name], Hashable], says: str) -> Answer:
    """Whether different names come to one key, pairs aside that are known to overlap: those have facts of their own."""
    known = {frozenset((pair.a, pair.b)) for pair in subject.overlaps}
    groups = [dict.fromkeys(name.name for name in group) for group in _grouped(subject.names, key)]
    names = tuple(name for group in groups if len(group) > 1 and frozenset(group) not in known for name in group)
    return (
        subject.shown_by_names(names, f"{says} ({len(names)} of {subject.count} names): {listed(names)}")
        if names
        else NO
    )


def _unversioned(name: Name) -> tuple[str, ...] | None:
    parts = tuple(p for p in name.parts if p not in QUALIFIERS and not _VERSION.fullmatch(p))
    return (*parts[:-1], _LONE_DIGIT.sub("", parts[-1])) if parts else None


def _promise(name: Name) -> Hashable:
    """The action and the thing; a plural among the words makes it another thing (`get_order`, `get_orders`)."""
    if name.verb is None or len(name.parts) < 2:
        return None
    plural = any(singular(part) != part for part in name.parts if part not in name.verbs)
    return SAME_PROMISE.get(name.verb, name.verb), tuple(sorted(name.words)), plural


PREFIX = "apart"
CHECKS = (
    only_tool,
    one_overlap,
    several_overlaps,
    widespread_overlaps,
    draws_boundaries,
    same_description,
    undescribed_tools,
    catch_all_name,
    version_twins,
    same_action_and_resource,
    wide_choice,
)
