"""What is brought before the judge: one tool beside its siblings, or the whole set."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorer.judge.shown import safe_names, shown_definition, shown_set
from scorer.judge.steering import speaking_name, steering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.judge_rules import JudgeLimits
    from scorer.models.signals import Signals
    from scorer.models.tool import Tool


class Case(NamedTuple):
    """One tool, or the set. shown: the JSON that the judge reads.

    names: of the tools of its server that may be shown beside it, sorted; withheld: how many tools may not.
    steered: why the judge may not raise its scores (see `steering`), None when it may. unfit: why it cannot be judged at all.
    """

    tools: tuple[Tool, ...]
    signals: tuple[Signals, ...]
    shown: str
    names: tuple[str, ...]
    withheld: int
    steered: str | None
    unfit: str | None

    @property
    def is_set(self) -> bool:
        """Whether it is the set; its `names` are then those that an answer may give."""
        return len(self.tools) != 1


def tool_cases(
    tools: Sequence[Tool], signals: Sequence[Signals], names: Sequence[frozenset[str]], limits: JudgeLimits
) -> list[Case]:
    """One case per tool, in order. names: of all tools of each one's server."""
    known = {group: _shown_names(group, limits) for group in set(names)}
    return [_tool_case(*each[:2], *known[each[2]], limits) for each in zip(tools, signals, names, strict=True)]


def _shown_names(names: frozenset[str], limits: JudgeLimits) -> tuple[tuple[str, ...], int]:
    shown, withheld = safe_names(names, filter(speaking_name, names), limits.sibling_names)
    return tuple(shown), withheld


def _tool_case(tool: Tool, counted: Signals, names: tuple[str, ...], withheld: int, limits: JudgeLimits) -> Case:
    shown = shown_definition(tool)
    unfit = None
    if not (tool.description or "").strip():
        unfit = "there is no description to judge"
    elif len(shown) > limits.definition_characters:
        unfit = f"the definition has {len(shown):,} characters, more than the judge is sent"
    return Case((tool,), (counted,), shown, names, withheld, steering(tool), unfit)


def set_case(tools: Sequence[Tool], signals: Sequence[Signals], limits: JudgeLimits) -> Case | None:
    """The case of the set, without the tools whose texts speak to their grader; None for fewer than two."""
    kept = [pair for pair in zip(tools, signals, strict=True) if not speaking_name(pair[0].name)]
    clean = [pair for pair in kept if not steering(pair[0])]
    pairs = clean[: limits.server_tools]
    if len(pairs) < 2:
        return None
    some, counted = zip(*pairs, strict=True)
    return Case(
        some,
        counted,
        shown_set(some, counted),
        tuple(tool.name for tool in some),
        len(tools) - len(pairs),
        None,
        None,
    )
