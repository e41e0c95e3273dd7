"""Values taken apart: `const { a, b = 1, ...rest } = value`, parameters that are patterns, variables of loops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Items, Scalar, Unknown

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module
    from scorer.sources.typescript_code.values import Env, Follows


def unpacked(evaluator: Follows, pattern: Node, value: Any, module: Module, env: Env, depth: int) -> dict[str, Any]:  # noqa: PLR0913, PLR0917 - a pattern and where it stands
    """What taking a value apart binds; parts that cannot be told are unknown."""
    if pattern.type in ("identifier", "shorthand_property_identifier_pattern"):
        return {module.raw(pattern): value}
    found: dict[str, Any] = {}
    if pattern.type == "array_pattern":
        for index, part in enumerate(pattern.named_children):
            item = (
                value.items[index]
                if isinstance(value, Items) and index < len(value.items)
                else _gap(evaluator, value, part, module)
            )
            found |= unpacked(evaluator, part, item, module, env, depth)
    elif pattern.type == "object_pattern":
        for part in pattern.named_children:
            found |= _part(evaluator, part, value, module, env, depth)
    elif pattern.type in ("assignment_pattern", "object_assignment_pattern"):
        inner = pattern.named_children[0]
        missing = isinstance(value, Scalar) and value.value is None
        given = evaluator.value(pattern.named_children[-1], module, env, depth) if missing else value
        found |= unpacked(evaluator, inner, given, module, env, depth)
    return found


def _part(evaluator: Follows, part: Node, value: Any, module: Module, env: Env, depth: int) -> dict[str, Any]:  # noqa: PLR0913, PLR0917 - as above
    if part.type == "rest_pattern":
        return {module.raw(part.named_children[0]): value} if part.named_children else {}
    key, target = part.child_by_field_name("key"), part.child_by_field_name("value")
    if part.type == "object_assignment_pattern":
        target = part
        key = part.named_children[0]
    name = module.raw(key).strip("\"'") if key is not None else module.raw(part)
    inner = (
        evaluator.member(value, name, part, module, depth)
        if not isinstance(value, Unknown)
        else _gap(evaluator, value, part, module)
    )
    return unpacked(evaluator, target if target is not None else part, inner, module, env, depth)


def _gap(evaluator: Follows, value: Any, part: Node, module: Module) -> Any:
    return value if isinstance(value, Unknown) else evaluator.computed(part, module)
