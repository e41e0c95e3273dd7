"""What a person filled in, put in the place of placeholders."""

from __future__ import annotations

from math import isfinite, nan
from typing import TYPE_CHECKING

from scorer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scorer.risk.policies.rule import Bound, ToolRule


def filled(rules: Sequence[ToolRule], fills: Mapping[tuple[str, str], str]) -> list[ToolRule]:
    """The rules with values by tool ("*" for all) and argument. Raises UsageError for one that has no place, or is no number where one is asked."""
    _refuse_unknown(rules, fills)
    return [rule._replace(bounds=tuple(_fill(rule.tool, bound, fills) for bound in rule.bounds)) for rule in rules]


def _refuse_unknown(rules: Iterable[ToolRule], fills: Mapping[tuple[str, str], str]) -> None:
    """A value for a placeholder that is not there would be lost in silence."""
    open_ = {(rule.tool, bound.key) for rule in rules for bound in rule.bounds if bound.fill}
    for tool, path in fills:
        if (tool, path) not in open_ and not (tool == "*" and any(path == known for _, known in open_)):
            where = path if tool == "*" else f"{tool}:{path}"
            near = sorted(open_, key=lambda one: (one[0] != tool, one[1] != path, one))
            shown = ", ".join(f"{name}:{known}" for name, known in near[:8]) or "none"
            raise UsageError(f"there is no placeholder {where} to fill in", f"Open here: {shown}.")


def _fill(tool: str, bound: Bound, fills: Mapping[tuple[str, str], str]) -> Bound:
    given = fills.get((tool, bound.key), fills.get(("*", bound.key)))
    if given is None or not bound.fill:
        return bound
    if bound.test in ("one_of", "prefix"):
        return bound._replace(values=_values(given, bound.key), fill="")
    low, dots, high = given.rpartition("..")
    number = _number((low if bound.test == "at_least" else high) if dots else given, bound.key)
    return bound._replace(number=int(number) if number.is_integer() else number, fill="")


def _values(text: str, path: str) -> tuple[str, ...]:
    values = tuple(part.strip() for part in text.split(",") if part.strip())
    if not values:
        raise UsageError(f"{path} needs a value", "Give one or more with commas between.")
    return values


def _number(text: str, path: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = nan
    if not isfinite(number):
        raise UsageError(f"{path} needs a number, not {text[:40]!r}", "Give one such as 5000, or two as 1..5000.")
    return number
