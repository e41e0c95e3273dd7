"""Bounds on arguments, from the input schema: names come from there and are never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.naming import kinds_of, snake
from scorer.risk.policies.rule import Bound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.risk import RiskCard
    from scorer.models.risk_rules import RiskRules
    from scorer.models.signals import Parameter, Signals


class Schema:
    """The arguments of one tool by what they are."""

    def __init__(self, signals: Signals, card: RiskCard, rules: RiskRules) -> None:
        # A name with a dot cannot be told from a path, in any of the formats.
        self.top = tuple(p for p in signals.parameters if p.depth == 1 and "." not in p.name)
        self.signals = {signal.id: signal for signal in card.signals}
        self.card, self.rules = card, rules

    def of(self, kind: str) -> Iterator[Parameter]:
        return (p for p in self.top if kind in kinds_of(p.name, self.rules))

    def shown_by(self, signal: str) -> Iterator[Parameter]:
        """The arguments whose names show a signal that the tool has."""
        return self.of(signal) if signal in self.signals else iter(())


def bounds(schema: Schema) -> tuple[Bound, ...]:
    """Every bound that the schema allows to state, one argument once, in the order in which a call is judged."""
    found: dict[tuple[str, str], Bound] = {}
    taken: set[str] = set()
    for source in (_actions, _flags, _previews, _money, _recipients, _paths, _hosts, _places, _motion, _secrets):
        own = [bound for bound in source(schema) if bound.path not in taken]
        taken.update(bound.path for bound in own)
        for bound in own:
            found.setdefault((bound.path, bound.test), bound)
    return tuple(found.values())


def _actions(schema: Schema) -> Iterator[Bound]:
    """Of several actions the harmless ones; absence is denied, for the default may be any of them."""
    if "multi_action" not in schema.signals and "destructive_option" not in schema.signals:
        return
    for parameter in schema.of("action"):
        values = [value for value in parameter.enum or () if isinstance(value, str)]
        harmless = tuple(value for value in values if _harmless(value, schema.rules))
        if values and len(harmless) < len(values):
            yield Bound(
                parameter.name,
                "one_of",
                f"{parameter.name} must be {_listed(harmless)}.",
                harmless,
                fill="" if harmless else "the values that an agent may use",
            )


def _harmless(value: str, rules: RiskRules) -> bool:
    """A value none of whose parts destroys, pays or runs."""
    kinds = {rules.kinds.get(part) for part in snake(value).split("_")}
    words = set(snake(value).split("_"))
    return not kinds & {"destroy", "money", "run", "deliver"} and not words & {
        "apply",
        "hard",
        "force",
        "destroy",
        "auto",
        "replace",
        "approve",
        "set",
    }


def _listed(values: tuple[str, ...]) -> str:
    return " or ".join(str(value) for value in values) or "filled in"


def _flags(schema: Schema) -> Iterator[Bound]:
    """Flags that remove, overwrite or force."""
    if schema.card.category == "Read":
        return
    for kind in ("flag_destroy", "flag_overwrite", "flag_force"):
        for parameter in schema.of(kind):
            if not parameter.types or "boolean" in parameter.types:
                yield Bound(parameter.name, "not_true", f"{parameter.name} must not be set.")


def _previews(schema: Schema) -> Iterator[Bound]:
    """A confirmation by the agent itself is none."""
    if "dry_run" in schema.signals and schema.card.category in ("Destructive", "Financial"):
        for parameter in schema.top:
            if snake(parameter.name) in ("nonce", "confirm", "confirmation", "confirm_token"):
                yield Bound(
                    parameter.name, "absent", f"A person confirms, not the agent: {parameter.name} must be left out."
                )


def _money(schema: Schema) -> Iterator[Bound]:
    """A cap on what is paid, stated in every call, for leaving it out may mean everything."""
    if schema.card.category != "Financial":
        return
    doors = [p for p in schema.of("amount") if {"number", "integer", "string"} & set(p.types) or not p.types]
    for at, parameter in enumerate(doors):
        name = parameter.name
        if at and not parameter.required:
            yield Bound(name, "absent", f"{name} is a second way to say how much: leave it out.")
        elif {"number", "integer"} & set(parameter.types):
            yield Bound(name, "given", f"{name} must be stated.")
            yield Bound(
                name, "at_least", f"{name} must be positive.", number=1 if "integer" in parameter.types else 0.01
            )
            yield Bound(
                name,
                "at_most",
                f"{name} must be at most what a person fills in.",
                number=0,
                fill="the highest amount, in the unit of the argument (0 denies every call)",
            )
        else:
            yield Bound(
                name,
                "one_of",
                f"{name} must be one of the amounts that a person fills in.",
                fill="the amounts allowed, as text",
            )


def _recipients(schema: Schema) -> Iterator[Bound]:
    """Whom money or messages reach: a list of known ones; lists of them cannot be tested and must stay away."""
    money = schema.card.category == "Financial"
    for parameter in schema.of("payee") if money else schema.shown_by("external_recipient"):
        name = parameter.name
        if {"array", "object"} & set(parameter.types):
            yield Bound(
                name,
                "absent",
                f"No element of {name} can be tested: leave it out.",
                fill=""
                if not parameter.required
                else "nothing: hide the tool, and use one that takes a single recipient",
            )
        elif "boolean" not in parameter.types:
            yield Bound(
                name, "one_of", f"{name} must be on the list that a person fills in.", fill="the recipients allowed"
            )


def _paths(schema: Schema) -> Iterator[Bound]:
    """One folder, without dot segments."""
    if schema.card.severity == "low":
        return
    for parameter in schema.shown_by("filesystem_path"):
        if "array" in parameter.types:
            if not parameter.required:
                yield Bound(parameter.name, "absent", f"No element of {parameter.name} can be tested: leave it out.")
            continue
        yield Bound(
            parameter.name,
            "prefix",
            f"{parameter.name} must be below a folder that a person fills in.",
            fill="the folders allowed, each with its closing /",
        )


def _hosts(schema: Schema) -> Iterator[Bound]:
    """Whole hosts with the closing slash."""
    for parameter in schema.shown_by("arbitrary_url"):
        if "array" in parameter.types:
            if not parameter.required:
                yield Bound(parameter.name, "absent", f"No element of {parameter.name} can be tested: leave it out.")
            continue
        if "connection" in snake(parameter.name):
            yield Bound(
                parameter.name,
                "one_of",
                f"{parameter.name} must be one that a person fills in.",
                fill="the connections allowed; better, configure the server with its own",
            )
            continue
        yield Bound(
            parameter.name,
            "prefix",
            f"{parameter.name} must be on a host that a person fills in.",
            fill="the hosts allowed, as https://host/ with the closing slash",
        )


def _places(schema: Schema) -> Iterator[Bound]:
    """Where a loss may happen: a namespace, database or branch that a person names; wide selectors stay away."""
    branch = schema.card.category in ("Write", "Execute") and schema.card.severity != "low"
    for parameter in schema.of("branch") if branch else ():
        if (
            parameter.enum is None
            and "string" in (*parameter.types, "string")
            and snake(parameter.name) in ("branch", "branch_name")
        ):
            yield Bound(
                parameter.name,
                "prefix",
                f"{parameter.name} must begin as a person fills in.",
                fill="the branches allowed, such as agent/",
            )
    if schema.card.category != "Destructive":
        return
    for parameter in schema.of("selector"):
        if not parameter.required:
            yield Bound(parameter.name, "absent", f"One object at a time: {parameter.name} must be left out.")
    for parameter in schema.of("namespace"):
        if "array" not in parameter.types and "object" not in parameter.types:
            yield Bound(
                parameter.name,
                "one_of",
                f"{parameter.name} must be stated, and on the list that a person fills in.",
                fill="where an agent may destroy",
            )


def _motion(schema: Schema) -> Iterator[Bound]:
    """Both sides of every number that moves something, where no limit is stated."""
    if schema.card.severity != "critical" or "physical" not in schema.signals:
        return
    for parameter in schema.of("count"):
        if {"number", "integer"} & set(parameter.types) or not parameter.types:
            yield Bound(parameter.name, "given", f"{parameter.name} must be stated.")
            yield Bound(
                parameter.name, "at_least", f"{parameter.name} must be within limits.", number=1, fill="the least value"
            )
            yield Bound(
                parameter.name,
                "at_most",
                f"{parameter.name} must be within limits.",
                number=0,
                fill="the greatest value (below the least it denies every call)",
            )


def _secrets(schema: Schema) -> Iterator[Bound]:
    """Secrets belong into the server's configuration, where the argument can be left out."""
    for parameter in schema.shown_by("credentials_parameter"):
        if not parameter.required:
            yield Bound(
                parameter.name, "absent", f"{parameter.name} belongs into the server's configuration: leave it out."
            )
