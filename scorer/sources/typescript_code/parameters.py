"""The parameters of a JavaScript function."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module


def parameter_nodes(function: Node) -> list[Node]:
    """The patterns of a function's parameters."""
    single = function.child_by_field_name("parameter")
    if single is not None:
        return [single]
    found = function.child_by_field_name("parameters")
    return [child for child in found.named_children if child.type != "comment"] if found is not None else []


def with_default(target: Node) -> tuple[Node, Node | None]:
    """A parameter's pattern, and the expression that it is by default."""
    if target.type in ("required_parameter", "optional_parameter"):
        return target.child_by_field_name("pattern") or target, target.child_by_field_name("value")
    if target.type == "assignment_pattern":
        return target.child_by_field_name("left") or target, target.child_by_field_name("right")
    return target, None


def parameters(function: Node, module: Module) -> set[str]:
    """The names that a function's parameters bind."""
    found: set[str] = set()
    stack = parameter_nodes(function)
    while stack:
        current = stack.pop()
        if current.type in ("identifier", "shorthand_property_identifier_pattern"):
            found.add(module.raw(current))
        elif current.type in ("required_parameter", "optional_parameter"):
            stack.append(current.child_by_field_name("pattern") or current.named_children[0])
        elif current.type in ("object_pattern", "array_pattern", "rest_pattern"):
            stack.extend(current.named_children)
        elif current.type in ("assignment_pattern", "object_assignment_pattern"):
            stack.append(current.named_children[0])
        elif current.type == "pair_pattern":
            stack.append(current.child_by_field_name("value") or current)
    return found
