"""How a definition looks to the scoring phases: what the calibration observes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorer.calibration.coherence import goes_by_number
from scorer.calibration.observe import Seen
from scorer.facts import examine, examine_set
from scorer.signals import compare, measure
from scorer.sources.definitions import read_tools

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.fact import Fact
    from scorer.models.signals import Signals
    from scorer.models.tool import JsonObject, Tool

    Read = tuple[Tool, Signals]


class Looker:
    """Reads definitions beside their siblings, each definition once."""

    def __init__(self) -> None:
        # By identity, the definition kept beside so that its id stays its own: equal ones need not be found, only the same ones.
        self._known: dict[int, tuple[JsonObject, Read | None]] = {}

    def __call__(self, definition: JsonObject, beside: Sequence[JsonObject], names: frozenset[str]) -> Seen | None:
        """What signals and facts say of it; names: of all tools, also those whose definitions are not known."""
        own = self._read(definition)
        if own is None:
            return None
        others = [read for other in beside if (read := self._read(other)) is not None]
        tools, signals = zip(own, *others, strict=True)
        siblings = replace(compare(tools, signals)[0][0], names=names)
        return Seen(own[1], examine(*own, siblings), len(siblings.overlaps))

    def _read(self, definition: JsonObject) -> Read | None:
        known = self._known.get(id(definition))
        if known is None:
            tools, _ = read_tools([definition])
            read = (tools[0], measure(tools[0])) if tools else None
            known = self._known[id(definition)] = (definition, read)
        return known[1]


def look_at_set(names: tuple[str, ...], count: int) -> tuple[Fact, ...]:
    """What the facts say of a set of tools of which only names and number are known; the number decides where both speak."""
    every = (*names, *(f"tool{n}" for n in range(count - len(names))))[:count]
    stubs: list[object] = [{"name": name} for name in every]
    tools, _ = read_tools(stubs)
    signals = [measure(tool) for tool in tools]
    by_number = examine_set(tools, signals, ())
    known, measured = tools[: len(names)], signals[: len(names)]
    by_name = examine_set(known, measured, compare(known, measured)[1]) if known else by_number
    return tuple(one if goes_by_number(one.id) else other for one, other in zip(by_number, by_name, strict=True))
