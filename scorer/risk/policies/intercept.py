"""Intercept's policy YAML, as version 1.1.0 of the proxy reads it: every rule has a name, a rate is a text, a missing argument fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.risk.policies import patterns
from scorer.risk.policies.prefix import begins
from scorer.risk.policies.quoted import commented, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorer.risk.policies.rule import Bound, ToolRule

_SEGMENTS = r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$"


def write(rules: Iterable[ToolRule]) -> str:
    """A whole document, default deny, with the definition's hash and what to fill in as comments beside each rule."""
    rules = list(rules)
    lines = ['version: "1"', "default: deny"]
    if hidden := [rule for rule in rules if rule.stance == "hide"]:
        lines.append("hide:")
        lines += [f"  - {quoted(rule.tool)}  # inputHash: {rule.input_hash}" for rule in hidden]
    shown = [rule for rule in rules if rule.stance != "hide"]
    lines.append("tools:" if shown else "tools: {}")
    for rule in shown:
        lines += _tool(rule)
    return "\n".join(lines) + "\n"


def _tool(rule: ToolRule) -> Iterator[str]:
    yield f"  {quoted(rule.tool)}:  # {rule.category}, {rule.severity}; inputHash: {rule.input_hash}"
    if rule.stance == "deny":
        yield from (
            "    rules:",
            '      - name: "denied"',
            "        action: deny",
            f"        on_deny: {quoted(rule.message)}",
        )
        return
    if not rule.bounds and not rule.limits:
        yield "    rules: []"
        return
    yield "    rules:"
    for bound in rule.bounds:
        yield from _bound(rule.tool, bound)
    for rate in rule.limits:
        yield f'      - name: "at most {rate.calls} a{"n" if rate.window == "hour" else ""} {rate.window}"'
        yield f'        rate_limit: "{rate.calls}/{rate.window}"'


def _bound(tool: str, bound: Bound) -> Iterator[str]:
    asked = bound.test.replace("_", " ")
    yield f"      - name: {quoted(f'{bound.key}: {asked}')}"
    if bound.fill:
        yield f"        # FILL IN {commented(bound.fill)}; until then every call is denied."
    yield "        conditions:"
    path, op, value = _condition(tool, bound)
    yield f"          - {{path: {quoted(path)}, op: {quoted(op)}, value: {quoted(value)}}}"
    if bound.test == "total":
        yield f'        state: {{counter: {quoted(_counter(bound))}, window: "day", increment_from: {quoted(f"args.{bound.path}")}}}'
    yield f"        on_deny: {quoted(bound.message)}"


def _counter(bound: Bound) -> str:
    return f"{bound.path.replace('.', '_')}_day"


def _condition(tool: str, bound: Bound) -> tuple[str, str, Any]:
    """There is no OR and a missing argument fails, so that a flag can only be asked to stay away. A sum counts the call itself."""
    if bound.test == "total":
        return f"state.{tool}.{_counter(bound)}", "lte", bound.number
    op, value = _asked(bound)
    return f"args.{bound.path}", op, value


def _asked(bound: Bound) -> tuple[str, Any]:
    if bound.test == "prefix" and bound.values:
        prefixes = [str(value) for value in bound.values]
        whole = all(prefix.endswith("/") and "://" not in prefix for prefix in prefixes)
        return "regex", begins(prefixes) + (_SEGMENTS if whole else "")
    if bound.test == "below" and bound.number and bound.number >= 1:
        return "regex", patterns.below(int(bound.number))
    return {
        "absent": ("exists", False),
        "not_true": ("exists", False),
        "given": ("exists", True),
        "filled": ("regex", patterns.FILLED),
        "is_true": ("eq", True),
        "at_most": ("lte", bound.number),
        "at_least": ("gte", bound.number),
        "plain_path": ("regex", patterns.PLAIN_PATH),
        "select_only": ("regex", patterns.ONE_SELECT),
    }.get(bound.test, ("in", list(bound.values)))
