"""The act that a tool's name tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.findings import Act
from scorer.risk.objects import variants
from scorer.risk.subject import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.risk.subject import Subject


def name_act(subject: Subject) -> Act | None:
    """The verb of the name, wherever it stands, and the other parts as what it acts on."""
    rules, parts = subject.rules, subject.name_parts
    verb = _name_verb(subject)
    if verb is None:
        return None
    rest = [part for part in parts if part != verb]
    heads = frozenset(variants(rest[-1])) if rest else frozenset()
    around = frozenset(variant for part in parts for variant in variants(part))
    objects = named_objects(subject, verb)
    return Act(rules.forms.get(verb, verb), objects, heads, around, Said(subject.tool.name, "/name"), "name")


def named_objects(subject: Subject, verb: str) -> frozenset[str]:
    return frozenset(variant for part in subject.name_parts if part != verb for variant in variants(part))


def _name_verb(subject: Subject) -> str | None:
    """The part that is surely a verb, one of loss or money first; else one that may be, at either end. Verbs in names stand in base form."""
    rules, parts = subject.rules, subject.name_parts
    known = [part for part in parts if rules.forms.get(part) == part]
    sure = [part for part in known if part not in subject.rules.words["nounish"]]
    heavy = [part for part in sure if rules.kinds.get(part) in ("destroy", "money")]
    ends = [part for part in (*parts[:2], *parts[-1:]) if part in known]
    return next(iter([*heavy, *sure, *ends, *_doing(subject)]), None)


def _doing(subject: Subject) -> Iterator[str]:
    """`thinking`, `routing`: forms that tell of nothing but reading or computing."""
    rules = subject.rules
    return (
        part
        for part in subject.name_parts
        if part.endswith("ing") and rules.kinds.get(rules.forms.get(part, "")) in _MILD
    )


_MILD = ("observe", "compute")
