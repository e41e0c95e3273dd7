"""From where a piece of JavaScript is reached: the calls of the functions around it, and the turns of the loops around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scorer.sources.tree.values import Items, doubt_of
from scorer.sources.typescript_code import lists
from scorer.sources.typescript_code.modules import FUNCTIONS
from scorer.sources.typescript_code.operators import truth
from scorer.sources.typescript_code.values import Env, Function

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.evaluate import Evaluator
    from scorer.sources.typescript_code.modules import Module

_WAYS = 400
_SITES = 20
_DEEPEST = 3
_BRANCHES = frozenset({"if_statement", "ternary_expression", "switch_case", "catch_clause", "while_statement"})


@dataclass(frozen=True)
class Way:
    """One way to reach a piece of code: what is bound on it, and whether a condition stands on it. open: a loop or call on it cannot be followed."""

    env: Env
    conditional: bool = False
    open: bool = False


class Calls:
    """Finds the ways to a node among the modules that mention tools."""

    def __init__(self, modules: list[Module], evaluator: Evaluator) -> None:
        self._modules, self._evaluator = modules, evaluator
        self._sites: dict[str, list[tuple[Node, Module]]] = {}
        self._entries: dict[tuple[str, int, int], list[Way]] = {}

    def ways(self, node: Node, module: Module, *, bind: bool, depth: int = 0) -> list[Way]:
        """The ways to a node, at least one unless it is never reached. bind: follow the calls of the functions around it."""
        path: list[Node] = [node]
        while (around := module.parent(path[-1])) is not None:
            path.append(around)
        found = [Way({})]
        for outer, inner in zip(reversed(path), reversed(path[:-1]), strict=False):
            found = [after for way in found for after in self._into(outer, inner, way, module, bind=bind, depth=depth)][
                :_WAYS
            ]
        return found

    def _into(self, outer: Node, inner: Node, way: Way, module: Module, *, bind: bool, depth: int) -> list[Way]:  # noqa: PLR0913 - a step and what is known
        if outer.type in FUNCTIONS:
            return self._function(outer, way, module, depth) if bind else [way]
        if outer.type == "for_in_statement" and inner == outer.child_by_field_name("body"):
            return self._loop(outer, way, module)
        if outer.type in _BRANCHES or (outer.type == "binary_expression" and _is_and(outer, module)):
            return self._branch(outer, inner, way, module)
        around = module.parent(outer) if outer.type == "statement_block" else None
        if around is not None and around.type in FUNCTIONS and _guarded(outer, inner):
            return [Way(way.env, conditional=True, open=way.open)]
        return [way]

    def _branch(self, outer: Node, inner: Node, way: Way, module: Module) -> list[Way]:
        condition = outer.child_by_field_name("condition")
        if inner == condition or (outer.type == "binary_expression" and inner == outer.child_by_field_name("left")):
            return [way]
        test = condition if condition is not None else outer.child_by_field_name("left")
        value = (
            self._evaluator.value(test, module, way.env) if test is not None and outer.type != "switch_case" else None
        )
        verdict = None if doubt_of(value) else truth(value)
        if verdict is None:
            return [Way(way.env, conditional=True, open=way.open)]
        taken = inner in (outer.child_by_field_name("consequence"), outer.child_by_field_name("right"))
        return [way] if verdict == taken else []

    def _loop(self, loop: Node, way: Way, module: Module) -> list[Way]:
        left, right = loop.child_by_field_name("left"), loop.child_by_field_name("right")
        values = self._evaluator.value(right, module, way.env)
        if left is None or not isinstance(values, Items):
            return [Way(way.env, way.conditional, open=True)]
        found = []
        for index, item in enumerate(values.items[:_WAYS]):
            env = dict(way.env)
            pattern = (
                next((child for child in left.named_children), left)
                if left.type in ("lexical_declaration", "variable_declaration")
                else left
            )
            for name, value in lists.unpacked(self._evaluator, pattern, item, module, way.env, 0).items():
                env[loop.id, name] = value
            found.append(Way(env, way.conditional or index in values.maybe, way.open or values.partial is not None))
        return found

    def _function(self, function: Node, way: Way, module: Module, depth: int) -> list[Way]:
        """The ways into a function: the turns of `list.forEach(function)`, or its calls by name."""
        holder = module.parent(function)
        if holder is not None and holder.type == "arguments" and (call := module.parent(holder)) is not None:
            return self._callback(function, call, way, module)
        name = _name_of(function, module)
        if not name or depth > _DEEPEST:
            return [way]
        if not way.env and (key := (module.path, function.id, depth)) in self._entries:
            return [replace(entry, conditional=entry.conditional or way.conditional) for entry in self._entries[key]]
        found = self._callers(function, name, way, module, depth)
        if not way.env:
            self._entries[module.path, function.id, depth] = found
        return found

    def _callers(self, function: Node, name: str, way: Way, module: Module, depth: int) -> list[Way]:
        found: list[Way] = []
        for site, home in self._called(name)[:_SITES]:
            if home is module and function.start_byte <= site.start_byte < function.end_byte:
                continue
            for outer in self.ways(site, home, bind=depth + 1 < _DEEPEST, depth=depth + 1)[:_SITES]:
                values = [
                    self._evaluator.value(argument, home, outer.env) for argument in self._evaluator.arguments(site)
                ]
                bound = self._evaluator.bound(Function(function, module, way.env, module.spot(function)), values)
                found.append(Way(bound, way.conditional or outer.conditional, way.open or outer.open))
        return found or [way]

    def _callback(self, function: Node, call: Node, way: Way, module: Module) -> list[Way]:
        callee = call.child_by_field_name("function")
        if callee is None or callee.type != "member_expression":
            return [way]
        name = module.raw(callee.child_by_field_name("property") or callee)
        if name not in ("forEach", "map", "flatMap", "reduce"):
            return [way]
        values = self._evaluator.value(callee.child_by_field_name("object"), module, way.env)
        if not isinstance(values, Items):
            return [Way(way.env, way.conditional, open=True)]
        inner = Function(function, module, way.env, module.spot(function))
        return [
            Way(
                self._evaluator.bound(inner, [item]),
                way.conditional or index in values.maybe,
                way.open or values.partial is not None,
            )
            for index, item in enumerate(values.items[:_WAYS])
        ]

    def _called(self, name: str) -> list[tuple[Node, Module]]:
        """The calls of anything of this name."""
        if name not in self._sites:
            pattern = re.compile(rb"(?<![\w$])(" + re.escape(name.encode()) + rb")\s*\)?\s*\(")
            self._sites[name] = [
                (call, module)
                for module in self._modules
                for word in module.at(pattern)
                if (call := called(word, module))
            ]
        return self._sites[name]


def called(word: Node, module: Module) -> Node | None:
    """The call of which a word is the name of what is called."""
    current, around = word, module.parent(word)
    while around is not None and around.type in (
        "member_expression",
        "sequence_expression",
        "parenthesized_expression",
    ):
        current, around = around, module.parent(around)
    if around is None or around.type != "call_expression" or around.child_by_field_name("function") != current:
        return None
    return around


def _name_of(function: Node, module: Module) -> str:
    """What a function is called by."""
    own = function.child_by_field_name("name")
    holder = module.parent(function)
    if (
        own is None
        and holder is not None
        and holder.type in ("variable_declarator", "pair", "assignment_expression", "public_field_definition")
    ):
        own = (
            holder.child_by_field_name("name")
            or holder.child_by_field_name("key")
            or holder.child_by_field_name("left")
        )
    text = module.raw(own).rsplit(".", 1)[-1] if own is not None else ""
    return text if re.fullmatch(r"[\w$]+", text) and text != "constructor" else ""


def _is_and(node: Node, module: Module) -> bool:
    operator = node.child_by_field_name("operator")
    return operator is not None and module.raw(operator) == "&&"


def _guarded(block: Node, inner: Node) -> bool:
    """Whether an earlier `if (...) return` of the function may end it before the node."""
    for statement in block.named_children:
        if statement == inner:
            return False
        if statement.type == "if_statement":
            taken = statement.child_by_field_name("consequence")
            if taken is not None and (
                taken.type == "return_statement"
                or any(child.type == "return_statement" for child in taken.named_children)
            ):
                return True
    return False
