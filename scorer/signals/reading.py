"""Builds the view of a place: follows references, `allOf`, unions and conditions. Bounded, never recursive on Python's stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.signals.refs import Refs, escape
from scorer.signals.view import Part, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.signals.trampoline import Steps

_MAX_READS = 5_000
# References followed on the way to one place.
_MAX_STEPS = 100
# Deeper nesting than this many characters of pointer is not followed.
_MAX_POINTER = 2_000
_FREE = frozenset({"additionalProperties", "patternProperties", "unevaluatedProperties"})
_STRUCTURE = _FREE | {"properties", "required", "items", "prefixItems"}
_COMPOSITION = frozenset(
    {"$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "dependencies"}
)
_INNER = _STRUCTURE | _COMPOSITION


class Reader:
    """Reads the places of one root schema. truncated: a bound was hit and something was left out."""

    def __init__(self, root: dict[str, Any]) -> None:
        self.refs = Refs(root)
        self.reads_left = _MAX_READS
        self.truncated = False

    def plain(self, parts: Sequence[Part]) -> View | None:
        """The view of a place that refers to nothing and contains nothing, as most do; None for any other."""
        schema = parts[0].schema
        if len(parts) > 1 or not isinstance(schema, dict) or not _INNER.isdisjoint(schema):
            return None
        view = View()
        view.read(parts[0])
        return view

    def view(self, parts: Sequence[Part]) -> Steps[View]:
        """The view that several parts give of one place, the first part's words first."""
        view = View()
        for part in parts:
            yield from self._take(view, part)
        return view

    def _take(self, view: View, part: Part) -> Steps[None]:
        """Takes a part into the view; generators are made only for schemas that refer to others."""
        schema = part.schema
        if not isinstance(schema, dict):
            return
        if self.reads_left <= 0 or len(part.pointer) > _MAX_POINTER or len(part.seen) > _MAX_STEPS:
            self.truncated = view.opaque = True
            return
        self.reads_left -= 1
        view.read(part)
        if not _STRUCTURE.isdisjoint(schema):
            _contain(view, part)
        if not _COMPOSITION.isdisjoint(schema):
            yield self._compose(view, part)

    def _compose(self, view: View, part: Part) -> Steps[None]:
        schema = part.schema
        if "$ref" in schema or "$dynamicRef" in schema:
            yield from self._follow(view, part)
        for branch in _each(part, "allOf"):
            yield from self._take(view, branch)
        for word in ("anyOf", "oneOf"):
            yield from self._union(view, list(_each(part, word)))
        for branch in _conditional(part):
            view.structure((yield self.view([branch])))
        if isinstance(schema.get("if"), dict):
            condition = yield self.view([Part(schema["if"], f"{part.pointer}/if", part.seen)])
            view.names |= condition.properties.keys()

    def _follow(self, view: View, part: Part) -> Steps[None]:
        reference = part.schema.get("$ref")
        target = self.refs.resolve(reference) if isinstance(reference, str) else None
        if target is None or target.schema is False:
            view.opaque = True
        elif target.pointer in part.seen:
            # A recursive schema: its words count once more, what it contains does not.
            view.opaque = True
            if isinstance(target.schema, dict):
                view.read(Part(target.schema, target.pointer, part.seen))
        else:
            yield from self._take(view, Part(target.schema, target.pointer, (*part.seen, target.pointer)))

    def _union(self, view: View, branches: list[Part]) -> Steps[None]:
        real = [branch for branch in branches if not _is_null(branch.schema)]
        view.nullable = view.nullable or len(real) < len(branches)
        views = []
        for branch in real:
            views += [(yield self.view([branch]))]
        view.alternatives(views)


def _each(part: Part, word: str) -> list[Part]:
    branches = part.schema.get(word)
    if not isinstance(branches, list):
        return []
    return [Part(branch, f"{part.pointer}/{word}/{at}", part.seen) for at, branch in enumerate(branches)]


def _conditional(part: Part) -> list[Part]:
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


def _is_null(schema: Any) -> bool:
    return isinstance(schema, dict) and (
        schema.get("type") in ("null", ["null"])
        or schema.get("enum") == [None]
        or ("const" in schema and schema["const"] is None)
    )


def _contain(view: View, part: Part) -> None:
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
        view.items += tuple(_each(part, word))
    if not _FREE.isdisjoint(schema):
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
