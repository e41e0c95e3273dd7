"""Codex's `config.toml`: the tools of a server that are enabled, no arguments and no rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.policies.claude_code import decision
from scorer.risk.policies.quoted import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorer.risk.policies.rule import ToolRule
    from scorer.risk.policies.stance import Profile


def write(rules: Iterable[ToolRule], server: str, profile: Profile) -> str:
    """The tools that are left enabled; what needs an argument rule or a person is not, since nothing here can ask for that."""
    return "\n".join(_lines(list(rules), server, profile)) + "\n"


def _lines(rules: list[ToolRule], server: str, profile: Profile) -> Iterator[str]:
    yield "# Codex can enable a tool or not; it knows no rule over arguments and no rate. Where one is recommended, the tool is left out."
    yield f"[mcp_servers.{quoted(server)}]"
    yield "enabled_tools = ["
    for rule in rules:
        if _enabled(rule, profile):
            yield f"  {quoted(rule.tool)}, # {rule.category}, {rule.severity}; inputHash: {rule.input_hash}"
    yield "]"
    for rule in rules:
        if not _enabled(rule, profile):
            yield f"# left out: {quoted(rule.tool)} ({rule.category}, {rule.severity}); inputHash: {rule.input_hash}"


def _enabled(rule: ToolRule, profile: Profile) -> bool:
    if decision(rule, profile) == "allow":
        return True
    mild = rule.category in ("Write", "Execute") and rule.severity in ("low", "medium")
    return decision(rule, profile) == "ask" and mild and not rule.bounds
