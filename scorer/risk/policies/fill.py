"""What a person filled in, put in the place of placeholders."""

from __future__ import annotations

from math import isfinite, nan
from typing import TYPE_CHECKING

from scorer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scorer.risk.policies.rule import Bound, ToolRule

_SHOWN = 8


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
        values = _values(given, bound.key)
        return bound._replace(values=values, fill="", message=_told(bound, values))
    number = _limit(given, bound)
    return bound._replace(number=number, fill="", message=_told(bound, (number,)))


def _limit(given: str, bound: Bound) -> float:
    """The side of `1..5000` that a bound asks for, or the one number. Raises UsageError where the sides are the wrong way round."""
    low, dots, high = given.rpartition("..")
    if dots and low and _number(low, bound.key) > _number(high, bound.key):
        raise UsageError(
            f"{bound.key}={given[:60]}: the lower bound is above the upper",
            f"Write the smaller one first, such as {bound.key}={high[:30]}..{low[:30]}.",
        )
    number = _number((low if bound.test == "at_least" else high) if dots else given, bound.key)
    return int(number) if number.is_integer() else number


def _told(bound: Bound, values: Sequence[object]) -> str:
    """What the agent is told from now on: what is allowed, the first of a long list."""
    shown = " or ".join(str(value) for value in values[:_SHOWN])
    more = f" or one of {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
    return bound.filled.replace("{values}", shown + more) or bound.message


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
