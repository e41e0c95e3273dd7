"""How a statement is reached from the scope around it: through conditions, loops over lists that are known, and their callbacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Items, Unknown, doubt_of
from scorer.sources.typescript_code.module import FUNCTIONS
from scorer.sources.typescript_code.operators import truth
from scorer.sources.typescript_code.scopes import owner_of
from scorer.sources.typescript_code.turns import callback_list, loop_turns
from scorer.sources.typescript_code.values import Env, Follows, Function

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module

# What is bound on the way, and what the way depends on.
Path = tuple[Env, Unknown | None]

_PASSED = frozenset({"statement_block", "expression_statement", "else_clause", "try_statement", "call_expression", "arguments", "parenthesized_expression",
                     "await_expression", "member_expression", "switch_statement", "switch_body", "switch_default"})  # fmt: skip
_MAYBE = frozenset({"if_statement", "switch_case", "catch_clause", "binary_expression", "ternary_expression"})


def paths(evaluator: Follows, node: Node, scope: Node, module: Module, env: Env, depth: int) -> list[Path] | None:  # noqa: PLR0913, PLR0917 - a node and where it stands
    """The ways from a scope to a node in it, in order, none when it is not reached; None when that cannot be told."""
    around = [node]
    while (outer := module.parent(around[-1])) is not None and outer != scope:
        around.append(outer)
    found: list[Path] = [(env, None)]
    for outer, inner in zip(reversed(around[1:]), reversed(around[:-1]), strict=True):
        after: list[Path] = []
        for one in found:
            step = _step(evaluator, outer, inner, one, module, depth)
            after += step or ()
            if step is None or not evaluator.effort.spend(len(step) - 1 if step else 0):
                return None
        found = after
    return found


def _step(evaluator: Follows, outer: Node, inner: Node, way: Path, module: Module, depth: int) -> list[Path] | None:  # noqa: PLR0913, PLR0917 - a step and what is known
    env, doubt = way
    if outer.type in _MAYBE:
        return _branch(evaluator, outer, inner, way, module, depth)
    if outer.type == "for_in_statement" and inner == outer.child_by_field_name("body"):
        values, bound = loop_turns(evaluator, outer, module, env)
    elif outer.type in FUNCTIONS:
        values, bound = _callback(evaluator, outer, module, env, depth)
    else:
        return [way] if outer.type in _PASSED else None
    if values is None or values.partial:
        return None
    maybe = evaluator.unknown(outer, module, "depends on a condition")
    return [(bound(item), doubt or (maybe if at in values.maybe else None)) for at, item in enumerate(values.items)]


def _callback(
    evaluator: Follows, function: Node, module: Module, env: Env, depth: int
) -> tuple[Items | None, Callable[[Any], Env]]:
    called = Function(function, module, env, module.spot(function))
    return callback_list(evaluator, function, module, env), lambda item: evaluator.bound(called, [item], depth)


def _branch(evaluator: Follows, outer: Node, inner: Node, way: Path, module: Module, depth: int) -> list[Path]:  # noqa: PLR0913, PLR0917 - as above
    env, doubt = way
    condition = outer.child_by_field_name("condition") if outer.type != "switch_case" else None
    if inner == condition:
        return [way]
    value = evaluator.value(condition, module, env, depth) if condition is not None else None
    verdict = truth(value)
    if verdict is None:
        return [(env, doubt or evaluator.unknown(outer, module, "depends on a condition"))]
    taken = verdict == (inner == outer.child_by_field_name("consequence"))
    if depends := doubt_of(value):
        return [(env, doubt or depends)]
    return [way] if taken else []


def precedes(statement: Node, node: Node, module: Module) -> bool:
    """Whether what a statement does is seen at a node: it stands before it, or the node is in a function that is called later."""
    # What a module exports is seen after all of it has run.
    if node == module.root or statement.end_byte <= node.start_byte:
        return True
    inside = statement.start_byte <= node.start_byte < statement.end_byte
    return not inside and _function_of(node, module) != _function_of(statement, module)


def _function_of(node: Node, module: Module) -> Node | None:
    current = module.parent(node)
    while current is not None and current.type not in FUNCTIONS:
        current = module.parent(current)
    return current


def offsets(pattern: re.Pattern[bytes], module: Module) -> dict[bytes, list[int]]:
    """Where the names stand that a pattern's first group matches; looked for once in a file."""
    found = module.offsets.get(pattern)
    if found is None:
        found = module.offsets[pattern] = {}
        for match in pattern.finditer(module.text):
            found.setdefault(match.group(1), []).append(match.start(1))
    return found


def uses(pattern: re.Pattern[bytes], name: str, scope: Node, module: Module) -> list[Node]:
    """The places in a scope where a pattern finds a name that is the scope's own; looked for once."""
    key = (pattern, name, scope.id)
    if key not in module.uses:
        module.uses[key] = [
            node
            for offset in offsets(pattern, module).get(name.encode(), ())
            if scope.start_byte <= offset < scope.end_byte
            and (node := module.root.descendant_for_byte_range(offset, offset + len(name.encode()))) is not None
            and owner_of(node, name, module) == scope
        ]
    return module.uses[key]
