"""Signals about what comes back: private data, text by strangers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.cues import cue, cue_in_head
from scorer.risk.urls import arbitrary_url

if TYPE_CHECKING:
    from scorer.risk.category import Verdict
    from scorer.risk.findings import Act, Finding
    from scorer.risk.subject import Said, Subject


def sensitive_read(subject: Subject, verdict: Verdict) -> Said | None:
    private = subject.rules.words["private"]
    for finding in verdict.findings:
        act = finding.act
        if act is None or act.source in ("value", "more") or subject.rules.kinds.get(act.verb) != "observe":
            continue
        if act.verb in subject.rules.words["verifies"]:
            return None
        if not private.isdisjoint(act.objects | subject.name_words):
            return finding.said
        return cue_in_head(subject, "sensitive_read", verdict)
    return None


def untrusted_content(subject: Subject, verdict: Verdict) -> Said | None:
    if said := cue(subject, "untrusted_content"):
        return said
    strangers = subject.rules.words["stranger"]
    if any(p.name in ("repo_path", "path") for p in subject.top):
        strangers -= {"diff", "page"}
    for finding in verdict.findings:
        act = finding.act
        if act is None or act.source in ("value", "more"):
            continue
        if act.verb == "connect":
            return None
        if _by_strangers(subject, finding, act, strangers) or _from_web(subject, verdict, finding):
            return finding.said
    return None


def _by_strangers(subject: Subject, finding: Finding, act: Act, strangers: frozenset[str]) -> bool:
    """What others have written comes back; how it is labelled or set up is not their text."""
    words = subject.rules.words
    if (act.heads and act.heads <= words["no_text"]) or not words["vendor_text"].isdisjoint(act.heads):
        return False
    fetches = act.verb in words["fetches"]
    if not fetches and subject.rules.kinds.get(act.verb) != "observe":
        return False
    if fetches or finding.category == "Read":
        named = strangers.isdisjoint(subject.name_parts) and words["stranger_name"].isdisjoint(subject.name_words)
        return not (named and strangers.isdisjoint(act.objects))
    return not strangers.isdisjoint(act.objects)


def _from_web(subject: Subject, verdict: Verdict, finding: Finding) -> bool:
    """A page of the caller's choice comes in."""
    act, words = finding.act, subject.rules.words
    if act is None or act.verb == "ping":
        return False
    observes = subject.rules.kinds.get(act.verb) == "observe" or act.verb in words["fetches"] or act.verb == "add"
    fetches = act.verb in words["contacts"] or finding.ruling == "http-get"
    comes = observes or (finding.category == "Read" and fetches)
    return comes and arbitrary_url(subject, verdict) is not None
