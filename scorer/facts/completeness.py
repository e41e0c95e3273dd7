"""Completeness of the surface: whether an agent that starts a task with these tools can end it with them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from scorer.facts.life_cycle import reads, root, stages
from scorer.facts.missing import missing_names
from scorer.facts.set_subject import MAX_TOOLS, listed, short
from scorer.facts.subject import NO, Answer, Subject, cannot_tell, does_not_apply
from scorer.facts.surface_gaps import one_way_verbs, paged, unfollowed_job, unobtainable_ids
from scorer.models.fact import Place
from scorer.models.signals import Siblings
from scorer.text.verbs import classes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorer.facts.set_subject import SetSubject

# A reader of everything reads what was made, too.
_ALL = re.compile(r"\b(?:entire|whole|everything)\b")
# A bound on searches through all texts, for hostile sets.
_MAX_NOUNS = 200
_ONE = does_not_apply("the server has one tool")
_OTHER_LANGUAGE = cannot_tell("the names or the descriptions are not in English")


def only_one_tool(subject: SetSubject) -> Answer:
    return Answer(True, detail="the server has one tool") if subject.count == 1 else NO


def trivial_tool(subject: SetSubject) -> Answer:
    """The server's one tool is a greeting, an echo or another exercise, judged by its name."""
    if subject.count != 1:
        return does_not_apply("the server has more than one tool")
    return (
        subject.shown_by_names([subject.tools[0].name], "the only tool is an exercise") if subject.is_exercise else NO
    )


def self_contained(subject: SetSubject) -> Answer:
    """The server's one tool works out its answer from what it is given: nothing is missing beside it."""
    if subject.count != 1:
        return does_not_apply("the server has more than one tool")
    name = subject.names[0]
    computes = name.verb is not None and classes(name.verb)[:1] == ("compute",)
    return subject.shown_by_names([name.name], f"`{short(name.name)}` computes from its input") if computes else NO


def read_only(subject: SetSubject) -> Answer:
    """No tool changes anything, so that nothing need be undone."""
    if subject.count < 2:
        return _ONE
    effects = [counted.actions.mutates for counted in subject.signals]
    if not effects or True in effects:
        return NO
    if 2 * effects.count(False) < len(effects):
        return cannot_tell("most tools do not say whether they change anything")
    return Answer(True, detail="by names and texts, no tool changes anything")


def full_life_cycle(subject: SetSubject) -> Answer:
    """Some thing can be made, found or read, changed and ended."""
    if reason := _unreadable(subject):
        return reason
    whole = [
        head
        for head, done in subject.life.covered.items()
        if {"make", "change", "end"} <= done and done & {"read", "find"}
    ]
    tools = (name.name for head in whole for name in subject.life.by_word[head] if name.head == head and stages(name))
    return _found(subject, tools, f"can be made, read, changed and ended: {_nouns(whole)}")


def find_then_read(subject: SetSubject) -> Answer:
    """Some thing can be found by one tool and read in full by another."""
    if reason := _unreadable(subject):
        return reason
    both = [head for head, done in subject.life.covered.items() if {"find", "read"} <= done]
    tools = (
        name.name
        for head in both
        for name in subject.life.by_word[head]
        if name.head == head and stages(name) & {"find", "read"}
    )
    return _found(subject, tools, f"can be found, then read: {_nouns(both)}")


def never_read(subject: SetSubject) -> Answer:
    """A thing can be made, but no tool reads or finds it, by its name or in its words."""
    if reason := _unreadable(subject):
        return reason
    made = {head: name.name for head, name in subject.life.begun()}
    lost = {head: made[head] for head in made if not any(subject.life.others(head, "make", "change", "end"))}
    if lost:
        readers = " ".join(text for name, text in zip(subject.names, subject.spoken, strict=True) if reads(name))
        kept = (head for head in islice(lost, _MAX_NOUNS) if root(head) not in readers)
        lost = {} if _ALL.search(readers) else {head: lost[head] for head in kept}
    return _found(subject, lost.values(), f"made, but no tool reads or lists: {_nouns(lost)}")


def never_ended(subject: SetSubject) -> Answer:
    """A thing can be made but neither changed nor ended, although the server does so for other things that it makes."""
    if reason := _unreadable(subject):
        return reason
    made = dict(subject.life.begun())
    kept = {head: any(subject.life.others(head, "make", "find", "read")) for head in made}
    if all(kept.values()) or not any(kept.values()):
        return NO
    lacking = [head for head, is_kept in kept.items() if not is_kept]
    return _found(
        subject, (made[head].name for head in lacking), f"made, but neither changed nor ended: {_nouns(lacking)}"
    )


def unobtainable_id(subject: SetSubject) -> Answer:
    """A tool needs an id that no other tool gives and whose origin no text explains."""
    if reason := _unreadable(subject):
        return reason
    found = list(unobtainable_ids(subject))
    if not found:
        return NO
    names = tuple(dict.fromkeys(name for name, _ in found))
    ids = ", ".join(dict.fromkeys(f"`{short(p.name)}`" for _, p in found[:4]))
    first = found[0][1]
    return Answer(
        True,
        first.name,
        Place(first.pointer),
        f"no other tool or text accounts for {ids} (asked for by {len(names)} of {subject.count} tools)",
        tools=names[:MAX_TOOLS],
    )


def dead_end_reference(subject: SetSubject) -> Answer:
    """A text sends the agent to a tool that this server does not have."""
    if subject.count < 2:
        return _ONE
    known = Siblings(names=frozenset(tool.name for tool in subject.tools))
    for tool, counted in zip(subject.tools, subject.signals, strict=True):
        for pointer, text, start, end in missing_names(Subject(tool, counted, known)):
            quote = text[start:end]
            if quote[:1].isupper() and not tool.name[:1].isupper():
                continue
            return Answer(
                True,
                quote,
                Place(pointer, start, end),
                f"`{short(tool.name)}` sends to `{short(quote)}`, which is no tool here",
                tools=(tool.name,),
            )
    return NO


def one_way_switch(subject: SetSubject) -> Answer:
    """Something can be switched on (subscribed, locked, enabled) and no tool switches it off."""
    if reason := _unreadable(subject):
        return reason
    stuck = one_way_verbs(subject)
    return _found(
        subject, (name.name for name in stuck), f"switched on, never off: {listed([name.name for name in stuck])}"
    )


def unfollowed_job_id(subject: SetSubject) -> Answer:
    """A tool starts a job and returns its id, and no tool takes that id or tells how jobs stand."""
    if reason := _unreadable(subject):
        return reason
    return unfollowed_job(subject) or NO


def uneven_paging(subject: SetSubject) -> Answer:
    """Of four listing tools or more, some can be paged and at least a quarter cannot."""
    with_pages, without = paged(subject)
    if len(with_pages) + len(without) < 4 or not with_pages or 4 * len(without) < len(with_pages) + len(without):
        return NO
    return _found(subject, without, f"lists without pages, beside {len(with_pages)} with them: {listed(without)}")


def _found(subject: SetSubject, names: Iterable[str], detail: str) -> Answer:
    found = tuple(dict.fromkeys(names))
    return subject.shown_by_names(found, detail) if found else NO


def _nouns(heads: Iterable[str]) -> str:
    return listed(list(heads))


def _unreadable(subject: SetSubject) -> Answer | None:
    """Why names cannot be read as verbs and things, None when they can."""
    if subject.count < 2:
        return _ONE
    return None if subject.english else _OTHER_LANGUAGE


PREFIX = "surface"
CHECKS = (
    only_one_tool,
    trivial_tool,
    self_contained,
    read_only,
    full_life_cycle,
    find_then_read,
    never_read,
    never_ended,
    unobtainable_id,
    dead_end_reference,
    one_way_switch,
    unfollowed_job_id,
    uneven_paging,
)
