"""An act that a definition names, and what it is by the rulings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scorer.models.risk import Category, Severity
    from scorer.models.risk_rules import RiskRules, Ruling
    from scorer.risk.subject import Said


class Act(NamedTuple):
    """One act.

    objects: the words that the verb acts on; heads: the nouns among them ("row" of "a table row"); around: every word near it.
    source: `text` for what leads the description, `more` for later sentences, `name`, `value` for a value of a parameter.
    """

    verb: str
    objects: frozenset[str]
    heads: frozenset[str]
    around: frozenset[str]
    said: Said
    source: str


class Finding(NamedTuple):
    """One thing that the tool can do.

    severity: None leaves it to the category. says: the clause that explains it. act: the act that says so, None where a parameter does.
    ruling: id of the boundary case that decided. opening: "" for what the tool does by itself, else what opens it: `code`, `flag`, `file`, `value`.
    """

    category: Category
    severity: Severity | None
    said: Said | None
    says: str
    signals: tuple[str, ...] = ()
    act: Act | None = None
    opening: str = ""
    ruling: str = ""


def judged(act: Act, rules: RiskRules) -> Finding | None:
    """What one act is: by the first ruling that fits, else by the kind of its verb; None for a verb that says nothing."""
    for ruling in rules.rulings.get(act.verb, ()):
        if fits(ruling, act):
            return Finding(ruling.category, ruling.severity, act.said, ruling.says, ruling.signals, act, "", ruling.id)
    kind = rules.kinds.get(act.verb)
    if kind is None or kind == "vague":
        return None
    return Finding(rules.kind_category[kind], rules.kind_severity.get(kind), act.said, "", (), act)


def fits(ruling: Ruling, act: Act) -> bool:
    """Whether a ruling speaks of this act (its verb fits already)."""
    return (
        (not ruling.objects or not ruling.objects.isdisjoint(act.objects))
        and (not ruling.heads or not ruling.heads.isdisjoint(act.heads))
        and (not ruling.needs or not ruling.needs.isdisjoint(act.around))
        and (not ruling.unless or ruling.unless.isdisjoint(act.around))
    )
