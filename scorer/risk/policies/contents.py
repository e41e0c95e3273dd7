"""Bounds on what is handed over: SQL, reasons, secrets, numbers that move or multiply something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.naming import snake
from scorer.risk.policies.schema import is_list, is_number, is_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.signals import Parameter
    from scorer.risk.policies.rule import Bound
    from scorer.risk.policies.schema import Schema


def sql_argument(schema: Schema) -> Parameter | None:
    """The argument that takes the SQL of a tool which may do anything with it; None where it is a list, or no SQL."""
    code = schema.signals.get("arbitrary_code")
    if code is None or schema.card.category != "Destructive" or schema.card.quote != code.quote:
        return None
    found = next((p for p in schema.top if p.path == code.quote), None)
    if found is None or is_list(found) or not is_text(found):
        return None
    said = f"{snake(found.name)} {schema.tool} {found.description or ''}".lower()
    return found if "sql" in said else None


def statements(schema: Schema) -> Iterator[Bound]:
    """One SELECT: a seat belt, beside a role that can only read."""
    parameter = sql_argument(schema)
    if parameter is not None:
        yield schema.bound("one-select", parameter, "select_only")


def reasons(schema: Schema) -> Iterator[Bound]:
    """A reason that the schema has room for is given, and not blank; a `comment` is one where its words say so."""
    card = schema.card
    if card.category == "Read" or not (schema.grave or card.severity in ("high", "critical")):
        return
    for parameter in schema.of("reason"):
        if is_text(parameter) and schema.says(parameter, "why"):
            yield schema.bound("reason", parameter, "filled" if parameter.enum is None else "given", weak=True)


def numbers(schema: Schema) -> Iterator[Bound]:
    """Both sides of every number that moves something, and a cap on how many of what costs or runs, unless the schema has them."""
    if "physical" in schema.signals and schema.card.severity in ("high", "critical"):
        for parameter in schema.of("count"):
            if (is_number(parameter) or not parameter.types) and not _is_bounded(parameter):
                yield from _both_sides(schema, parameter)
    elif schema.card.category == "Execute" or ("paid_call" in schema.signals and schema.card.category != "Read"):
        for parameter in schema.of("quantity"):
            if is_number(parameter) and not {"maximum", "exclusiveMaximum"} & set(parameter.constraints):
                yield schema.bound("quantity", parameter, "at_most", number=0)


def _is_bounded(parameter: Parameter) -> bool:
    kept = set(parameter.constraints)
    return bool({"maximum", "exclusiveMaximum"} & kept and {"minimum", "exclusiveMinimum"} & kept)


def _both_sides(schema: Schema, parameter: Parameter) -> Iterator[Bound]:
    """Between two numbers; what need not be said stays at its default."""
    if not parameter.required:
        yield schema.bound("default-motion", parameter, "absent")
        return
    yield schema.bound("motion-stated", parameter, "given")
    yield schema.bound("motion-least", parameter, "at_least", number=1)
    yield schema.bound("motion-most", parameter, "at_most", number=0)


def secrets(schema: Schema) -> Iterator[Bound]:
    """Secrets belong into the server's configuration, where the argument can be left out."""
    for parameter in schema.shown_by("credentials_parameter"):
        if not parameter.required:
            yield schema.bound("secret", parameter, "absent", weak=True)
