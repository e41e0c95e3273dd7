"""Defects of an input schema as a schema: what a validator, or an agent that follows it to the letter, would stumble over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.models.signals import SchemaFault
from scorer.signals.claims import broken_claims, shown
from scorer.signals.refs import Refs, unescape, walk
from scorer.signals.tree import nesting, subschemas
from scorer.signals.validity import is_schema, why_invalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.tool import JsonObject
    from scorer.signals.schema import Survey

_WHERE = "/inputSchema"
# The validators recurse on the machine's stack; what is nested deeper is left unchecked.
_MAX_NESTING = 500
_MAX_FAULTS = 50
_MAX_SCHEMAS = 5_000
_LARGE = 50_000


def find_faults(schema: JsonObject, text: str, found: Survey) -> tuple[SchemaFault, ...]:
    """The faults of `schema`, whose canonical JSON is `text` and whose walk gave `found`; at most 50."""
    faults = [*_root(schema), *_unknown(found)]
    refs = Refs(schema)
    if '"$ref"' in text:
        faults += _references(schema, refs)
    if _checkable(schema, text):
        faults += _invalid(schema, text) if not is_schema(schema) else broken_claims(found.claims, schema, refs, _WHERE)
    return tuple(faults[:_MAX_FAULTS])


def _checkable(schema: JsonObject, text: str) -> bool:
    """Whether the validators can take the schema: not too deep, and without half surrogate pairs, which the text has escaped."""
    deep = text.count("{") + text.count("[") > _MAX_NESTING and nesting(schema, _MAX_NESTING) > _MAX_NESTING
    return not deep and "\\ud" not in text


def _root(schema: JsonObject) -> Iterator[SchemaFault]:
    kind = schema.get("type")
    if kind != "object":
        says = (
            f'The root\'s type is {shown(kind)}, not "object"'
            if "type" in schema
            else 'The root does not say "type": "object"'
        )
        yield SchemaFault(
            "root-not-object",
            f"{says}, as MCP requires.",
            f"{_WHERE}/type" if "type" in schema else _WHERE,
            shown(kind),
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
        yield SchemaFault("broken-ref", f"Nothing stands at `$ref` {shown(reference)}.", pointer, reference)


def _invalid(schema: JsonObject, text: str) -> list[SchemaFault]:
    try:
        pointer, message = why_invalid(schema, large=len(text) > _LARGE)
    except RecursionError:
        pointer, message = "", "The schema is not valid JSON Schema."
    offender = walk(schema, [unescape(token) for token in pointer.split("/")[1:]]) if pointer else ""
    return [SchemaFault("invalid-schema", message, _WHERE + pointer, shown(offender) if pointer else "")]
