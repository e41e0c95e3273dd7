"""The signals of the closed list, each with the words that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk import bulk, effects, inputs, paths, replies, urls, wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorer.risk.category import Verdict
    from scorer.risk.subject import Said, Subject

    Check = Callable[[Subject, Verdict], Said | None]

# `privilege`, `approval` and `destructive_option` come with the finding that shows them, `annotation_contradiction` with the card.
CHECKS: tuple[Check, ...] = (
    inputs.arbitrary_code,
    inputs.delegation,
    urls.arbitrary_url,
    paths.filesystem_path,
    inputs.credentials_parameter,
    replies.sensitive_read,
    replies.untrusted_content,
    inputs.external_recipient,
    bulk.bulk,
    effects.irreversible,
    effects.reversible,
    effects.paid_call,
    effects.recurring,
    effects.physical,
    effects.multi_action,
    inputs.dry_run,
    wording.steering,
    wording.poisoning,
    wording.thin_definition,
)


def signals(subject: Subject, verdict: Verdict) -> dict[str, Said]:
    """Every signal with its words, in the order of the rules."""
    found: dict[str, Said] = {}
    for finding in verdict.findings:
        if finding.said is not None and (finding.category == verdict.category or finding.opening):
            for name in finding.signals:
                found.setdefault(name, finding.said)
    for check in CHECKS:
        said = check(subject, verdict)
        if said is not None:
            found.setdefault(check.__name__, said)
    if "bulk" in found and verdict.finding.ruling in ("marks", "marked"):
        found.pop("reversible", None)
    if "reversible" in found and "irreversible" in found:
        found.pop("irreversible" if "reversible" in verdict.finding.signals else "reversible")
    return {name: found[name] for name in subject.rules.signals if name in found}
