"""Claude Code's permissions: names of tools, no arguments and no rates. A denial wins over a question, a question over an allowance."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorer.risk.policies.rule import ToolRule
    from scorer.risk.policies.stance import Profile

_OTHER = re.compile(r"[^A-Za-z0-9_-]")


def client_name(server: str) -> str:
    """A server's name as the client writes it in the names of tools."""
    return _OTHER.sub("_", server)


def write(rules: Iterable[ToolRule], server: str, profile: Profile) -> str:
    """What the format can say: reads that no argument has to bind are allowed, the rest is asked or denied."""
    lists: dict[str, list[str]] = {"allow": [], "ask": [], "deny": []}
    for rule in rules:
        lists[decision(rule, profile)].append(f"mcp__{client_name(server)}__{rule.tool}")
    return json.dumps({"permissions": lists}, indent=2, ensure_ascii=True) + "\n"


def decision(rule: ToolRule, profile: Profile) -> str:
    """`allow`, `ask` or `deny`: a bound that cannot be stated becomes a question to the person."""
    if rule.stance in ("hide", "deny"):
        return "deny"
    if rule.category in ("Destructive", "Financial"):
        return "ask"
    if rule.category == "Read" and not rule.bounds:
        return "allow"
    return "allow" if profile == "permissive" and rule.severity in ("low", "medium") else "ask"
