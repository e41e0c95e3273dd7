"""Bounds on arguments, from the input schema: every source asked in turn, one argument once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.policies import choices, contents, money, places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scorer.risk.policies.rule import Bound
    from scorer.risk.policies.schema import Schema

# In the order in which a call is judged; the first that speaks of an argument has it.
SOURCES: tuple[Callable[[Schema], Iterator[Bound]], ...] = (
    choices.actions,
    choices.flags,
    choices.rehearsals,
    money.orders,
    money.amounts,
    money.recipients,
    contents.statements,
    contents.reasons,
    places.losses,
    places.paths,
    places.hosts,
    places.branches,
    contents.numbers,
    contents.secrets,
    money.doors,
)


def bounds(schema: Schema) -> tuple[Bound, ...]:
    """Every bound that the schema allows to state."""
    found: dict[tuple[str, str], Bound] = {}
    taken: set[str] = set()
    for source in SOURCES if schema.top else ():
        own = [bound for bound in source(schema) if bound.path not in taken]
        taken.update(bound.path for bound in own)
        for bound in own:
            found.setdefault((bound.path, bound.test), bound)
    return tuple(found.values())
