"""What names have in common across a server, and which ones fall out of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from scorer.facts.names import case_style, is_verb, singular
from scorer.facts.synonyms import SAME_HABIT, SHORT_FORMS
from scorer.text.words import stem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorer.facts.names import Name, Order
    from scorer.facts.set_subject import SetSubject

# `add` and `remove` on one thing are one habit, `create` and `delete` another; a server may keep both.
_OPPOSITE = {"add": ("remove",), "remove": ("add", "insert", "attach", "assign")}


def odd_styles(subject: SetSubject) -> tuple[list[str], str]:
    """The names that are not in the most usual case style, and that style. A name that shows a part of it fits (`docx-open`, `docx-openFile`)."""
    styles = [(tool.name, case_style(tool.name)) for tool in subject.tools]
    counted = Counter(style for _, style in styles if style)
    usual = counted.most_common(1)[0][0] if counted else frozenset[str]()
    return [name for name, style in styles if not style <= usual], " with ".join(sorted(usual, reverse=True))


def rarer_order(subject: SetSubject) -> tuple[list[str], int]:
    """Of the names with a verb: those that put it where fewer do, and how many there are in all. A verb alone fits both places."""
    first = [name.name for name in subject.names if name.order == "verb-first"]
    later = [name.name for name in subject.names if name.order == "verb-later"]
    return (first if len(first) < len(later) else later), sum(name.verb is not None for name in subject.names)


def verbless(subject: SetSubject) -> list[str]:
    """The names in which no word says what is done; conversions (`docx_to_pdf`), doers (`pdf_merger`) and the text's own verb do."""
    return [
        name.name
        for name, counted in zip(subject.names, subject.signals, strict=True)
        if name.verb is None
        and "to" not in name.parts
        and not any(map(_is_doer, name.parts))
        and stem(counted.actions.text_verb or "") not in map(stem, name.parts)
    ]


def _is_doer(part: str) -> bool:
    return part.endswith(("er", "or")) and any(is_verb(part[:-cut]) for cut in (1, 2, 3))


def usual_order(subject: SetSubject) -> tuple[Order, list[str]] | None:
    """The place of the verb in nine of ten names, and the names that have it there; None when there is no such pattern.

    A verb alone fits both places; a noun alone is a name without a verb.
    """
    orders = Counter(name.order for name in subject.names if name.order in ("verb-first", "verb-later"))
    if not orders:
        return None
    order, times = orders.most_common(1)[0]
    alone = sum(name.order == "alone" and name.verb is not None for name in subject.names)
    if times < 2 or 10 * (times + alone) < 9 * subject.count:
        return None
    return order, [name.name for name in subject.names if name.order == order]


def rival_verbs(subject: SetSubject) -> list[dict[str, str]]:
    """For each action that several verbs stand for (`get_user`, `fetch_order`): one name by each verb."""
    taken = {(name.verb, name.head) for name in subject.names}
    habits: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name in subject.names:
        verb = name.verb or ""
        if verb in SAME_HABIT and not any((other, name.head) in taken for other in _OPPOSITE.get(verb, ())):
            habits[SAME_HABIT[verb]].setdefault(verb, name.name)
    return [verbs for verbs in habits.values() if len(verbs) > 1]


def spelled_twice(names: Iterable[Name]) -> list[tuple[str, str]]:
    """Pairs of names that spell one word in two ways: `testcase` and `test_case`, `repo` and `repository`."""
    words: dict[str, str] = {}
    joined: dict[str, str] = {}
    for name in names:
        words.update((word, name.name) for word in name.words)
        joined.update((a + b, name.name) for a, b in pairwise(name.words))
    apart = [(words[word], joined[word]) for word in words.keys() & joined.keys()]
    cut = [
        (words[word], words[SHORT_FORMS[word]])
        for word in words.keys() & SHORT_FORMS.keys()
        if SHORT_FORMS[word] in words
    ]
    return sorted((a, b) for a, b in apart + cut if a != b)


def plural_twins(names: Iterable[Name]) -> list[str]:
    """Names that differ from another only by a plural: `create_issue`, `create_issues`."""
    groups: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for name in names:
        groups[tuple(map(singular, name.parts))][name.name] = None
    return [name for group in groups.values() if len(group) > 1 for name in group]
