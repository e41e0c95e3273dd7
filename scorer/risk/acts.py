"""The acts that a definition names: a verb, what it acts on, and where that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.findings import Act, judged
from scorer.risk.later import later_acts
from scorer.risk.leading import leading_acts
from scorer.risk.named import name_act
from scorer.risk.objects import variants
from scorer.risk.subject import Said
from scorer.text.words import split_identifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.models.signals import Parameter
    from scorer.risk.subject import Subject

_ACTS = 12


def acts(subject: Subject) -> tuple[Act, ...]:
    """What the text says that the tool does, most telling first; what the name says where the text is silent or vague."""
    found = [*leading_acts(subject), *later_acts(subject)]
    named = name_act(subject)
    if named is not None and _is_heard(subject, named, found):
        found.append(named)
    return tuple(found[:_ACTS])


def _is_heard(subject: Subject, named: Act, found: Sequence[Act]) -> bool:
    """The name counts where the text says nothing, and where it speaks of loss or money and the text of reading alone."""
    told = [judged(act, subject.rules) for act in found]
    if all(finding is None for finding in told):
        return True
    kinds, heavy = subject.rules.kinds, judged(named, subject.rules)
    if kinds.get(named.verb) == "create" and kinds.get(found[0].verb) == "compute":
        return named.verb in ("create", "write", "save", "insert")
    if heavy is None or not _is_plain(subject, named.verb):
        return False
    grants = not {"approval", "privilege"}.isdisjoint(heavy.signals)
    grave = heavy.category in ("Destructive", "Financial")
    return grants or (grave and all(finding is None or finding.category == "Read" for finding in told))


def _is_plain(subject: Subject, verb: str) -> bool:
    """A verb that leads the name, or that is no noun: `trades` in `day_trades`, `trade` in `trade_history` tell of no act, nor does
    `check_delete_permission` of a loss.
    """
    parts, words = subject.name_parts, subject.rules.words
    if parts[0] in words["asks_first"]:
        return False
    if verb in words["nounish"]:
        return parts[0] == verb and parts[-1] not in words["readnoun"]
    return verb in parts


def value_acts(subject: Subject, parameter: Parameter) -> Iterator[Act]:
    """The values of a parameter that selects what is done: each as a verb upon what the tool is about."""
    rules = subject.rules
    about = frozenset(variant for part in subject.name_parts for variant in variants(part))
    for value in (parameter.enum or ())[:40]:
        parts = split_identifier(value) if isinstance(value, str) else ()
        verb = next((part for part in parts if rules.forms.get(part) == part), None)
        if verb is not None and parts[0] not in rules.words["how_not_what"]:
            objects = (frozenset(parts) - {verb}) or about
            yield Act(
                verb, objects, objects, about | frozenset(parts), Said(str(value), f"{parameter.pointer}/enum"), "value"
            )
