"""From where a piece of JavaScript is reached: the calls of the functions around it, and the turns of the loops around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import doubt_of
from scorer.sources.typescript_code import classes
from scorer.sources.typescript_code.exports import imported_as
from scorer.sources.typescript_code.module import FUNCTIONS
from scorer.sources.typescript_code.operators import truth
from scorer.sources.typescript_code.turns import callback_list, is_each, loop_turns
from scorer.sources.typescript_code.values import Class, Env, Function, Instance, is_open

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from scorer.sources.tree.values import Items
    from scorer.sources.typescript_code.evaluate import Evaluator
    from scorer.sources.typescript_code.module import Module

_WAYS = 400
# Calls of one function that are followed: of the registering function itself, and of those around its calls.
_SITES, _SITES_AROUND = 400, 20
_DEEPEST = 3
_BRANCHES = frozenset({"if_statement", "ternary_expression", "switch_case", "catch_clause", "while_statement"})


@dataclass(frozen=True)
class Way:
    """One way to reach a piece of code: what is bound on it, and whether a condition stands on it. open: a loop or call on it cannot be followed."""

    env: Env
    conditional: bool = False
    open: bool = False


class Calls:
    """Finds the ways to a node among all modules."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._sites: dict[str, list[tuple[Node, Module]]] = {}
        self._entries: dict[tuple[str, int, int], list[Way]] = {}

    def ways(self, node: Node, module: Module, *, bind: bool, depth: int = 0) -> list[Way]:
        """The ways to a node, at least one unless it is never reached. bind: follow the calls of the functions around it."""
        path: list[Node] = [node]
        while (around := module.parent(path[-1])) is not None:
            path.append(around)
        found = [Way({})]
        for outer, inner in zip(reversed(path), reversed(path[:-1]), strict=False):
            after: list[Way] = []
            for way in found:
                after += self._into(outer, inner, way, module, bind=bind, depth=depth)
                if len(after) > _WAYS:
                    after = [*after[:_WAYS], replace(way, open=True)]
                    break
            found = after
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
        values, bound = loop_turns(self._evaluator, loop, module, way.env)
        return _turns(values, way, bound)

    def _function(self, function: Node, way: Way, module: Module, depth: int) -> list[Way]:
        """The ways into a function: the turns of `list.forEach(function)`, or its calls by name."""
        holder = module.parent(function)
        if holder is not None and holder.type == "arguments":
            return self._callback(function, way, module) if is_each(function, module) else [way]
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
        most = _SITES_AROUND if depth else _SITES
        sites = [*self._called(name), *self._called_otherwise(name, module)]
        for site, home in sites[:most]:
            if home is module and function.start_byte <= site.start_byte < function.end_byte:
                continue
            for outer in self.ways(site, home, bind=depth + 1 < _DEEPEST, depth=depth + 1)[:most]:
                bound = self._bound(function, site, home, way, outer, module)
                found.append(Way(bound, way.conditional or outer.conditional, way.open or outer.open))
        rest = [Way(way.env, way.conditional, open=True)] if len(sites) > most else []
        return [*found, *rest] or [way]

    def _bound(self, function: Node, site: Node, home: Module, way: Way, outer: Way, module: Module) -> Env:  # noqa: PLR0913, PLR0917 - a function and its call
        """What a call binds in a function: its parameters, and in a method the object that it is called on."""
        values = [self._evaluator.value(argument, home, outer.env) for argument in self._evaluator.arguments(site)]
        bound = self._evaluator.bound(Function(function, module, way.env, module.spot(function)), values)
        around = classes.class_around(function, module) if function.type == "method_definition" else None
        callee = site.child_by_field_name("function")
        receiver = callee.child_by_field_name("object") if callee is not None else None
        if around is not None and receiver is not None and receiver.type not in ("this", "super"):
            value = self._evaluator.value(receiver, home, outer.env)
            if isinstance(value, Instance) and isinstance(value.callee, Class):
                bound[around.id, "this"] = value
        return bound

    def _callback(self, function: Node, way: Way, module: Module) -> list[Way]:
        inner = Function(function, module, way.env, module.spot(function))
        values = callback_list(self._evaluator, function, module, way.env)
        return _turns(values, way, lambda item: self._evaluator.bound(inner, [item]))

    def _called(self, name: str) -> list[tuple[Node, Module]]:
        """The calls of anything of this name."""
        if name not in self._sites:
            pattern = re.compile(rb"(?<![\w$])(" + re.escape(name.encode()) + rb")\s*\)?\s*\(")
            self._sites[name] = [
                (call, module)
                for module in self._evaluator.modules.holding((name.encode(),))
                for word in module.at(pattern)
                if (call := called(word, module))
            ]
        return self._sites[name]

    def _called_otherwise(self, name: str, module: Module) -> list[tuple[Node, Module]]:
        """The calls of a function under the other names that modules import it by."""
        found = []
        for alias, home in imported_as(name, module, self._evaluator.modules):
            if alias != name:
                found += [(site, where) for site, where in self._called(alias) if where is home]
        return found


def _turns(values: Items | None, way: Way, bound: Callable[[Any], Env]) -> list[Way]:
    """The turns of a loop over a list; one more, with nothing bound, where the list may have more elements."""
    if values is None:
        return [Way(way.env, way.conditional, open=True)]
    partial = is_open(values.partial)
    found = [
        Way(bound(item), way.conditional or index in values.maybe, way.open or partial)
        for index, item in enumerate(values.items[:_WAYS])
    ]
    rest = [Way(way.env, way.conditional, open=True)] if partial or len(values.items) > _WAYS else []
    return [*found, *rest]


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
