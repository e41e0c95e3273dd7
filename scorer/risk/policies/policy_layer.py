"""PolicyLayer's policy JSON: only fields and operators that its documents show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scorer.risk.policies.prefix import begins_not

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorer.models.risk_rules import Rate
    from scorer.risk.policies.rule import Bound, ToolRule

_json = json.JSONEncoder(ensure_ascii=True).encode
_WINDOWS = ("minute", "hour")


def write(rules: Iterable[ToolRule]) -> str:
    """A whole document, default deny. Laid out by hand: one condition, one limit on a line, and the C encoder for every value."""
    rules = list(rules)
    lines = ["{", '  "version": "1",', '  "default": "deny",']
    if hidden := [rule.tool for rule in rules if rule.stance == "hide"]:
        lines.append(f'  "hide": {_json(hidden)},')
    tools = [_tool(rule) for rule in rules if rule.stance != "hide"]
    lines += ['  "tools": {', ",\n".join(tools), "  }"] if tools else ['  "tools": {}']
    return "\n".join([*lines, "}"]) + "\n"


def _tool(rule: ToolRule) -> str:
    denials = [denial for bound in rule.bounds for denial in _denials(bound)]
    if rule.stance == "deny":
        denials = [{"conditions": [], "on_deny": rule.message}]
    limits = [_limit(rule.tool, rate) for rate in rule.limits if rate.window in _WINDOWS]
    parts = [_list(name, entries) for name, entries in (("deny_if", denials), ("limits", limits)) if entries]
    body = ",\n".join(parts)
    return f"    {_json(rule.tool)}: " + (f"{{\n{body}\n    }}" if parts else "{}")


def _limit(tool: str, rate: Rate) -> dict[str, Any]:
    return {"counter": f"{tool.lower()}_per_{rate.window}", "window": rate.window, "max": rate.calls, "scope": "grant"}


def _list(name: str, entries: list[dict[str, Any]]) -> str:
    rows = ",\n".join(f"        {_json(entry)}" for entry in entries)
    return f'      "{name}": [\n{rows}\n      ]'


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
