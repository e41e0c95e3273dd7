"""Operators, and which side of a condition is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.tree.marks import joined
from scorer.sources.tree.values import Items, Scalar, Unknown, doubt_of
from scorer.sources.typescript_code import statements
from scorer.sources.typescript_code.operators import calculated, text_of, truth
from scorer.sources.typescript_code.values import (
    Env,
    Follows,
    doubted,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module


def binary(evaluator: Follows, node: Node, module: Module, env: Env, depth: int) -> Any:
    """`a + b`, `a || b` and the like."""
    operator = node.child_by_field_name("operator")
    sign = module.raw(operator) if operator is not None else ""
    left = evaluator.value(node.child_by_field_name("left"), module, env, depth)
    if sign in ("||", "??", "&&"):
        return _either(evaluator, sign, left, node, module, env, depth)
    right = evaluator.value(node.child_by_field_name("right"), module, env, depth)
    if isinstance(left, Scalar) and isinstance(right, Scalar):
        found = calculated(sign, left.value, right.value)
        if isinstance(found, str):
            sides = [(text_of(side) or "", side.spot) for side in (left, right)]
            return Scalar(found, joined(module.spot(node), sides), doubt_of(left, right))
        if found is not None:
            return Scalar(found, module.spot(node), doubt_of(left, right))
    return next((side for side in (left, right) if isinstance(side, Unknown)), evaluator.computed(node, module))


def _either(evaluator: Follows, sign: str, left: Any, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - where it stands
    right = node.child_by_field_name("right")
    verdict = truth(left)
    if isinstance(left, Scalar) and sign == "??":
        return doubted(evaluator.value(right, module, env, depth), left.doubt) if left.value is None else left
    if verdict is None:
        return left if _of_parameter(left) else evaluator.unknown(node, module, "depends on a condition")
    take_right = verdict if sign == "&&" else not verdict
    return doubted(evaluator.value(right, module, env, depth), doubt_of(left)) if take_right else left


def ternary(evaluator: Follows, node: Node, module: Module, env: Env, depth: int) -> Any:
    """`test ? a : b`; of two lists, all that may be there."""
    condition = evaluator.value(node.child_by_field_name("condition"), module, env, depth)
    verdict, doubt = truth(condition), doubt_of(condition)
    if doubt and not _both(evaluator, node, module, env, depth):
        return doubted(
            evaluator.value(node.child_by_field_name("consequence" if verdict else "alternative"), module, env, depth),
            doubt,
        )
    if verdict is None or doubt:
        if either := _both(evaluator, node, module, env, depth):
            return either
        return condition if _of_parameter(condition) else evaluator.unknown(node, module, "depends on a condition")
    return evaluator.value(node.child_by_field_name("consequence" if verdict else "alternative"), module, env, depth)


def _both(evaluator: Follows, node: Node, module: Module, env: Env, depth: int) -> Items | None:
    """Two lists of which a condition chooses one: all that may be there."""
    names = ("consequence", "alternative")
    sides = [evaluator.value(node.child_by_field_name(name), module, env, depth) for name in names]
    return statements.either(sides, module.spot(node))


def unary(evaluator: Follows, node: Node, module: Module, env: Env, depth: int) -> Any:
    """`!a`, `-a`, `void a`."""
    sign, argument = module.raw(node)[:1], node.child_by_field_name("argument")
    value = evaluator.value(argument, module, env, depth)
    if sign == "!" and (verdict := truth(value)) is not None:
        return Scalar(not verdict, module.spot(node), doubt_of(value))
    if sign == "-" and isinstance(value, Scalar) and isinstance(value.value, int | float):
        return Scalar(-value.value, module.spot(node))
    if module.raw(node).startswith("void"):
        return Scalar(None, module.spot(node))
    return value if isinstance(value, Unknown) else evaluator.computed(node, module)


def _of_parameter(value: Any) -> bool:
    return isinstance(value, Unknown) and value.reason.startswith("depends on the parameter")
