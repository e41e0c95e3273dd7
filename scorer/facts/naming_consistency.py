"""Naming: whether the tools' names follow one pattern, and whether every client accepts them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from scorer.facts.name_patterns import (
    odd_styles,
    plural_twins,
    rarer_order,
    rival_verbs,
    spelled_twice,
    usual_order,
    verbless,
)
from scorer.facts.names import words_of
from scorer.facts.set_subject import EMPTY_ENDS, MAX_TOOLS, listed, short
from scorer.facts.subject import NO, Answer, cannot_tell, does_not_apply
from scorer.models.fact import Place
from scorer.text.words import name_stems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorer.facts.set_subject import SetSubject
    from scorer.models.tool import Tool

_VALID = re.compile(r"[A-Za-z0-9_.-]{1,128}")
_ACCEPTED = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_FEW = does_not_apply("there are fewer than three tools")
_OTHER_LANGUAGE = cannot_tell("the names or the descriptions are not in English")


def invalid_name(subject: SetSubject) -> Answer:
    """Names outside MCP's rule (SEP-986): 1 to 128 characters of A-Z a-z 0-9 _ . -"""
    return _named(
        subject, (t.name for t in subject.tools if not _VALID.fullmatch(t.name)), "outside MCP's rule for names"
    )


def refused_name(subject: SetSubject) -> Answer:
    """Names that MCP allows but the largest providers refuse: a dot, or more than 64 characters."""
    refused = (t.name for t in subject.tools if _VALID.fullmatch(t.name) and not _ACCEPTED.fullmatch(t.name))
    return _named(subject, refused, "a dot or more than 64 characters")


def duplicate_name(subject: SetSubject) -> Answer:
    times = Counter(tool.name for tool in subject.tools)
    return _named(subject, (name for name, n in times.items() if n > 1), "used for more than one tool")


def mixed_case_styles(subject: SetSubject) -> Answer:
    """Two case styles or more, the rarer ones with a tenth of the names at least."""
    odd, usual = odd_styles(subject)
    return _named(subject, odd, f"not in {usual}") if 10 * len(odd) >= subject.count else NO


def stray_case_style(subject: SetSubject) -> Answer:
    """A few names, less than a tenth, in another case style than the rest."""
    odd, usual = odd_styles(subject)
    return _named(subject, odd, f"not in {usual}") if 10 * len(odd) < subject.count else NO


def one_pattern(subject: SetSubject) -> Answer:
    """At least nine in ten names put the verb in the same place, and all are in one case style."""
    if reason := _unreadable(subject):
        return reason
    usual = usual_order(subject)
    if usual is None or odd_styles(subject)[0]:
        return NO
    order, kept = usual
    return _named(subject, kept, "verb first" if order == "verb-first" else "thing first, then the verb")


def mixed_word_order(subject: SetSubject) -> Answer:
    """Some names put the verb first, others the thing: each at least a quarter of the names with a verb."""
    if reason := _unreadable(subject):
        return reason
    rare, both = rarer_order(subject)
    return _named(subject, rare, "verb elsewhere than in the rest") if len(rare) > 1 and 4 * len(rare) >= both else NO


def stray_word_order(subject: SetSubject) -> Answer:
    """A tenth to a quarter of the names have the verb elsewhere than the rest."""
    if reason := _unreadable(subject):
        return reason
    rare, both = rarer_order(subject)
    return _named(subject, rare, "verb elsewhere than in the rest") if _tenth_to_quarter(len(rare), both) else NO


def mostly_without_verb(subject: SetSubject) -> Answer:
    """Half of the names or more do not say what is done."""
    if reason := _unreadable(subject):
        return reason
    bare = verbless(subject)
    return _named(subject, bare, "no verb") if 2 * len(bare) >= subject.count else NO


def noun_among_verbs(subject: SetSubject) -> Answer:
    """A tenth to a half of the names do not say what is done, while the others do."""
    if reason := _unreadable(subject):
        return reason
    bare = verbless(subject)
    return (
        _named(subject, bare, "no verb, unlike the others")
        if subject.count <= 10 * len(bare) < 5 * subject.count
        else NO
    )


def several_verbs_for_one_action(subject: SetSubject) -> Answer:
    """`get_user` beside `fetch_order`: two verbs for one habit. `add`/`remove` beside `create`/`delete` are two habits."""
    if reason := _unreadable(subject):
        return reason
    rivals = rival_verbs(subject)
    said = ", ".join("/".join(verbs) for verbs in rivals)
    return _named(subject, (name for verbs in rivals for name in verbs.values()), f"one action, several verbs: {said}")


def inconsistent_prefix(subject: SetSubject) -> Answer:
    """Most names start with the same word and some do not."""
    prefix = subject.prefix
    if not prefix:
        return NO
    odd = (t.name for t, parts in zip(subject.tools, subject.raw_parts, strict=True) if parts[:1] != prefix[:1])
    return _named(subject, odd, f"without the prefix `{short(prefix[0])}` that the others have")


def inconsistent_suffix(subject: SetSubject) -> Answer:
    """Some names end in an empty word such as `_tool`, others do not."""
    ended = [
        t.name
        for t, parts in zip(subject.tools, subject.raw_parts, strict=True)
        if len(parts) > 2 and parts[-1] in EMPTY_ENDS
    ]
    return (
        _named(subject, ended, "an ending that says nothing, unlike the others") if len(ended) < subject.count else NO
    )


def two_spellings(subject: SetSubject) -> Answer:
    """One word written in two ways: joined and apart (`testcase`, `test_case`), or cut short and in full (`repo`, `repository`)."""
    pairs = spelled_twice(subject.names)
    return _named(subject, (name for pair in pairs for name in pair), "one word in two spellings")


def singular_and_plural(subject: SetSubject) -> Answer:
    """Names that differ only by a plural: `create_issue` and `create_issues`."""
    return _named(subject, plural_twins(subject.names), "apart only by a plural")


def title_disagrees(subject: SetSubject) -> Answer:
    """Titles that have no word in common with the name, in letters that can be compared."""
    odd = [tool for tool in subject.tools if _disagrees(tool)]
    if not odd:
        return NO
    names = tuple(dict.fromkeys(tool.name for tool in odd))
    title = odd[0].title or ""
    detail = f"no word of the name in the title ({len(names)} of {subject.count} tools): {listed(names)}"
    return Answer(True, title, Place("/title", 0, len(title)), detail, tools=names[:MAX_TOOLS])


def long_name(subject: SetSubject) -> Answer:
    """Names of seven words or more."""
    long = (tool.name for tool, parts in zip(subject.tools, subject.raw_parts, strict=True) if len(parts) > 6)
    return _named(subject, long, "seven words or more")


def _named(subject: SetSubject, names: Iterable[str], says: str) -> Answer:
    """Yes with the names that were found, no when there are none."""
    found = tuple(dict.fromkeys(names))
    detail = f"{says} ({len(found)} of {subject.count} names): {listed(found)}"
    return subject.shown_by_names(found, detail) if found else NO


def _unreadable(subject: SetSubject) -> Answer | None:
    """Why patterns of words cannot be compared, None when they can."""
    if subject.count < 3:
        return _FEW
    return None if subject.english else _OTHER_LANGUAGE


def _tenth_to_quarter(few: int, both: int) -> bool:
    """One of few counts as few, whatever its share."""
    return both > 1 and (few == 1 or 4 * few < both) and 10 * few >= both


def _disagrees(tool: Tool) -> bool:
    title, name = tool.title or "", tool.name
    stems = name_stems(title[:200])
    if not stems or not (title.isascii() and name.isascii()):
        return False
    squeezed = "".join(sorted(stems))
    return not stems & name_stems(name[:200]) and not any(part[:4] in squeezed for part in words_of(name))


PREFIX = "naming"
CHECKS = (
    invalid_name,
    refused_name,
    duplicate_name,
    one_pattern,
    mixed_case_styles,
    stray_case_style,
    mixed_word_order,
    stray_word_order,
    mostly_without_verb,
    noun_among_verbs,
    several_verbs_for_one_action,
    inconsistent_prefix,
    inconsistent_suffix,
    two_spellings,
    singular_and_plural,
    title_disagrees,
    long_name,
)
