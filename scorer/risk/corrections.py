"""What the rest of a definition makes of an act that a ruling has decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.naming import snake

if TYPE_CHECKING:
    from scorer.risk.findings import Finding
    from scorer.risk.subject import Subject


def corrected(subject: Subject, found: Finding) -> Finding:
    """The finding as the whole text has it."""
    return _in_history(subject, _gone(subject, _by_flag(subject, _of_money(subject, found))))


def _in_history(subject: Subject, found: Finding) -> Finding:
    """A file deleted by a commit: the history keeps it."""
    if found.category != "Destructive" or found.act is None or not {"file", "files"} & found.act.objects:
        return found
    names = {snake(p.name) for p in subject.top}
    if not (names & {"branch", "sha"} and names & {"message", "commit_message"}):
        return found
    return found._replace(
        category="Write", severity=None, signals=("reversible",), says="the history keeps what it was"
    )


def _of_money(subject: Subject, found: Finding) -> Finding:
    """A door to a whole API, payments among it; and a subscription that is none to pay for."""
    if found.ruling == "subscription" and subject.says("notifies"):
        return found._replace(category="Write", says="it asks to be told of changes")
    if found.ruling == "generic-api" and subject.says("moves_money"):
        return found._replace(category="Financial")
    return found


def _by_flag(subject: Subject, found: Finding) -> Finding:
    """An overwriting that a flag asks for: left out, nothing is lost."""
    if found.act is None or found.act.verb != "overwrite" or found.category != "Destructive":
        return found
    asked = any("boolean" in p.types for p in subject.named("flag_overwrite", subject.top))
    return found._replace(severity="medium", signals=("destructive_option",), opening="flag") if asked else found


def _gone(subject: Subject, found: Finding) -> Finding:
    """What would rebuild itself or be set again, if the text did not say that it is gone for good."""
    if found.ruling not in subject.rules.words["rebuilds"]:
        return found
    said = next(subject.finds(subject.rules.signals["irreversible"].cues), None) or subject.elsewhere(
        "irreversible_elsewhere"
    )
    if said is None:
        return found
    return found._replace(
        category="Destructive", severity="medium", signals=(), ruling="", says="the text says that it is gone for good"
    )
