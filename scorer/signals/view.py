"""One place of a schema as an agent meets it: what `$ref`, `allOf`, unions and conditions say of it, put together."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BOUNDS = frozenset(
    """minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern format minItems maxItems uniqueItems
    contains minContains maxContains minProperties maxProperties propertyNames contentEncoding contentMediaType""".split()
)
_SAFE_INTEGER = 2**53 - 1  # Zod bounds every integer by it, which bounds nothing
_MAX_VALUES = 1_000


class Part(NamedTuple):
    """A schema and where it stands. pointer: from the root schema; seen: pointers of the references followed to get here."""

    schema: Any
    pointer: str
    seen: tuple[str, ...]


class View:
    """What all parts of one place say together. Empty by default; what is found replaces the class's empty values.

    properties: the parts that define each name. needed: names that every call must give. required: every name that some part
    requires, with the pointer of the list that does. names: names that are known without being parameters. items, maps: parts
    for array elements and for values under free keys. open: free keys are allowed on purpose. opaque: something could not be read.
    claims: parts with a default or examples.
    """

    types: tuple[str, ...] = ()
    nullable: bool = False
    enum: tuple[Any, ...] | None = None
    description: str | None = None
    description_pointer: str | None = None
    bounds: tuple[str, ...] = ()
    has_default: bool = False
    properties: Mapping[str, tuple[Part, ...]] = MappingProxyType({})
    required: Mapping[str, str] = MappingProxyType({})
    needed: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    items: tuple[Part, ...] = ()
    maps: tuple[Part, ...] = ()
    claims: tuple[Part, ...] = ()
    open: bool = False
    opaque: bool = False

    @property
    def contains(self) -> bool:
        """Whether anything may stand below: properties, elements, values under free keys, names that are required."""
        return bool(self.properties or self.items or self.maps or self.required)

    def read(self, part: Part) -> None:
        """Takes in what a schema object says of itself, without what it refers to or contains."""
        schema = part.schema
        if "type" in schema:
            self._read_type(schema["type"])
        if "description" in schema:
            self._read_description(schema["description"], part.pointer)
        if "enum" in schema or "const" in schema:
            self._read_enum(schema)
        if "default" in schema or "examples" in schema or "example" in schema:
            self.has_default = self.has_default or "default" in schema
            self.claims += (part,)
        if not _BOUNDS.isdisjoint(schema):
            found = (word for word in schema if word in _BOUNDS and schema[word] not in (_SAFE_INTEGER, -_SAFE_INTEGER))
            self.bounds = _union(self.bounds, found)

    def _read_type(self, kind: Any) -> None:
        for one in kind if isinstance(kind, list) else (kind,):
            if one == "null":
                self.nullable = True
            elif isinstance(one, str) and one not in self.types:
                self.types += (one,)

    def _read_description(self, words: Any, pointer: str) -> None:
        if self.description is None and isinstance(words, str) and words.strip():
            self.description, self.description_pointer = words, f"{pointer}/description"

    def _read_enum(self, schema: dict[str, Any]) -> None:
        values = schema.get("enum") if "enum" in schema else [schema["const"]]
        if isinstance(values, list) and self.enum is None:
            self.nullable = self.nullable or None in values
            self.enum = tuple(value for value in values if value is not None)

    def alternatives(self, branches: list[View]) -> None:
        """Takes in the branches of a union, the null branch left out."""
        if branches and self.enum is None and all(branch.enum is not None for branch in branches):
            self.enum = _distinct([value for branch in branches for value in branch.enum or ()])
        if branches:
            self.needed |= frozenset.intersection(*(branch.needed for branch in branches))
        for branch in branches:
            self.types = _union(self.types, branch.types)
            self.nullable = self.nullable or branch.nullable
            self.bounds = _union(self.bounds, branch.bounds)
            self.has_default = self.has_default or branch.has_default
            if self.description is None:
                self.description, self.description_pointer = branch.description, branch.description_pointer
            self.structure(branch)

    def structure(self, other: View) -> None:
        """Takes in what another view contains, as things that may be given."""
        self.define(other.properties)
        self.required = {**other.required, **self.required}
        self.names |= other.names
        self.items += other.items
        self.maps += other.maps
        self.claims += other.claims
        self.open = self.open or other.open
        self.opaque = self.opaque or other.opaque

    def define(self, properties: Mapping[str, tuple[Part, ...]]) -> None:
        """Adds the parts that define names."""
        if self.properties:
            properties = {
                **self.properties,
                **{name: self.properties.get(name, ()) + parts for name, parts in properties.items()},
            }
        self.properties = properties


def _union(mine: tuple[str, ...], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*mine, *others)))


def _distinct(values: list[Any]) -> tuple[Any, ...]:
    if all(isinstance(value, str) for value in values):
        return tuple(dict.fromkeys(values))
    # 1, 1.0 and true are equal in Python and different values here.
    keyed = {f"{type(value).__name__} {value!r}": value for value in values[:_MAX_VALUES]}
    return tuple(keyed.values())
