"""Signals about what comes back: private data, text by strangers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.cues import cue, cue_in_head
from scorer.risk.inputs import arbitrary_url

if TYPE_CHECKING:
    from scorer.risk.category import Verdict
    from scorer.risk.subject import Said, Subject


def sensitive_read(subject: Subject, verdict: Verdict) -> Said | None:
    private = subject.rules.words["private"]
    for finding in verdict.findings:
        act = finding.act
        if act is None or act.source in ("value", "more") or subject.rules.kinds.get(act.verb) != "observe":
            continue
        if act.verb in ("check", "verify", "validate", "test"):
            return None
        if not private.isdisjoint(act.objects | frozenset(subject.name_parts)):
            return finding.said
        return cue_in_head(subject, "sensitive_read", verdict)
    return None


_FETCHES = frozenset({"download", "import", "navigate", "go", "open", "ingest", "clip"})


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
        reads = subject.rules.kinds.get(act.verb) == "observe" or act.verb in _FETCHES
        named = frozenset(subject.name_parts) if act.verb in _FETCHES or finding.category == "Read" else frozenset()
        if (reads and not strangers.isdisjoint(act.objects | named)) or (
            (reads or act.verb == "add") and _from_web(subject, verdict, act.verb)
        ):
            return finding.said
    return None


def _from_web(subject: Subject, verdict: Verdict, verb: str) -> bool:
    """A page of the caller's choice comes in."""
    return verb not in ("connect", "ping") and arbitrary_url(subject, verdict) is not None
