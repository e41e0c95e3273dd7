"""What the gate prints beside ids of facts, explained: its own rules, and those on risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.gate.risk import RULES
from scorer.models.gate import ABOUT

if TYPE_CHECKING:
    from collections.abc import Iterator


def gate_index() -> Iterator[tuple[str, str]]:
    """Every rule of the gate, and what it says."""
    for rule, about in ABOUT.items():
        yield rule, about.says
    for name, (_, says, _fix) in RULES.items():
        yield f"risk/{name}", f"The tool {says}."


def gate_pages(name: str) -> list[str]:
    """The Markdown pages of the rules that a name stands for: an id, or its end alone; all rules of the gate for `gate`."""
    wanted = name.strip().lower().replace("_", "-")
    own = [rule for rule in ABOUT if wanted in (rule, rule.partition("/")[2], rule.partition("/")[0])]
    risks = [name for name in RULES if wanted.removeprefix("risk/") == name]
    return [*(_rule(rule) for rule in own), *(_risk(name) for name in risks)]


def _rule(rule: str) -> str:
    about = ABOUT[rule]
    rows = [f"# {rule}", "", "A rule of the gate.", "", "## Fails when", "", about.says, "", about.asked]
    return "\n".join([*rows, "", "## Remedy", "", about.remedy]) + "\n"


def _risk(name: str) -> str:
    _, says, fix = RULES[name]
    rows = [f"# risk/{name}", "", "A rule of the gate on risk.", "", "## Fails when", "", f"The tool {says}."]
    asked = f"It is asked for with `--fail-on-risk {name}`."
    return "\n".join([*rows, "", asked, "", "## Remedy", "", fix]) + "\n"
