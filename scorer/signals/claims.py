"""Defaults and examples held against the schemas that they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.models.signals import SchemaFault
from scorer.signals.canonical import canonical
from scorer.signals.tree import subschemas
from scorer.signals.validity import Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.tool import JsonObject
    from scorer.signals.refs import Refs
    from scorer.signals.schema import Claim

_MAX_EXAMPLES = 20
_MAX_VALUE = 10_000
# Parts that a value's schema may consist of, references followed; a recursive schema never ends and is not tried.
_MAX_WEIGHT = 300
_MAX_SHOWN = 80


def broken_claims(claims: tuple[Claim, ...], root: JsonObject, refs: Refs, where: str) -> Iterator[SchemaFault]:
    """A fault for every default and example that its own schema forbids. where: pointer of the root in the definition."""
    values, told = Values(root, refs), set()
    for claim in claims:
        for word, at, value in _values(claim):
            if (claim.pointer, word) in told or len(canonical(value)) > _MAX_VALUE:
                continue
            told.add((claim.pointer, word))
            weight, refers = _weigh(claim.schema, refs)
            why = None if weight > _MAX_WEIGHT else values.offence(value, claim.schema, claim.pointer, refers=refers)
            if why:
                code, what = (
                    ("default-breaks-schema", "default") if word == "default" else ("example-breaks-schema", "example")
                )
                message = f"The {what} of `{claim.path or 'the root'}` does not fit its schema: {why}."
                yield SchemaFault(code, message, f"{where}{claim.pointer}/{at}", shown(value))


def _values(claim: Claim) -> Iterator[tuple[str, str, Any]]:
    """(keyword, pointer of the value below the schema, value). A null default of an optional parameter only says "not given"."""
    schema = claim.schema
    if "default" in schema and (schema["default"] is not None or claim.required):
        yield "default", "default", schema["default"]
    if "example" in schema:
        yield "example", "example", schema["example"]
    examples = schema.get("examples")
    if isinstance(examples, list):
        for at, value in enumerate(examples[:_MAX_EXAMPLES]):
            yield f"examples/{at}", f"examples/{at}", value


def _weigh(schema: JsonObject, refs: Refs) -> tuple[int, bool]:
    """How many schemas a value may have to be held against, counted up to a bound, and whether references are among them."""
    todo, weight, refers = [schema], 0, False
    while todo and weight <= _MAX_WEIGHT:
        node = todo.pop()
        weight += 1
        reference = node.get("$ref")
        if isinstance(reference, str):
            refers = True
            target = refs.resolve(reference)
            todo += [target.schema] if target and isinstance(target.schema, dict) else []
        todo += [child for child, _ in subschemas(node, "")]
    return weight, refers


def shown(value: object) -> str:
    """A value as a quote: its JSON, shortened."""
    text = canonical(value)
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 1]}…"
