"""Severity: where the category starts, and what raises or lowers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.acts import acts
from scorer.risk.inputs import file_uri

if TYPE_CHECKING:
    from collections.abc import Collection

    from scorer.models.risk import Severity
    from scorer.risk.category import Verdict
    from scorer.risk.subject import Subject

ORDER: tuple[Severity, ...] = ("low", "medium", "high", "critical")


def severity(subject: Subject, verdict: Verdict, signals: Collection[str]) -> tuple[Severity, str]:
    """The severity, and a sentence on what moved it."""
    start = subject.rules.categories[verdict.category].severity
    step = _STEPS[verdict.category](subject, verdict, set(signals))
    if step is None:
        given = verdict.finding.severity
        step = (given, verdict.finding.says) if given else (start, "")
    level, why = step
    if level == start or not why:
        return level, f"{verdict.category} starts at {start}, and nothing here moves it."
    return level, f"{verdict.category} starts at {start}; here {why}."


Step = "tuple[Severity, str] | None"


def _read(subject: Subject, verdict: Verdict, signals: set[str]) -> tuple[Severity, str] | None:
    if "poisoning" in signals:
        return "high", "the text tries to take the agent over"
    if "sensitive_read" in signals and _wholesale(subject):
        return "high", "it hands out secrets wholesale"
    if "filesystem_path" in signals and file_uri(subject):
        return "high", "a file: URI reaches any local file"
    for name in ("arbitrary_url", "sensitive_read", "arbitrary_code", "privilege"):
        if name in signals:
            return "medium", f"it {_BECAUSE[name]}"
    if "filesystem_path" in signals and _any_file(subject, verdict):
        return "medium", "it reads any path, and no confinement is stated"
    return None


_BECAUSE = {
    "arbitrary_url": "contacts a URL that the caller chooses",
    "sensitive_read": "can disclose private data",
    "arbitrary_code": "runs code of the caller",
    "privilege": "lets the agent widen what it may do",
}


def _wholesale(subject: Subject) -> bool:
    told = {word for act in acts(subject)[:1] for word in act.objects}
    return not subject.rules.words["wholesale"].isdisjoint({*subject.name_parts, *told})


def _any_file(subject: Subject, verdict: Verdict) -> bool:
    act = verdict.finding.act
    plain = act is not None and bool({"file", "directory", "folder"} & act.objects)
    typed = subject.rules.words["typed"]
    return (
        plain
        and not subject.says("confined")
        and act is not None
        and typed.isdisjoint({*act.objects, *subject.name_parts})
    )


def _write(subject: Subject, verdict: Verdict, signals: set[str]) -> tuple[Severity, str] | None:
    if "dry_run" in signals and _dry_by_default(subject):
        return "low", "it only previews unless told otherwise"
    act = verdict.finding.act
    if act is not None and act.verb in ("upload", "attach") and "filesystem_path" in signals:
        return "high", "it reads any local file and sends it out"
    if (
        act is not None
        and "bulk" in signals
        and act.verb in ("update", "change", "set", "modify")
        and next(subject.named("selector", subject.top), None)
    ):
        return "high", "a filter chooses how many are changed"
    if verdict.finding.opening == "" and verdict.finding.ruling == "document-changed" and subject.says("inline"):
        return "low", "it returns the text unless a path is given"
    if "tracked" in {p.name for p in subject.top} and "reversible" in signals:
        return "low", "changes are tracked unless told otherwise"
    if "sensitive_read" in signals and verdict.finding.opening == "file":
        return "medium", "what it saves can hold secrets"
    if "privilege" in signals and verdict.finding.severity is None:
        return "high", "it changes who may do what"
    return None


def _dry_by_default(subject: Subject) -> bool:
    for parameter in subject.top:
        if parameter.name == "apply" or (
            parameter.name in ("dry_run", "dryRun", "preview") and parameter.schema.get("default") is True
        ):
            return True
    return False


def _execute(_subject: Subject, verdict: Verdict, signals: set[str]) -> tuple[Severity, str] | None:
    if verdict.finding.opening != "code" and "external_recipient" in signals and "filesystem_path" in signals:
        return "high", "local files leave the machine"
    if "delegation" in signals and "bulk" not in signals and verdict.finding.severity is None:
        return "medium", "one agent is asked, whose own limits hold"
    if "arbitrary_code" in signals and verdict.finding.severity in ("medium", "low", None):
        return "high", "code of the caller runs"
    return None


def _destructive(subject: Subject, verdict: Verdict, signals: set[str]) -> tuple[Severity, str] | None:
    finding = verdict.finding
    if finding.opening == "code":
        return None
    filters = next(subject.named("selector", subject.top), None)
    if finding.act is not None and filters is not None and "bulk" in signals and finding.severity is None:
        return "critical", "a filter chooses how much goes"
    if finding.opening == "flag" and any(word in (finding.said.quote if finding.said else "") for word in ("destroy",)):
        return "critical", "one value destroys everything that it manages"
    milder = verdict.base is not None and verdict.base.category not in ("Destructive", "Financial")
    if finding.opening == "flag" and milder:
        return "medium", "only an option destroys, the default does not"
    return None


def _financial(subject: Subject, verdict: Verdict, _signals: set[str]) -> tuple[Severity, str] | None:
    act = verdict.finding.act
    objects = act.objects | frozenset(subject.name_parts) if act else frozenset(subject.name_parts)
    verb = act.verb if act else ""
    if {"invoice", "estimate", "payment-link", "paymentlink", "mandate"} & objects or {"payment", "link"} <= objects:
        return "medium", "another person must still pay or accept"
    if verb in ("refund", "cancel", "accept", "capture", "replace") or {"refund", "dispute"} & objects:
        return None
    payee = next(subject.named("payee", subject.top), None)
    if (
        "order" in objects
        and verb == "create"
        and subject.rules.words["trade"].isdisjoint({*objects, *(p.name for p in subject.top)})
    ):
        return "medium", "another person must still pay or accept"
    if payee is not None and not _capped(subject):
        return "critical", "the caller chooses who receives it, without a cap"
    if (
        {"order", "trade", "swap", "position"} & objects
        and verb in ("place", "create", "execute", "submit", "buy", "sell", "swap", "trade")
        and not _capped(subject)
    ):
        return "critical", "value can be traded without a cap"
    return None


def _capped(subject: Subject) -> bool:
    return any({"maximum", "exclusiveMaximum"} & set(p.constraints) for p in subject.named("amount"))


_STEPS = {"Read": _read, "Write": _write, "Execute": _execute, "Destructive": _destructive, "Financial": _financial}
