"""Enumerations of TypeScript, as they are written and as they are compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Scalar, Table

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module
    from scorer.sources.typescript_code.values import Env, Follows


def declared_enum(evaluator: Follows, declared: Node, module: Module, env: Env, depth: int) -> Table:
    """`enum E { A = "a", B }` as the table of its values by name."""
    body = declared.child_by_field_name("body")
    items: dict[str, Any] = {}
    following = 0
    for child in body.named_children if body else ():
        if child.type == "enum_assignment":
            name = child.child_by_field_name("name")
            value = evaluator.value(child.child_by_field_name("value"), module, env, depth)
            if name is not None:
                items[module.raw(name).strip("\"'")] = value
            if isinstance(value, Scalar) and isinstance(value.value, int):
                following = value.value + 1
        elif child.type == "property_identifier":
            items[module.raw(child)] = Scalar(following, module.spot(child))
            following += 1
    return Table(items, module.spot(declared))


def compiled_enum(evaluator: Follows, name: str, declared: Node, scope: Node, module: Module, env: Env, depth: int) -> Table | None:  # noqa: PLR0913, PLR0917 - a name and where it stands  # fmt: skip
    """`var E; (function (E) { E["A"] = "a"; E[E["B"] = 0] = "B"; })(E || (E = {}))`; None when the variable is no such thing."""
    for statement in scope.named_children:
        if statement.type != "expression_statement" or statement.start_byte < declared.start_byte:
            continue
        body = _body(statement, name, module)
        if body is not None:
            return Table(_members(evaluator, body, module, env, depth), module.spot(declared))
    return None


def _body(statement: Node, name: str, module: Module) -> Node | None:
    call = statement.named_children[0] if statement.named_children else None
    given = call.child_by_field_name("arguments") if call is not None and call.type == "call_expression" else None
    callee = call.child_by_field_name("function") if call is not None and given is not None else None
    if given is None or callee is None or not module.raw(given)[:300].replace(" ", "").startswith(f"({name}||("):
        return None
    while callee.type == "parenthesized_expression" and callee.named_children:
        callee = callee.named_children[0]
    return callee.child_by_field_name("body")


def _members(evaluator: Follows, body: Node, module: Module, env: Env, depth: int) -> dict[str, Any]:
    items: dict[str, Any] = {}
    for statement in body.named_children:
        inner = statement.named_children[0] if statement.named_children else None
        if inner is None or inner.type != "assignment_expression":
            continue
        key = _index(inner)
        # `E[E["B"] = 0] = "B"` of a number, for the way back.
        if key is not None and key.type == "assignment_expression":
            inner, key = key, _index(key)
        if key is not None and key.type == "string":
            right = inner.child_by_field_name("right")
            items[module.raw(key)[1:-1]] = evaluator.value(right, module, env, depth)
    return items


def _index(assignment: Node) -> Node | None:
    left = assignment.child_by_field_name("left")
    return left.child_by_field_name("index") if left is not None else None
