"""Operators, f-strings, subscripts and choices between values."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code import operators
from scorer.sources.python_code.values import Alias, Class, External
from scorer.sources.tree.marks import joined, marked
from scorer.sources.tree.values import Scalar, Unknown, doubt_of, doubtful

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.sources.python_code.scopes import Module, Scope
    from scorer.sources.python_code.values import Follows
    from scorer.sources.tree.values import Spot


def joined_text(evaluator: Follows, node: ast.JoinedStr, scope: Scope, depth: int) -> Any:
    """An f-string."""
    spot = scope.module.spot(node)
    literal = _literals(node, scope.module)
    parts: list[tuple[str, Spot]] = []
    doubt = None
    for piece in node.values:
        if not isinstance(piece, ast.FormattedValue):
            parts.append(next(literal))
            continue
        value = evaluator.value(piece.value, scope, depth)
        text = operators.text_of(value)
        plain = piece.conversion == -1 and piece.format_spec is None
        unset = isinstance(value, Scalar) and value.value is None and value.doubt
        if text is None or not plain or unset:
            return value if isinstance(value, Unknown) else doubt_of(value) or evaluator.computed(node, scope)
        parts.append((text, value.spot))
        doubt = doubt or doubt_of(value)
    return Scalar("".join(text for text, _ in parts), joined(spot, parts), doubt)


def _literals(node: ast.JoinedStr, module: Module) -> Iterator[tuple[str, Spot]]:
    """The literal parts of an f-string, each with its place; that of the f-string where the source is read otherwise."""
    spot = module.spot(node)
    constants = [str(piece.value) for piece in node.values if isinstance(piece, ast.Constant)]
    read = [(text, marked(spot, marks)) for text, marks in module.texts(node) if text]
    yield from read if [text for text, _ in read] == constants else [(text, spot) for text in constants]


def binary(evaluator: Follows, node: ast.BinOp, scope: Scope, depth: int) -> Any:
    """`a + b` and the like."""
    left, right = evaluator.value(node.left, scope, depth), evaluator.value(node.right, scope, depth)
    if isinstance(node.op, ast.BitOr) and any(isinstance(side, External | Class | Alias) for side in (left, right)):
        return Alias(node, scope, scope.module.spot(node))
    found = operators.binary(node, left, right, scope)
    if found is not None:
        if isinstance(node.op, ast.Add) and isinstance(found, Scalar) and isinstance(found.value, str):
            found = Scalar(found.value, joined(found.spot, [(side.value, side.spot) for side in (left, right)]))
        return doubtful(found, doubt_of(left, right))
    return next((side for side in (left, right) if isinstance(side, Unknown)), evaluator.computed(node, scope))


def unary(evaluator: Follows, node: ast.UnaryOp, scope: Scope, depth: int) -> Any:
    """`-x`, `+x`, `not x`."""
    operand = evaluator.value(node.operand, scope, depth)
    return doubtful(operators.unary(node, operand, scope), doubt_of(operand)) or evaluator.computed(node, scope)


def subscript(evaluator: Follows, node: ast.Subscript, scope: Scope, depth: int) -> Any:
    """`a[b]`."""
    base = evaluator.value(node.value, scope, depth)
    if isinstance(base, External | Alias) or (isinstance(base, Class) and not evaluator.is_enum(base, depth)):
        return Alias(node, scope, scope.module.spot(node))
    index = evaluator.value(node.slice, scope, depth)
    if isinstance(base, Class) and isinstance(index, Scalar):
        return evaluator.class_attribute(base, str(index.value), node, scope, depth)
    found = operators.part(base, index)
    return found if found is not None else evaluator.computed(node, scope)


def choice(evaluator: Follows, node: ast.IfExp, scope: Scope, depth: int) -> Any:
    """`a if b else c`."""
    condition = evaluator.value(node.test, scope, depth)
    test = operators.truth(condition)
    if test is None:
        return evaluator.unknown(node, scope, "depends on a condition")
    return doubtful(evaluator.value(node.body if test else node.orelse, scope, depth), doubt_of(condition))


def either(evaluator: Follows, node: ast.BoolOp, scope: Scope, depth: int) -> Any:
    """`a or b`, `a and b`."""
    value: Any = None
    doubt: Unknown | None = None
    for operand in node.values:
        value = evaluator.value(operand, scope, depth)
        test = operators.truth(value)
        if test is None:
            return evaluator.unknown(node, scope, "depends on a condition")
        doubt = doubt or doubt_of(value)
        if test == isinstance(node.op, ast.Or):
            return doubtful(value, doubt)
    return doubtful(value, doubt)


def compare(evaluator: Follows, node: ast.Compare, scope: Scope, depth: int) -> Any:
    """`a == b` and the like."""
    sides = [evaluator.value(side, scope, depth) for side in (node.left, *node.comparators)]
    found = operators.compare(node, sides, scope)
    return (
        doubtful(found, doubt_of(*sides))
        if found is not None
        else evaluator.unknown(node, scope, "depends on a condition")
    )
