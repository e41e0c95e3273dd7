"""Every parameter of a schema at every depth, and what else a walk through it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorer.models.signals import Parameter
from scorer.signals.reading import Reader
from scorer.signals.trampoline import Steps, run
from scorer.signals.view import Part, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.tool import JsonObject

MAX_PARAMETERS = 2_000
MAX_OUTPUT_PARAMETERS = 500
MAX_DEPTH = 10


class Claim(NamedTuple):
    """A place that gives a default or examples. pointer: from the root schema; path: as in `Parameter`; required: it must be given."""

    schema: JsonObject
    pointer: str
    path: str
    required: bool


class Survey(NamedTuple):
    """What a walk through a schema found.

    unknown: (name, pointer of the `required` list, path) of names that are required but defined nowhere. truncated: a bound was hit.
    """

    parameters: tuple[Parameter, ...]
    claims: tuple[Claim, ...]
    unknown: tuple[tuple[str, str, str], ...]
    truncated: bool


def survey(root: JsonObject, where: str, limit: int = MAX_PARAMETERS) -> Survey:
    """Walks `root`, which stands at the pointer `where` of the definition ("/inputSchema")."""
    walk = _Walk(root, where, limit)
    run(walk.start())
    return Survey(tuple(walk.found), tuple(walk.claims), tuple(walk.unknown), walk.truncated or walk.reader.truncated)


class _Walk:
    def __init__(self, root: JsonObject, where: str, limit: int) -> None:
        self.root, self.where, self.limit = root, where, limit
        self.reader = Reader(root)
        self.found: list[Any] = []
        self.claims: list[Claim] = []
        self.unknown: list[tuple[str, str, str]] = []
        self.truncated = False

    def start(self) -> Steps[None]:
        view = yield self.reader.view([Part(self.root, "", ("",))])
        self._claim(view, "", required=True)
        yield self._inside(view, "", 1)

    def _inside(self, view: View, path: str, depth: int) -> Steps[None]:
        """The parameters below a view; depth: the depth that they have."""
        self._check_required(view, path)
        if view.properties and depth > MAX_DEPTH:
            self.truncated = True
            return
        for name, parts in view.properties.items():
            if len(self.found) >= self.limit:
                self.truncated = True
                return
            child = f"{path}.{name}" if path else name
            plain = self.reader.plain(parts)
            if plain is not None:
                self._claim(plain, child, required=name in view.needed)
                self.found.append(self._made(plain, parts, child, depth, name=name, required=name in view.needed))
            else:
                yield from self._parameter(parts, child, depth, name=name, required=name in view.needed)
        for parts, mark in ((view.items, "[]"), (view.maps, "{}")):
            if parts:
                below = self.reader.plain(parts) or (yield from self.reader.view(parts))
                self._claim(below, path + mark, required=False)
                if below.contains:
                    yield self._inside(below, path + mark, depth)

    def _parameter(self, parts: Sequence[Part], path: str, depth: int, *, name: str, required: bool) -> Steps[None]:
        view = yield from self.reader.view(parts)
        self._claim(view, path, required=required)
        at = len(self.found)
        self.found.append(None)
        if view.contains:
            yield self._inside(view, path, depth + 1)
        leaf = len(self.found) == at + 1
        self.found[at] = self._made(view, parts, path, depth, name=name, required=required, leaf=leaf)

    def _made(  # noqa: PLR0913 - all that a parameter is
        self, view: View, parts: Sequence[Part], path: str, depth: int, *, name: str, required: bool, leaf: bool = True
    ) -> Parameter:
        words, words_at = _words(view) if view.items else (view.description, view.description_pointer)
        return Parameter(
            path,
            name,
            self.where + parts[0].pointer,
            depth,
            required,
            view.types or _implied(view),
            view.nullable,
            view.enum,
            words,
            None if words_at is None else self.where + words_at,
            view.bounds,
            view.has_default,
            leaf,
            self._resolved(parts[0].schema),
        )

    def _resolved(self, schema: Any) -> JsonObject:
        if not isinstance(schema, dict):
            return {}
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema
        target = self.reader.refs.resolve(reference)
        if target is None or not isinstance(target.schema, dict):
            return schema
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        return {**target.schema, **beside} if beside else target.schema

    def _claim(self, view: View, path: str, *, required: bool) -> None:
        if view.claims:
            self.claims += [Claim(part.schema, part.pointer, path, required) for part in view.claims]

    def _check_required(self, view: View, path: str) -> None:
        if view.opaque or view.open or (view.types and "object" not in view.types):
            return
        known = view.properties.keys() | view.names
        self.unknown += [(name, self.where + at, path) for name, at in view.required.items() if name not in known]


def _implied(view: View) -> tuple[str, ...]:
    return ("object",) if view.properties else ("array",) if view.items else ()


def _words(view: View) -> tuple[str | None, str | None]:
    """A parameter's own words, or else those of its elements."""
    if view.description is None:
        for part in view.items:
            words = part.schema.get("description") if isinstance(part.schema, dict) else None
            if isinstance(words, str) and words.strip():
                return words, f"{part.pointer}/description"
    return view.description, view.description_pointer
