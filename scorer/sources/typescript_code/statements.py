"""What statements do to a value: which return a function takes, and what a variable is after it was assigned anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.marks import joined
from scorer.sources.tree.values import Items, Scalar, Table, Unknown, doubt_of
from scorer.sources.typescript_code.module import FUNCTIONS
from scorer.sources.typescript_code.operators import calculated, text_of, truth
from scorer.sources.typescript_code.reach import precedes, uses
from scorer.sources.typescript_code.values import Env, Follows, Function, doubted

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module

_ASSIGNED = re.compile(rb"(?<![\w$.])([A-Za-z_$][\w$]*)\s*(?:[+]|[|][|]|[?][?])?=(?![=>])")
_BRANCHES = frozenset({"if_statement", "else_clause", "statement_block", "expression_statement", "parenthesized_expression", "try_statement"})  # fmt: skip
# What a function gives that ends without a return.
_NOTHING = object()


def own_returns(body: Node) -> list[Node]:
    """The return statements of a function's body, without those of functions inside it."""
    found: list[Node] = []
    stack = [body]
    while stack:
        current = stack.pop()
        if current.type == "return_statement":
            found.append(current)
        elif current is body or current.type not in FUNCTIONS:
            stack.extend(reversed(current.named_children))
    return found


def returned(evaluator: Follows, function: Function, env: Env, depth: int) -> Any:
    """What a function gives: along its conditions where they can be told, else of its only return."""
    body, module = function.node.child_by_field_name("body"), function.module
    if body is None:
        return evaluator.computed(function.node, module)
    if body.type != "statement_block":
        return evaluator.value(body, module, env, depth)
    returns = own_returns(body)
    if len(returns) == 1 and returns[0].named_children:
        return evaluator.value(returns[0].named_children[0], module, env, depth)
    found = _taken(evaluator, body.named_children, module, env, depth) if returns else None
    if found is None or found is _NOTHING:
        return evaluator.unknown(function.node, module, "depends on what a function returns")
    return found


def _taken(evaluator: Follows, statements: list[Node], module: Module, env: Env, depth: int) -> Any:
    """What the first return gives that is reached; `_NOTHING` when none is, None when that cannot be told."""
    for at, statement in enumerate(statements):
        if statement.type == "return_statement":
            given = statement.named_children
            return evaluator.value(given[0], module, env, depth) if given else Scalar(None, module.spot(statement))
        if statement.type == "throw_statement":
            return None
        if not own_returns(statement):
            continue
        if statement.type in ("statement_block", "try_statement", "else_clause"):
            found = _taken(evaluator, _block(statement), module, env, depth)
        elif statement.type == "if_statement":
            return _branch(evaluator, statement, statements[at + 1 :], module, env, depth)
        else:
            return None
        if found is not _NOTHING:
            return found
    return _NOTHING


def _block(statement: Node) -> list[Node]:
    body = statement.child_by_field_name("body") if statement.type == "try_statement" else None
    return body.named_children if body is not None else statement.named_children


def _branch(evaluator: Follows, statement: Node, rest: list[Node], module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - a branch and what follows it
    condition = evaluator.value(statement.child_by_field_name("condition"), module, env, depth)
    verdict, doubt = truth(condition), doubt_of(condition)
    sides = [
        [part for part in (statement.child_by_field_name(key),) if part is not None]
        for key in ("consequence", "alternative")
    ]
    if verdict is not None:
        found = _taken(evaluator, [*sides[0 if verdict else 1], *rest], module, env, depth)
        return found if doubt is None or found in (None, _NOTHING) else doubted(found, doubt)
    found = [_taken(evaluator, [*side, *rest], module, env, depth) for side in sides]
    return either(found, module.spot(statement)) if all(isinstance(one, Items) for one in found) else None


def either(sides: list[Any], spot: Any) -> Items | None:
    """Lists of objects of which a condition chooses one: all that may be there."""
    if not all(isinstance(side, Items) and side.items and isinstance(side.items[0], Table) for side in sides):
        return None
    items = list({id(item): item for side in sides for item in side.items}.values())
    partial = next((side.partial for side in sides if side.partial), None)
    return Items(items, spot, frozenset(range(len(items))), partial)


def reassigned(  # noqa: PLR0913, PLR0917 - a name and where it stands
    evaluator: Follows, name: str, value: Any, node: Node, scope: Node, module: Module, env: Env, depth: int
) -> Any:
    """A variable as it is at a node, after the assignments to it: followed where they are plain, said where they are not."""
    applied = [one for one in _assignments(name, scope, module) if precedes(one, node, module)]
    # What a variable is after the first assignments is the same wherever it is looked at.
    keys = [(one.id, at, id(env)) for at, one in enumerate(applied)]
    done = next((at for at in range(len(applied), 0, -1) if keys[at - 1] in module.after), 0)
    value = module.after[keys[done - 1]][1] if done else value
    for key, assignment in list(zip(keys, applied, strict=True))[done:]:
        reached, doubt = _reached(evaluator, assignment, scope, module, env, depth)
        value = doubted(_assigned(evaluator, value, assignment, module, env, depth) if reached else value, doubt)
        if evaluator.effort.spend():
            module.after[key] = (env, value)
    return value


def _assigned(evaluator: Follows, value: Any, assignment: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - as above
    given = evaluator.value(assignment.child_by_field_name("right"), module, env, depth)
    if assignment.type == "assignment_expression":
        return given
    operator = assignment.child_by_field_name("operator")
    sign = module.raw(operator) if operator is not None else ""
    if sign in ("||=", "??="):
        return given if isinstance(value, Scalar) and not value.value else value
    if isinstance(value, Scalar) and isinstance(given, Scalar):
        text = calculated(sign.removesuffix("="), value.value, given.value)
        if text is not None:
            sides = [(text_of(side) or "", side.spot) for side in (value, given)]
            return Scalar(text, joined(module.spot(assignment), sides), doubt_of(value, given))
    return next((one for one in (value, given) if isinstance(one, Unknown)), evaluator.computed(assignment, module))


def _reached(  # noqa: PLR0913, PLR0917 - as above
    evaluator: Follows, assignment: Node, scope: Node, module: Module, env: Env, depth: int
) -> tuple[bool, Unknown | None]:
    """Whether an assignment is made, and what that depends on."""
    inner, doubt = assignment, None
    while (outer := module.parent(inner)) is not None and inner != scope:
        if outer == scope:
            break
        if outer.type == "if_statement" and inner != outer.child_by_field_name("condition"):
            condition = evaluator.value(outer.child_by_field_name("condition"), module, env, depth)
            verdict = truth(condition)
            if verdict is None:
                return False, evaluator.unknown(assignment, module, "may be assigned anew")
            doubt = doubt or doubt_of(condition)
            if verdict != (inner == outer.child_by_field_name("consequence")):
                return False, doubt
        elif outer.type not in _BRANCHES:
            return False, evaluator.unknown(assignment, module, "may be assigned anew")
        inner = outer
    return True, doubt


def _assignments(name: str, scope: Node, module: Module) -> list[Node]:
    """The assignments to a variable of a scope, in order."""
    found = []
    for node in uses(_ASSIGNED, name, scope, module):
        holder = module.parent(node)
        if (
            holder is not None
            and holder.type in ("assignment_expression", "augmented_assignment_expression")
            and holder.child_by_field_name("left") == node
        ):
            found.append(holder)
    return found
