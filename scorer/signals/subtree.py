"""What an agent must fill in at least: the required part of an input schema, measured as the specification does.

Source: TDQS 1.2, stage 1, "required subtree". Only `$ref` into `$defs`/`definitions` is followed, one step at a time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from scorer.signals.trampoline import Steps, run

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_DEPTH = 10
# References that fan out cost exponential time; beyond this many visits the rest counts as nothing.
_MAX_VISITS = 3_000
_MAX_PATH = 1_000
_REFERENCE = re.compile(r"#/(\$defs|definitions)/([^/]+)")
_INNER = frozenset({"properties", "items", "allOf", "oneOf", "anyOf", "not", "$ref"})
_BESIDE_PROPERTIES = _INNER - {"properties"}


class Cost(NamedTuple):
    """fields: required fields; depth: deepest object level; unions: branches beyond the first, over all unions."""

    fields: int
    depth: int
    unions: int

    @property
    def invocation(self) -> int:
        """The specification's invocation cost."""
        return self.fields + 2 * max(0, self.depth - 1) + 2 * self.unions


def required_subtree(schema: dict[str, Any] | None) -> Cost:
    """Fields, depth and unions of the required part; all zero for a root without properties."""
    if schema is None or not _properties(schema):
        return Cost(0, 0, 0)
    names = _required(schema)
    if _is_flat(schema, names):
        return Cost(len(names), 1, 0)
    return run(_Traversal(schema).visit(schema, 0, frozenset()))


def _properties(schema: dict[str, Any]) -> dict[str, Any]:
    found = schema.get("properties")
    return found if isinstance(found, dict) else {}


def _required(schema: dict[str, Any]) -> list[str]:
    required = schema.get("required")
    return [name for name in required if isinstance(name, str)] if isinstance(required, list) else []


def _is_flat(schema: dict[str, Any], names: list[str]) -> bool:
    """Whether nothing but required scalars stands below the root, as in most schemas; the traversal would find the same."""
    if not _BESIDE_PROPERTIES.isdisjoint(schema):
        return False
    properties = _properties(schema)
    below = [properties.get(name) for name in names]
    return not any(isinstance(one, dict) and not _INNER.isdisjoint(one) for one in below)


def _is_null(schema: object) -> bool:
    return isinstance(schema, dict) and schema.get("type") in ("null", ["null"])


def _sum(costs: Iterable[Cost], depth: int) -> Cost:
    fields = unions = 0
    for cost in costs:
        fields, depth, unions = fields + cost.fields, max(depth, cost.depth), unions + cost.unions
    return Cost(fields, depth, unions)


class _Traversal:
    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root
        self.visits_left = _MAX_VISITS

    def visit(self, schema: object, depth: int, path: frozenset[str]) -> Steps[Cost]:
        """The cost below `schema`; depth: object levels above it; path: references followed to get here."""
        self.visits_left -= 1
        if not isinstance(schema, dict) or self.visits_left < 0:
            return Cost(0, depth, 0)
        reference = schema.get("$ref")
        if isinstance(reference, str):
            target = None if reference in path or len(path) >= _MAX_PATH else self._target(reference)
            if target is None:
                return Cost(0, depth, 0)
            schema, path = target, path | {reference}
        own = yield from self._own_level(schema, depth, path)
        parts = [schema.get("items"), *(schema["allOf"] if isinstance(schema.get("allOf"), list) else ())]
        costs = [own, *(yield from self._each(parts, depth, path))]
        # What must not be supplied is no field, but its depth counts.
        costs += [Cost(0, cost.depth, 0) for cost in (yield from self._each([schema.get("not")], depth, path))]
        for keyword in ("oneOf", "anyOf"):
            costs.append((yield from self._union(schema.get(keyword), depth, path)))
        return _sum(costs, depth)

    def _target(self, reference: str) -> dict[str, Any] | None:
        match = _REFERENCE.fullmatch(reference)
        definitions = self.root.get(match.group(1)) if match else None
        found = definitions.get(unquote(match.group(2))) if match and isinstance(definitions, dict) else None
        return found if isinstance(found, dict) else None

    def _each(self, parts: Iterable[object], depth: int, path: frozenset[str]) -> Steps[list[Cost]]:
        costs: list[Cost] = []
        for part in parts:
            # Scalars have nothing below them; most schemas are made of them.
            if isinstance(part, dict) and not _INNER.isdisjoint(part):
                costs += [(yield self.visit(part, depth, path))]
        return costs

    def _own_level(self, schema: dict[str, Any], depth: int, path: frozenset[str]) -> Steps[Cost]:
        properties = _properties(schema)
        if not properties or depth >= _MAX_DEPTH:
            return Cost(0, depth, 0)
        names = _required(schema)
        below = yield from self._each((properties.get(name) for name in names), depth + 1, path)
        inside = _sum(below, depth + 1)
        return inside._replace(fields=inside.fields + len(names))

    def _union(self, branches: object, depth: int, path: frozenset[str]) -> Steps[Cost]:
        real = [branch for branch in branches if not _is_null(branch)] if isinstance(branches, list) else []
        costs = yield from self._each(real, depth, path)
        widest = max(costs, key=lambda cost: cost.fields, default=Cost(0, depth, 0))
        return Cost(widest.fields, _sum(costs, depth).depth, widest.unions + max(0, len(real) - 1))
