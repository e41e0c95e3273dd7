"""Signals about what a call does: to how many, for how long, at what price, and whether it can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.cues import cue, takes_text
from scorer.risk.inputs import external_recipient
from scorer.risk.naming import snake
from scorer.risk.subject import of_parameter, of_words

if TYPE_CHECKING:
    from scorer.models.signals import Parameter
    from scorer.risk.category import Verdict
    from scorer.risk.subject import Said, Subject


def irreversible(subject: Subject, verdict: Verdict) -> Said | None:
    if verdict.category not in ("Write", "Destructive", "Financial"):
        return None
    return cue(subject, "irreversible") or subject.elsewhere("irreversible_elsewhere") or _settled(subject, verdict)


def _settled(subject: Subject, verdict: Verdict) -> Said | None:
    """Value or a message to people that has left."""
    act = verdict.finding.act
    if verdict.category != "Financial" or act is None:
        return None
    leaves = (
        act.verb in subject.rules.words["settles"]
        or not subject.rules.words["settled"].isdisjoint(act.objects)
        or external_recipient(subject, verdict)
    )
    stays = not subject.rules.words["stays"].isdisjoint(act.objects) and act.verb not in subject.rules.words["settles"]
    return verdict.finding.said if leaves and not stays else None


def reversible(subject: Subject, verdict: Verdict) -> Said | None:
    if verdict.base and verdict.base.act and verdict.base.act.verb in subject.rules.words["answers"]:
        return None
    if verdict.category == "Write" and (kept := _kept(subject)):
        return kept
    return cue(subject, "reversible") if verdict.category in ("Write", "Execute") else None


def _kept(subject: Subject) -> Said | None:
    """An argument that shows that a history or a trash keeps what was: a commit, a mark that can be taken back."""
    names_ = {snake(p.name): p for p in subject.top}
    shown = list(subject.named("in_trash", subject.top))
    if "commit_message" in names_ and {"branch", "file_path", "path"} & names_.keys():
        shown.append(names_["commit_message"])
    return of_parameter(shown[0]) if shown else None


def paid_call(subject: Subject, verdict: Verdict) -> Said | None:
    if said := cue(subject, "paid_call"):
        return said
    cues = subject.rules.signals["paid_call"].cues
    for parameter in subject.top:
        text = (parameter.description or "").lower() if verdict.category != "Read" else ""
        if cues and "fee" in text and (match := cues.pattern.search(text)):
            return of_words(parameter, match)
    return None


def recurring(subject: Subject, verdict: Verdict) -> Said | None:
    return None if verdict.category == "Read" else cue(subject, "recurring")


def physical(subject: Subject, verdict: Verdict) -> Said | None:
    finding = verdict.finding
    own_session = finding.act is not None and finding.ruling == "own-run-stopped" and "session" in finding.act.objects
    if own_session or finding.ruling == "debug-state" or verdict.category not in ("Execute", "Destructive"):
        return None
    return cue(subject, "physical")


def _selects(subject: Subject, parameter: Parameter, verdict: Verdict) -> bool:
    """A `service` selects an act where services are called; elsewhere it is what is acted on."""
    name, words = snake(parameter.name), subject.rules.words
    if name == "service":
        act = verdict.base.act if verdict.base else None
        return act is None or act.verb in words["runner"] or act.verb == "make"
    return name in words["selects"]


def multi_action(subject: Subject, verdict: Verdict) -> Said | None:
    values = [f for f in verdict.findings if f.act and f.act.source == "value" and f.opening == "value"]
    if len({f.act.verb for f in values if f.act}) >= 2:
        return values[0].said
    looks = (
        verdict.base
        and verdict.base.category == "Read"
        and verdict.base.act
        and verdict.base.act.verb in subject.rules.words["lists"]
    )
    for parameter in () if looks else subject.named("action", subject.top):
        if parameter.enum is None and takes_text(parameter) and _selects(subject, parameter, verdict):
            return of_parameter(parameter)
    cli = next((p for p in subject.top if snake(p.name).startswith("cli_")), None)
    return of_parameter(cli) if cli else None
