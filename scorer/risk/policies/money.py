"""Bounds on money: how much, of which currency, in a day, to whom, and what kind of order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.naming import snake
from scorer.risk.policies.schema import is_flag, is_list, is_number, is_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.signals import Parameter
    from scorer.risk.policies.rule import Bound
    from scorer.risk.policies.schema import Schema


def amounts(schema: Schema) -> Iterator[Bound]:
    """A cap on what is paid, stated in every call, for leaving it out may mean everything; no second way to say it."""
    if schema.card.category != "Financial":
        return
    trade = bool(schema.of("symbol"))
    capped = False
    for parameter in schema.of("amount"):
        if is_list(parameter):
            continue
        if trade and parameter in schema.of("price"):
            yield schema.bound("price", parameter, "given", weak=True)
        elif capped and not parameter.required:
            yield schema.bound("second-amount", parameter, "absent", weak=True)
        else:
            capped = True
            yield from _capped(schema, parameter)


def _capped(schema: Schema, parameter: Parameter) -> Iterator[Bound]:
    """A number between bounds, a text that reads as a number below one, or the key of an object that is either."""
    if "object" in parameter.types:
        for key in schema.inside(parameter, "amount"):
            yield from _capped(schema, key)
        for key in schema.inside(parameter, "currency"):
            yield schema.bound("currency", key, "one_of")
    elif not is_number(parameter):
        yield schema.bound("amount-text", parameter, "below", number=0)
    else:
        whole = "number" not in parameter.types
        yield schema.bound("amount-stated", parameter, "given", weak=True)
        yield schema.bound("amount-positive", parameter, "at_least", number=1 if whole else 0.01, weak=True)
        yield schema.bound("amount-cap", parameter, "at_most", number=0)
        # A counter cuts decimals: sums of anything but the smallest unit come out too small.
        if whole and schema.says(parameter, "minor_unit"):
            yield schema.bound("amount-day", parameter, "total", number=0, weak=True)


def orders(schema: Schema) -> Iterator[Bound]:
    """Which currency, which instrument, and orders of a stated price alone."""
    if schema.card.category != "Financial":
        return
    for parameter in schema.of("currency"):
        if is_text(parameter) and not is_list(parameter):
            yield schema.bound("currency", parameter, "one_of")
    for parameter in schema.of("symbol"):
        if is_text(parameter) and not is_list(parameter):
            yield schema.bound("symbol", parameter, "one_of")
    for parameter in schema.of("order_type"):
        values = [value for value in parameter.enum or () if isinstance(value, str)]
        priced = [value for value in values if snake(value) in schema.rules.words["priced_order"]]
        if priced and len(priced) < len(values):
            yield schema.bound("order-type", parameter, "one_of", priced, weak=True)


def recipients(schema: Schema) -> Iterator[Bound]:
    """Whom money or messages reach: a list of known ones; lists of them cannot be tested and must stay away."""
    pays = schema.card.category == "Financial"
    for parameter in schema.of("payee") if pays else schema.shown_by("external_recipient"):
        if {"array", "object"} & set(parameter.types):
            yield schema.bound("no-single" if parameter.required else "many", parameter, "absent", weak=True)
        elif not parameter.required and parameter in schema.of("side_recipient"):
            yield schema.bound("side-recipient", parameter, "absent", weak=True)
        elif not (parameter.types and is_flag(parameter)):
            yield schema.bound("recipient", parameter, "one_of")


def doors(schema: Schema) -> Iterator[Bound]:
    """Free objects through which the same effect could be had otherwise."""
    if schema.grave:
        for parameter in schema.of("door"):
            if not parameter.required:
                yield schema.bound("door", parameter, "absent", weak=True)
