"""PolicyLayer's policy JSON: only fields and operators that its documents show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scorer.risk.policies.prefix import begins_not

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorer.risk.policies.rule import Bound, ToolRule

_WINDOWS = ("minute", "hour")


def write(rules: Iterable[ToolRule]) -> str:
    """A whole document, default deny."""
    rules = list(rules)
    document: dict[str, Any] = {"version": "1", "default": "deny"}
    if hidden := [rule.tool for rule in rules if rule.stance == "hide"]:
        document["hide"] = hidden
    document["tools"] = {rule.tool: _tool(rule) for rule in rules if rule.stance != "hide"}
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _tool(rule: ToolRule) -> dict[str, Any]:
    if rule.stance == "deny":
        return {"deny_if": [{"conditions": [], "on_deny": rule.message}]}
    denials = [denial for bound in rule.bounds for denial in _denials(bound)]
    limits = [
        {
            "counter": f"{rule.tool.lower()}_per_{rate.window}",
            "window": rate.window,
            "max": rate.calls,
            "scope": "grant",
        }
        for rate in rule.limits
        if rate.window in _WINDOWS
    ]
    return {**({"deny_if": denials} if denials else {}), **({"limits": limits} if limits else {})}


def _denials(bound: Bound) -> Iterator[dict[str, Any]]:
    """What is denied is the opposite of what is asked; an argument left out matches `exists: false` alone."""
    message = f"FILL IN {bound.fill}. {bound.message}" if bound.fill else bound.message
    if bound.test in ("one_of", "prefix"):
        yield _denial(bound.path, "exists", value=False, message=f"{bound.path} must be stated.")
    for op, value in _operators(bound):
        yield _denial(bound.path, op, value=value, message=message)


def _operators(bound: Bound) -> list[tuple[str, Any]]:
    if bound.test == "prefix" and bound.values:
        prefixes = [str(value) for value in bound.values]
        dots = [] if any("://" in prefix for prefix in prefixes) else [("regex", r"(?:^|[/\\])\.")]
        return [("regex", begins_not(prefixes)), *dots]
    plain: dict[str, list[tuple[str, Any]]] = {
        "absent": [("exists", True)],
        "given": [("exists", False)],
        "at_most": [("gt", bound.number)],
        "at_least": [("lt", bound.number)],
        "not_true": [("eq", True)],
    }
    return plain.get(bound.test, [("not_in", list(bound.values))])


def _denial(path: str, op: str, *, value: Any, message: str) -> dict[str, Any]:
    return {"conditions": [{"path": f"args.{path}", "op": op, "value": value}], "on_deny": message}
