"""Bounds on arguments that choose what a call does: actions, flags, previews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.naming import snake
from scorer.risk.policies.schema import is_flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.risk.policies.rule import Bound
    from scorer.risk.policies.schema import Schema

_CHOOSING = ("multi_action", "destructive_option", "dry_run")


def actions(schema: Schema) -> Iterator[Bound]:
    """Of several actions the harmless ones; absence is denied, for the default may be any of them."""
    if schema.signals.keys().isdisjoint(_CHOOSING):
        return
    for parameter in schema.of("action"):
        values = [value for value in parameter.enum or () if isinstance(value, str)]
        harmless = previews(schema, values) or [value for value in values if _harmless(value, schema)]
        if values and len(harmless) < len(values):
            yield schema.bound("action" if harmless else "no-action", parameter, "one_of", harmless)


def previews(schema: Schema, values: list[str]) -> list[str]:
    """The values that only plan, of a tool that can lose or pay."""
    plans = schema.rules.words["plan_value"]
    return [value for value in values if snake(value) in plans] if schema.grave else []


def tamed(schema: Schema) -> bool:
    """Whether the action is held to values that do no harm."""
    return any(bound.values for bound in actions(schema))


def _harmless(value: str, schema: Schema) -> bool:
    """A value none of whose parts destroys, pays or runs; to end what runs is harmless."""
    parts, rules = set(snake(value).split("_")), schema.rules
    if schema.card.category == "Execute" and parts <= rules.words["ends_run"]:
        return True
    acts = {rules.kinds.get(part) for part in parts}
    return acts.isdisjoint(("destroy", "money", "run", "deliver")) and parts.isdisjoint(rules.words["harmful_value"])


def flags(schema: Schema) -> Iterator[Bound]:
    """Flags that remove, overwrite, force or skip a check. Where the tool destroys without them, they bind nothing."""
    if schema.card.category == "Read":
        return
    opens = "destructive_option" in schema.signals
    for parameter in schema.of("flag_destroy", "flag_overwrite", "flag_force", "flag_skip"):
        if is_flag(parameter):
            yield schema.bound("flag", parameter, "not_true", weak=not opens)


def rehearsals(schema: Schema) -> Iterator[Bound]:
    """Whether it is a preview is said in every call; a confirmation by the agent itself is none."""
    grave = schema.grave or (schema.card.category == "Write" and schema.card.severity == "high")
    if not grave or "dry_run" not in schema.signals:
        return
    for parameter in schema.of("confirmation"):
        yield schema.bound("confirmation", parameter, "absent", weak=True)
    for parameter in schema.of("preview_flag", "act_flag"):
        if is_flag(parameter):
            yield schema.bound("preview-stated", parameter, "given", weak=True)


def preview_only(schema: Schema) -> Iterator[Bound]:
    """The preview alone, of a loss or payment that is otherwise a person's."""
    if not schema.grave or "dry_run" not in schema.signals:
        return
    for parameter in schema.of("preview_flag"):
        if is_flag(parameter):
            yield schema.bound("preview-only", parameter, "is_true")
    for parameter in schema.of("act_flag"):
        if is_flag(parameter):
            yield schema.bound("flag", parameter, "not_true")
