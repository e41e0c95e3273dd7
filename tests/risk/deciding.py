"""Decides calls as the two proxies do: Intercept by its engine's rules, PolicyLayer's JSON by what its documents show."""

from __future__ import annotations

import re
from typing import Any

MISSING = object()


def reach(arguments: Any, path: str) -> Any:
    for part in path.removeprefix("args.").split("."):
        if not isinstance(arguments, dict) or part not in arguments:
            return MISSING
        arguments = arguments[part]
    return MISSING if arguments is None else arguments


def same(one: Any, other: Any) -> bool:
    try:
        return float(one) == float(other)
    except (TypeError, ValueError):
        return str(one) == str(other)


def holds(condition: dict, arguments: dict) -> bool:
    """One condition; a missing argument holds for `exists: false` alone."""
    found, op, value = reach(arguments, condition["path"]), condition["op"], condition["value"]
    if op == "exists":
        return (found is not MISSING) is value
    if found is MISSING:
        return False
    if op in ("lt", "lte", "gt", "gte"):
        if isinstance(found, (str, bool)):
            return False
        return {"lt": found < value, "lte": found <= value, "gt": found > value, "gte": found >= value}[op]
    if op == "regex":
        return isinstance(found, str) and re.search(value, found) is not None
    return {
        "eq": lambda: found is True if value is True else same(found, value),
        "neq": lambda: found is not True if value is True else not same(found, value),
        "in": lambda: any(same(found, one) for one in value),
        "not_in": lambda: not any(same(found, one) for one in value),
    }[op]()


def intercept_allows(document: dict, tool: str, arguments: dict) -> bool:
    """Every rule must hold; rates are not counted here."""
    if tool in document.get("hide", []) or tool not in document["tools"]:
        return False
    return all(passes(rule, arguments) for rule in document["tools"][tool]["rules"])


def passes(rule: dict, arguments: dict) -> bool:
    """One rule of Intercept; a counter holds what this call adds, as if it were the first."""
    if rule.get("action") == "deny":
        return False
    conditions = rule.get("conditions", [])
    if "state" in rule:
        counted = {"sum": reach(arguments, rule["state"]["increment_from"])}
        return all(holds({**one, "path": "args.sum"}, counted) for one in conditions)
    return all(holds(one, arguments) for one in conditions)


def policylayer_allows(document: dict, tool: str, arguments: dict) -> bool:
    """Any entry whose conditions all hold denies; an entry without conditions always does."""
    if tool in document.get("hide", []) or tool not in document["tools"]:
        return False
    return not any(
        all(holds(one, arguments) for one in entry["conditions"])
        for entry in document["tools"][tool].get("deny_if", [])
    )
