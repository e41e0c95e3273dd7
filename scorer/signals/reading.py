"""Builds the view of a place: follows references, `allOf`, unions and conditions. Bounded, never recursive on Python's stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.signals.parts import FREE, conditional, contain, each, is_null
from scorer.signals.refs import Refs
from scorer.signals.view import Part, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.signals.trampoline import Steps

_MAX_READS = 5_000
# References followed on the way to one place.
_MAX_STEPS = 100
# Deeper nesting than this many characters of pointer is not followed.
_MAX_POINTER = 2_000
_STRUCTURE = FREE | {"properties", "required", "items", "prefixItems"}
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
            contain(view, part)
        if not _COMPOSITION.isdisjoint(schema):
            yield self._compose(view, part)

    def _compose(self, view: View, part: Part) -> Steps[None]:
        schema = part.schema
        if "$ref" in schema or "$dynamicRef" in schema:
            yield from self._follow(view, part)
        for branch in each(part, "allOf"):
            yield from self._take(view, branch)
        for word in ("anyOf", "oneOf"):
            yield from self._union(view, list(each(part, word)))
        for branch in conditional(part):
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
        real = [branch for branch in branches if not is_null(branch.schema)]
        view.nullable = view.nullable or len(real) < len(branches)
        views = []
        for branch in real:
            views += [(yield self.view([branch]))]
        view.alternatives(views)
