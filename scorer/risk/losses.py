"""Losses that the text states beside its leading act, and flags that destroy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.risk.findings import Finding
from scorer.risk.naming import is_named, snake
from scorer.risk.subject import of_parameter, of_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.signals import Parameter
    from scorer.risk.subject import Said, Subject

_WORD = re.compile(r"\w+")
_FLAG = "a flag removes or overwrites what was there"


def stated_losses(subject: Subject, base: Finding | None) -> Iterator[Finding]:
    """Sentences that say that something is lost; what is kept, and parts of a thing, are another matter."""
    # What goes with a leading loss is no greater one.
    if (base and base.category in ("Read", "Destructive")) or subject.says("trashed"):
        return
    for name in ("destroys", "overwrites"):
        for match in subject.finds(subject.rules.phrases[name]):
            if _is_loss(subject, match, named=name == "overwrites"):
                yield _loss(subject, match)
                break


def _is_loss(subject: Subject, match: re.Match[str], *, named: bool) -> bool:
    """named: the words must say that a whole thing goes."""
    near = {*_WORD.findall(subject.lower[match.end() : match.end() + 40])[:3], *_WORD.findall(match.group())}
    words = subject.rules.words
    if not words["contained"].isdisjoint(near):
        return False
    return not named or "completely" in near or not words["whole_thing"].isdisjoint(near)


def _loss(subject: Subject, match: re.Match[str]) -> Finding:
    """A loss; one that a flag brings about where the sentence says so."""
    said, lower = subject.said(match.start(), match.end()), subject.lower
    if subject.rules.patterns["optional_loss"].search(lower[max(0, match.start() - 60) : match.start()]):
        return _flagged(said)
    sudden = "without" in lower[match.end() : match.end() + 40]
    return Finding("Destructive", None, said, "old content is lost without a copy", ("irreversible",) if sudden else ())


def flag(subject: Subject, parameter: Parameter, base: Finding | None) -> Iterator[Finding]:
    """An opt-in flag that removes or overwrites."""
    if (parameter.types and "boolean" not in parameter.types) or (base and base.ruling == "derived-built"):
        return
    if is_named(parameter, "flag_destroy", subject.rules):
        yield from _destroying(parameter, base)
    elif base is None or base.category in ("Write", "Execute"):
        yield from _worse(subject, parameter, base)


def _destroying(parameter: Parameter, base: Finding | None) -> Iterator[Finding]:
    """The removal of a merged source branch loses nothing; as a setting for later it is no option of this call."""
    if "source_branch" not in snake(parameter.name):
        yield _flagged(of_parameter(parameter))
    elif base and base.category == "Execute":
        yield base._replace(signals=("destructive_option",), opening="flag")


def _worse(subject: Subject, parameter: Parameter, base: Finding | None) -> Iterator[Finding]:
    """A flag that makes a milder act one of loss; what a forced run throws away, the call puts back."""
    rules, text = subject.rules, (parameter.description or "").lower()
    forced = base and base.category == "Execute" and is_named(parameter, "flag_force", rules)
    if base and forced and rules.patterns["forces"].search(text):
        yield base._replace(signals=("destructive_option",), opening="flag")
    elif is_named(parameter, "flag_overwrite", rules) and _overwrites(subject, text):
        yield _flagged(of_parameter(parameter))
    elif (lost := rules.patterns["loses"].search(text)) and _acts(subject, text):
        yield _flagged(of_words(parameter, lost))


def _flagged(said: Said) -> Finding:
    return Finding("Destructive", "medium", said, _FLAG, ("destructive_option",), None, "flag")


def _acts(subject: Subject, text: str) -> bool:
    """Whether a flag's words say what happens when it is set, and no harmless thing."""
    return subject.rules.patterns["when_set"].match(text) is not None and not _is_harmless(subject, text)


def _overwrites(subject: Subject, text: str) -> bool:
    says = not text or "exist" in text or subject.rules.patterns["loses"].search(text) is not None
    return says and subject.rules.words["contained"].isdisjoint(_WORD.findall(text))


def _is_harmless(subject: Subject, text: str) -> bool:
    """Flags about what is shown, about the trash, and those that keep something from being lost."""
    words = _WORD.findall(text)
    return (
        not subject.rules.words["harmless_flag"].isdisjoint(words)
        or "without deleting" in text
        or "source branch" in text
    )
