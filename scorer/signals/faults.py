"""Defects of an input schema as a schema: what a validator, or an agent that follows it to the letter, would stumble over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.models.signals import SchemaFault
from scorer.signals.canonical import canonical
from scorer.signals.refs import Refs, unescape, walk
from scorer.signals.tree import nesting, subschemas
from scorer.signals.validity import Values, is_schema, why_invalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.tool import JsonObject
    from scorer.signals.schema import Claim, Survey

_WHERE = "/inputSchema"
# The validators recurse on the machine's stack; what is nested deeper is left unchecked.
_MAX_NESTING = 500
_MAX_FAULTS = 50
_MAX_SCHEMAS = 5_000
_MAX_EXAMPLES = 20
_MAX_VALUE = 10_000
_LARGE = 50_000
# Parts that a default's schema may consist of, references followed; a recursive schema never ends and is not tried.
_MAX_WEIGHT = 300


def find_faults(schema: JsonObject, text: str, found: Survey) -> tuple[SchemaFault, ...]:
    """The faults of `schema`, whose canonical JSON is `text` and whose walk gave `found`; at most 50."""
    faults = [*_root(schema), *_unknown(found)]
    refs = Refs(schema)
    if '"$ref"' in text:
        faults += _references(schema, refs)
    if _checkable(schema, text):
        faults += _invalid(schema, text) if not is_schema(schema) else _claims(found.claims, schema, refs)
    return tuple(faults[:_MAX_FAULTS])


def _checkable(schema: JsonObject, text: str) -> bool:
    """Whether the validators can take the schema: not too deep, and without half surrogate pairs, which the text has escaped."""
    deep = text.count("{") + text.count("[") > _MAX_NESTING and nesting(schema, _MAX_NESTING) > _MAX_NESTING
    return not deep and "\\ud" not in text


def _root(schema: JsonObject) -> Iterator[SchemaFault]:
    kind = schema.get("type")
    if kind != "object":
        says = (
            f'The root\'s type is {_shown(kind)}, not "object"'
            if "type" in schema
            else 'The root does not say "type": "object"'
        )
        yield SchemaFault(
            "root-not-object",
            f"{says}, as MCP requires.",
            f"{_WHERE}/type" if "type" in schema else _WHERE,
            _shown(kind),
        )


def _unknown(found: Survey) -> Iterator[SchemaFault]:
    for name, pointer, path in found.unknown:
        inside = f" of `{path}`" if path else ""
        yield SchemaFault(
            "required-unknown", f"`{name}` is required, but the properties{inside} do not define it.", pointer, name
        )


def _references(schema: JsonObject, refs: Refs) -> Iterator[SchemaFault]:
    todo, told = [(schema, _WHERE)], set()
    for _ in range(_MAX_SCHEMAS):
        if not todo:
            return
        node, pointer = todo.pop()
        todo += subschemas(node, pointer)
        reference = node.get("$ref")
        if isinstance(reference, str) and reference not in told and refs.resolve(reference) is None:
            told.add(reference)
            yield from _unresolved(reference, f"{pointer}/$ref", refs)


def _unresolved(reference: str, pointer: str, refs: Refs) -> Iterator[SchemaFault]:
    if not reference.startswith("#"):
        yield SchemaFault(
            "remote-ref", "A `$ref` points outside the definition, where an agent cannot look.", pointer, reference
        )
    elif not refs.has_embedded_ids:
        yield SchemaFault("broken-ref", f"Nothing stands at `$ref` {_shown(reference)}.", pointer, reference)


def _invalid(schema: JsonObject, text: str) -> list[SchemaFault]:
    try:
        pointer, message = why_invalid(schema, large=len(text) > _LARGE)
    except RecursionError:
        pointer, message = "", "The schema is not valid JSON Schema."
    offender = walk(schema, [unescape(token) for token in pointer.split("/")[1:]]) if pointer else ""
    return [SchemaFault("invalid-schema", message, _WHERE + pointer, _shown(offender) if pointer else "")]


def _claims(claims: tuple[Claim, ...], root: JsonObject, refs: Refs) -> Iterator[SchemaFault]:
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
                yield SchemaFault(code, message, f"{_WHERE}{claim.pointer}/{at}", _shown(value))


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


def _shown(value: object) -> str:
    text = canonical(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
