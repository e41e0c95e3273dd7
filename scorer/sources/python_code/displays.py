"""Dictionaries and lists, written out or by comprehensions, and what loops bind."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code import operators
from scorer.sources.python_code.binding import unpack
from scorer.sources.python_code.values import Class, Member
from scorer.sources.tree.values import Items, Scalar, Table, Unknown

if TYPE_CHECKING:
    from scorer.sources.python_code.scopes import Scope
    from scorer.sources.python_code.values import Follows

# Elements of one list, turns of one loop.
_WIDEST = 2_000


def table(evaluator: Follows, node: ast.Dict, scope: Scope, depth: int) -> Any:
    """`{key: value, **more}`."""
    items: dict[str, Any] = {}
    partial = None
    for key, value in zip(node.keys, node.values, strict=True):
        inner = evaluator.value(value, scope, depth)
        if key is None:
            partial = _merge(items, inner) or partial
            continue
        name = evaluator.value(key, scope, depth)
        if isinstance(name, Member):
            name = name.value
        if isinstance(name, Scalar):
            items[str(name.value)] = inner
        else:
            partial = evaluator.unknown(key, scope, "has a key that is computed")
    return Table(items, scope.module.spot(node), partial)


def items(evaluator: Follows, node: ast.List | ast.Tuple | ast.Set, scope: Scope, depth: int) -> Any:
    """`[a, *b]`, and tuples and sets alike."""
    items: list[Any] = []
    partial = None
    for element in node.elts[:_WIDEST]:
        value = evaluator.value(element, scope, depth)
        if not isinstance(element, ast.Starred):
            items.append(value)
        elif isinstance(value, Items):
            items += value.items
        else:
            partial = evaluator.computed(element, scope)
    return Items(items, scope.module.spot(node), partial=partial)


def comprehension(evaluator: Follows, node: Any, scope: Scope, depth: int) -> Any:
    """`[x for x in y]`, and sets and generators alike."""
    blocks = _loops(evaluator, node.generators, scope, depth)
    if isinstance(blocks, Unknown):
        return Items([], scope.module.spot(node), partial=blocks)
    return Items([evaluator.value(node.elt, block, depth) for block in blocks], scope.module.spot(node))


def table_comprehension(evaluator: Follows, node: ast.DictComp, scope: Scope, depth: int) -> Any:
    """`{k: v for k, v in y}`."""
    blocks = _loops(evaluator, node.generators, scope, depth)
    if isinstance(blocks, Unknown):
        return Table({}, scope.module.spot(node), blocks)
    items: dict[str, Any] = {}
    for block in blocks:
        key = operators.text_of(evaluator.value(node.key, block, depth))
        if key is None:
            return Table(items, scope.module.spot(node), evaluator.computed(node, scope))
        items[key] = evaluator.value(node.value, block, depth)
    return Table(items, scope.module.spot(node))


def _loops(evaluator: Follows, generators: list[ast.comprehension], scope: Scope, depth: int) -> list[Scope] | Unknown:
    """One scope for each turn of a comprehension's loops."""
    blocks = [scope]
    for generator in generators:
        turned: list[Scope] = []
        for block in blocks:
            values = turns(evaluator, generator.target, generator.iter, block, depth)
            if values is None:
                return evaluator.computed(generator.iter, scope)
            turned += [block.block(value) for value in values]
        for test in generator.ifs:
            verdicts = [(block, operators.truth(evaluator.value(test, block, depth))) for block in turned]
            if any(verdict is None for _, verdict in verdicts):
                return evaluator.unknown(test, scope, "depends on a condition")
            turned = [block for block, verdict in verdicts if verdict]
        blocks = turned[:_WIDEST]
    return blocks


def turns(
    evaluator: Follows, target: ast.AST, iterated: ast.expr, scope: Scope, depth: int = 0
) -> list[dict[str, Any]] | None:
    """What a loop binds in each of its turns; None when that cannot be told."""
    found = evaluator.value(iterated, scope, depth)
    if isinstance(found, Class) and evaluator.is_enum(found, depth):
        found = Items(evaluator.members(found, depth), found.spot)
    if isinstance(found, Table):
        found = Items([Scalar(key, found.spot) for key in found.items], found.spot, partial=found.partial)
    if not isinstance(found, Items) or found.partial:
        return None
    return [unpack(target, item) for item in found.items[:_WIDEST]]


def _merge(items: dict[str, Any], value: Any) -> Unknown | None:
    if isinstance(value, Table):
        items |= value.items
        return value.partial
    spot = value.spot
    return (
        value
        if isinstance(value, Unknown)
        else Unknown(f"is spread from a value that is computed at {spot.file}:{spot.line}", spot)
    )
