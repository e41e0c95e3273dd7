"""Gaps between the tools of a set: ids that nobody gives, jobs that nobody follows, switches without a way back."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from scorer.facts.life_cycle import root, stages
from scorer.facts.names import singular
from scorer.facts.set_subject import short
from scorer.facts.subject import Answer
from scorer.models.fact import Place
from scorer.text.words import split_identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.facts.names import Name
    from scorer.facts.set_subject import SetSubject
    from scorer.models.signals import Parameter

_PAGING = frozenset("cursor page offset skip after before start token continuation pagination".split())
# Where an id may come from, if no tool gives it.
_GIVEN = re.compile(
    r"\b(?:urls?|links?|dashboard|settings|console|config\w*|environment|e\.g|examples?|such as|like|defaults?|names?|slug|your|from|returned|user)\b|['\"`]",
    re.IGNORECASE,
)
# What a client or a user knows of itself, and words for a part that another thing plays.
_OWN = frozenset(
    "account app child client from next other parent previous related request root seed session source target tenant thread to user".split()
)
_MAX_NOUNS = 50
_MAX_TEXT = 4000
_WAY_BACK = {
    "subscribe": "unsubscribe", "lock": "unlock", "mute": "unmute", "pin": "unpin", "follow": "unfollow", "protect": "unprotect",
    "enable": "disable", "watch": "unwatch", "block": "unblock", "mount": "unmount", "assign": "unassign", "ban": "unban", "hide": "unhide",
}  # fmt: skip
_JOB = re.compile(
    r"\breturns?\b[^.\n]{0,60}?\b(job|task|run|operation|execution|scan|crawl|batch)[ _-]?id\b", re.IGNORECASE
)
_FOLLOWS = frozenset("status poll progress check wait result state get".split())


def unobtainable_ids(subject: SetSubject) -> Iterator[tuple[str, Parameter]]:
    """(tool, parameter) of every required id whose noun comes up in no tool but those that ask for the id."""
    asking: dict[str, dict[int, Parameter]] = {}
    for index, counted in enumerate(subject.signals):
        for parameter in counted.parameters:
            if noun := _noun_of_id(parameter):
                asking.setdefault(noun, {})[index] = parameter
    for noun, askers in islice(asking.items(), _MAX_NOUNS):
        explained = any(_GIVEN.search(p.description or "") for p in askers.values())
        if not explained and not any(noun in text for i, text in enumerate(subject.spoken) if i not in askers):
            yield from ((subject.tools[i].name, parameter) for i, parameter in askers.items())


def _noun_of_id(parameter: Parameter) -> str:
    """`customer_id` -> customer; "" for a bare `id` and for anything but a required id at the top."""
    parts = split_identifier(parameter.name)
    if parameter.depth > 1 or not parameter.required or not parts or parts[-1] not in ("id", "ids") or parameter.enum:
        return ""
    noun = singular(parts[-2]) if len(parts) > 1 else ""
    return "" if noun in _OWN else root(noun)


def one_way_verbs(subject: SetSubject) -> list[Name]:
    """Names that switch something on for which no name has the opposite, a way to end it, or a general way to change it."""
    verbs = {part for name in subject.names for part in name.parts}
    heads = {name.head for name in subject.names if name.verb in _WAY_BACK}
    ways = {
        head: {n.verb for n in subject.life.by_word.get(head, ()) if stages(n) & {"end", "change", "any"}}
        for head in heads
    }
    return [
        name
        for name in subject.names
        if name.verb in _WAY_BACK
        and _WAY_BACK[name.verb] not in verbs
        and "toggle" not in verbs
        and not ways[name.head]
    ]


def unfollowed_job(subject: SetSubject) -> Answer | None:
    """The words with which a tool returns a job's id, when no other tool takes one or tells how jobs stand."""
    watchers = [i for i, name in enumerate(subject.names) if not _FOLLOWS.isdisjoint(name.parts)][:2]
    for index, tool in enumerate(subject.tools):
        match = None if any(i != index for i in watchers) else _JOB.search((tool.description or "")[:_MAX_TEXT])
        if match is None:
            continue
        noun = match[1].lower()
        if not any(noun in asked for i, asked in enumerate(subject.asked) if i != index):
            detail = f"`{short(tool.name)}` returns a {noun} id that no other tool takes"
            return Answer(True, match[0], Place("/description", *match.span()), detail, tools=(tool.name,))
    return None


def paged(subject: SetSubject) -> tuple[list[str], list[str]]:
    """The listing tools with a parameter for the next page, and those with parameters but none for it."""
    found: tuple[list[str], list[str]] = ([], [])
    for name, counted in zip(subject.names, subject.signals, strict=True):
        if name.verb == "list" and counted.parameters:
            parts = {part for p in counted.parameters if p.depth == 1 for part in split_identifier(p.name)}
            found[0 if parts & _PAGING else 1].append(name.name)
    return found
