"""What a format cannot say of what is recommended."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.risk.policies.rule import Format, Test, ToolRule

_SHOWN = 5


def notes(rules: Sequence[ToolRule], format: Format) -> Iterator[str]:  # noqa: A002 - the option's name
    """One sentence for each thing that is left out, or that no rule can see to."""
    if format in ("claude-code", "codex"):
        if bound := [rule.tool for rule in rules if rule.stance == "allow" and rule.bounds]:
            yield f"{format} knows no rules over arguments: {_listed(bound)} would need some."
        yield f"{format} knows no rates."
        return
    yield from _of_sql(rules, format)
    if format == "policylayer":
        if sums := _asking(rules, "total"):
            yield f"policylayer knows no sums: for {_listed(sums)} the cap times the calls of an hour bounds what is paid."
        if any(rate.window == "day" for rule in rules for rate in rule.limits):
            yield "policylayer's documents show windows of a minute and an hour: limits a day are left out."


def _of_sql(rules: Sequence[ToolRule], format: Format) -> Iterator[str]:  # noqa: A002 - likewise
    if read := _asking(rules, "select_only"):
        yield f"a pattern over SQL is a seat belt: give {_listed(read)} a role in the database that can only read, too."
        if format == "intercept":
            yield "intercept cannot forbid words inside a statement: SELECT ... INTO and functions with effects pass."


def _asking(rules: Sequence[ToolRule], test: Test) -> list[str]:
    return [rule.tool for rule in rules if any(bound.test == test for bound in rule.bounds)]


def _listed(tools: Sequence[str]) -> str:
    return ", ".join(tools[:_SHOWN]) + (" and others" if len(tools) > _SHOWN else "")
