"""PolicyLayer's policy JSON: only fields and operators that its documents show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scorer.risk.policies import patterns
from scorer.risk.policies.prefix import begins_not

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scorer.models.risk_rules import Rate, SqlRules
    from scorer.risk.policies.rule import Bound, Test, ToolRule

_json = json.JSONEncoder(ensure_ascii=True).encode
_WINDOWS = ("minute", "hour")
# There are no sums.
UNSAID: tuple[Test, ...] = ("total",)


def write(rules: Iterable[ToolRule], sql: SqlRules) -> str:
    """A whole document, default deny. Laid out by hand: one condition, one limit on a line, and the C encoder for every value."""
    rules = list(rules)
    lines = ["{", '  "version": "1",', '  "default": "deny",']
    if hidden := [rule.tool for rule in rules if rule.stance == "hide"]:
        lines.append(f'  "hide": {_json(hidden)},')
    tools = [_tool(rule, sql) for rule in rules if rule.stance != "hide"]
    lines += ['  "tools": {', ",\n".join(tools), "  }"] if tools else ['  "tools": {}']
    return "\n".join([*lines, "}"]) + "\n"


def _tool(rule: ToolRule, sql: SqlRules) -> str:
    said = (bound for bound in rule.bounds if bound.test not in UNSAID)
    denials = [denial for bound in said for denial in _denials(bound, sql)]
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


# Tests that a missing argument would pass, since only `exists: false` matches it.
_STATED = ("one_of", "prefix", "filled", "below", "plain_path", "is_true", "select_only")


def _denials(bound: Bound, sql: SqlRules) -> Iterator[dict[str, Any]]:
    """What is denied is the opposite of what is asked; an argument left out matches `exists: false` alone."""
    message = f"FILL IN {bound.fill}. {bound.message}" if bound.fill else bound.message
    if bound.test in _STATED:
        yield _denial(bound.path, "exists", value=False, message=f"{bound.path} must be stated.")
    for op, value in _operators(bound, sql):
        yield _denial(bound.path, op, value=value, message=message)


def _operators(bound: Bound, sql: SqlRules) -> list[tuple[str, Any]]:
    if bound.test == "prefix" and bound.values:
        prefixes = [str(value) for value in bound.values]
        dots = [] if any("://" in prefix for prefix in prefixes) else [("regex", r"(?:^|[/\\])\.")]
        return [("regex", begins_not(prefixes)), *dots]
    if bound.test == "below" and bound.number and bound.number >= 1:
        texts = [*patterns.NOT_DECIMAL, patterns.not_below(int(bound.number))]
        return [*_regex(texts), ("gte", 0), ("lt", 0)]  # a number is no text
    if bound.test == "select_only":
        inside = (patterns.words(sql.words), patterns.parts(sql.functions))
        return _regex([patterns.not_first_word("select"), patterns.SECOND_STATEMENT, *inside])
    return _PLAIN[bound.test](bound) if bound.test in _PLAIN else [("not_in", list(bound.values))]


def _regex(texts: Iterable[str]) -> list[tuple[str, Any]]:
    return [("regex", text) for text in texts]


_PLAIN: dict[str, Callable[[Bound], list[tuple[str, Any]]]] = {
    "absent": lambda _: [("exists", True)],
    "given": lambda _: [("exists", False)],
    "filled": lambda _: [("regex", patterns.BLANK)],
    "at_most": lambda bound: [("gt", bound.number)],
    "at_least": lambda bound: [("lt", bound.number)],
    "plain_path": lambda _: [("regex", patterns.NO_PLAIN_PATH)],
    "is_true": lambda _: [("neq", True)],
    "not_true": lambda _: [("eq", True)],
}


def _denial(path: str, op: str, *, value: Any, message: str) -> dict[str, Any]:
    return {"conditions": [{"path": f"args.{path}", "op": op, "value": value}], "on_deny": message}
