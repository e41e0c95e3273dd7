"""A tool's risk as the card shows it: the rule to copy in every format, tools of the same class, questions and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.outputs.words import first_sentence, named
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from scorer.models.card import Report, ToolCard
    from scorer.models.risk import PolicyExcerpt, RiskCard, RiskSignal, RiskText

_FORMATS = {
    "policylayer": "PolicyLayer",
    "intercept": "Intercept",
    "claude-code": "Claude Code",
    "codex": "Codex",
}
_RATED = ("policylayer", "intercept")
_RANK = {"critical": 4, "high": 3, "medium": 2, "low": 1}
_RELATED = 12


class Policy(NamedTuple):
    """One recommended rule, and its format's name as its makers write it."""

    label: str
    excerpt: PolicyExcerpt


class Sign(NamedTuple):
    """A risk beyond the category: its label, the words that show it, what it means and what to do ("" if the report does not say)."""

    label: str
    quote: str | None
    means: str
    advice: str


class RiskView(NamedTuple):
    """A tool's risk.

    rank: sorts by severity. means: the words for its category. policies: the recommended ones. related: names of tools of the same class.
    questions: what one asks of such a tool, with the answers.
    """

    risk: RiskCard
    rank: int
    means: RiskText | None
    signals: list[Sign]
    policies: list[Policy]
    related: list[str]
    more_related: int
    questions: list[tuple[str, str]]


def risk_view(card: ToolCard, report: Report) -> RiskView | None:
    """None for a card without risk."""
    risk = card.risk
    if risk is None:
        return None
    own = [excerpt for excerpt in risk.policies if excerpt.profile == "recommended"] or list(risk.policies)
    policies = [Policy(_FORMATS.get(excerpt.format, excerpt.format), excerpt) for excerpt in own]
    related = [
        other.name
        for other in report.tools
        if other is not card and other.risk and (other.risk.category, other.risk.severity) == (risk.category, risk.severity)
    ]  # fmt: skip
    asked = _questions(card, risk, policies, report)
    means, signs = _texts(risk, report)
    return RiskView(
        risk, _RANK[risk.severity], means, signs, policies, related[:_RELATED], max(0, len(related) - _RELATED), asked
    )


def _texts(risk: RiskCard, report: Report) -> tuple[RiskText | None, list[Sign]]:
    categories = report.risk.category_texts if report.risk else {}
    known = report.risk.signal_texts if report.risk else {}
    signs = [_sign(signal, known.get(signal.id)) for signal in risk.signals]
    return categories.get(risk.category), signs


def _sign(signal: RiskSignal, text: RiskText | None) -> Sign:
    if text is None:
        return Sign(signal.id.replace("_", " "), signal.quote, "", "")
    return Sign(text.label, signal.quote, text.means, text.advice)


def _questions(card: ToolCard, risk: RiskCard, policies: list[Policy], report: Report) -> list[tuple[str, str]]:
    name = card.name
    return [
        (f"What does {name} do?", _does(card, risk)),
        (f"How risky is {name}?", _risky(risk)),
        (f"How do I put a policy on {name}?", _enforce(policies, report)),
        (f"Can I rate-limit {name}?", _rate(policies)),
        (f"How do I block {name} completely?", _block(name)),
        (f"Which MCP server provides {name}?", _provides(report)),
    ]


def _does(card: ToolCard, risk: RiskCard) -> str:
    said = first_sentence(card.description)
    article = "an" if risk.category[0] in "AEIOU" else "a"
    what = f"In its own words: “{said}”" if said else "Its definition does not say."
    return f"{what} By what it can do at worst it is {article} {risk.category} tool."


def _risky(risk: RiskCard) -> str:
    return f"{risk.severity.capitalize()}: {risk.category} ({risk.confidence} confidence). {risk.reason} {risk.severity_reason}".strip()


def _enforce(policies: list[Policy], report: Report) -> str:
    if not policies:
        return "The report was made without policies."
    labels = ", ".join(policy.label for policy in policies)
    return (
        f"Copy the rule above in the format that stands between your agent and {named(report)} ({labels}), "
        "and fill in its placeholders. A rule only holds where every call passes it."
    )


def _rate(policies: list[Policy]) -> str:
    """Only gateways count calls; the settings of clients allow, ask or deny."""
    rated = [policy.label for policy in policies if policy.excerpt.format in _RATED]
    where = f": {' and '.join(rated)} do, and the rule above is written for them" if rated else ""
    return f"Yes, in a gateway that counts calls{where}. Claude Code and Codex can only allow, ask or deny."


def _block(name: str) -> str:
    return (
        f"PolicyLayer: list “{name}” under `hide`. Intercept: a rule with `action: deny`. Claude Code: the tool under `permissions.deny`. "
        "Codex: the tool under `disabled_tools`. What is hidden or disabled costs no tokens either; what is denied is still offered, and "
        "fails when it is called."
    )


def _provides(report: Report) -> str:
    where = f", read from {report.server.location}" if report.server.location else ""
    return f"{named(report)} ({counted(report.server.tool_count, 'tool')}){where}."
