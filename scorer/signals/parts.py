"""The parts of a schema by what they are to it: branches, conditions, and what it contains."""

from __future__ import annotations

from typing import Any

from scorer.signals.refs import escape
from scorer.signals.view import Part, View

FREE = frozenset({"additionalProperties", "patternProperties", "unevaluatedProperties"})


def each(part: Part, word: str) -> list[Part]:
    """The branches that a keyword lists."""
    branches = part.schema.get(word)
    if not isinstance(branches, list):
        return []
    return [Part(branch, f"{part.pointer}/{word}/{at}", part.seen) for at, branch in enumerate(branches)]


def conditional(part: Part) -> list[Part]:
    """The branches that hold only under a condition."""
    found = [
        Part(part.schema[word], f"{part.pointer}/{word}", part.seen) for word in ("then", "else") if word in part.schema
    ]
    for word in ("dependentSchemas", "dependencies"):
        branches = part.schema.get(word)
        if isinstance(branches, dict):
            found += [
                Part(branch, f"{part.pointer}/{word}/{escape(name)}", part.seen) for name, branch in branches.items()
            ]
    return found


def is_null(schema: Any) -> bool:
    """Whether a branch stands for "no value"."""
    return isinstance(schema, dict) and (
        schema.get("type") in ("null", ["null"])
        or schema.get("enum") == [None]
        or ("const" in schema and schema["const"] is None)
    )


def contain(view: View, part: Part) -> None:
    """What a schema contains: named properties, elements, values under free keys."""
    schema, pointer, seen = part
    properties, required = schema.get("properties"), schema.get("required")
    if isinstance(properties, dict):
        at = f"{pointer}/properties/"
        known = {
            name: (Part(child, at + escape(name), seen),) for name, child in properties.items() if child is not False
        }
        view.define(known)
        if len(known) < len(properties):
            view.names |= properties.keys()
    if isinstance(required, list):
        names = [name for name in required if isinstance(name, str)]
        view.needed |= frozenset(names)
        view.required = {**dict.fromkeys(names, f"{pointer}/required"), **view.required}
    if isinstance(schema.get("items"), dict):
        view.items += (Part(schema["items"], f"{pointer}/items", seen),)
    for word in ("prefixItems", "items"):
        view.items += tuple(each(part, word))
    if not FREE.isdisjoint(schema):
        _free_keys(view, part)


def _free_keys(view: View, part: Part) -> None:
    for word in ("additionalProperties", "unevaluatedProperties"):
        value = part.schema.get(word)
        view.open = view.open or value is True or isinstance(value, dict)
        if isinstance(value, dict):
            view.maps += (Part(value, f"{part.pointer}/{word}", part.seen),)
    patterns = part.schema.get("patternProperties")
    if isinstance(patterns, dict) and patterns:
        view.open = True
        at = f"{part.pointer}/patternProperties/"
        view.maps += tuple(Part(value, at + escape(key), part.seen) for key, value in patterns.items())
