"""From where a piece of code is reached: the calls of the function around it, and the turns of the loops around it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code import operators
from scorer.sources.python_code.scopes import FunctionNode, Scope, above
from scorer.sources.python_code.values import Class, Function
from scorer.sources.tree.values import doubt_of

if TYPE_CHECKING:
    from scorer.sources.python_code.evaluate import Evaluator
    from scorer.sources.python_code.modules import Modules
    from scorer.sources.python_code.scopes import Module

# Ways to reach one function that are followed, and functions around one another.
_WAYS = 60
_DEEPEST = 6


@dataclass(frozen=True)
class Way:
    """One way to reach a piece of code: the scope with arguments and loop variables bound, and whether a condition stands on it."""

    scope: Scope
    conditional: bool = False


# What a file that calls a helper for tools mentions, too: other calls of the same name are not worth parsing a file.
_RELATED = (b"mcp", b"MCP", b"server", b"tool")


class Calls:
    """Every call and decorator of a tree, by the last word of what is called; files are looked at when they mention it."""

    def __init__(self, modules: Modules, evaluator: Evaluator) -> None:
        self._modules, self._evaluator = modules, evaluator
        self._by_name: dict[str, list[tuple[ast.expr, Module]]] = {}
        self._indexed: dict[str, dict[str, list[ast.expr]]] = {}
        self._ways: dict[int, list[Way]] = {}
        self._busy: set[int] = set()

    def _calls_of(self, name: str) -> list[tuple[ast.expr, Module]]:
        """The calls and decorators whose last word is the name."""
        if name not in self._by_name:
            homes = self._modules.holding((f"{name}(".encode(), f"@{name}".encode(), f".{name}\n".encode()), _RELATED)
            self._by_name[name] = [(node, module) for module in homes for node in self._index(module).get(name, ())]
        return self._by_name[name]

    def _index(self, module: Module) -> dict[str, list[ast.expr]]:
        found = self._indexed.get(module.path)
        if found is None:
            found = self._indexed[module.path] = {}
            for node in module.nodes:
                called: list[ast.expr] = [node] if isinstance(node, ast.Call) else getattr(node, "decorator_list", [])
                for one in called:
                    if one is node or not isinstance(one, ast.Call):
                        found.setdefault(last_word(one), []).append(one)
        return found

    def ways(self, node: ast.AST, module: Module, depth: int = 0) -> list[Way]:
        """The ways to reach a node: at least one, at most `_WAYS`."""
        around = [found for found in above(node) if isinstance(found, FunctionNode | ast.ClassDef | ast.Lambda)]
        start = around[0] if around else module.tree
        entries = self._entries(start, module, depth) if around else [Way(module.scope)]
        found: list[Way] = []
        for entry in entries:
            found += self._turns(node, start, entry)
        return found[:_WAYS]

    def static_scope(self, node: ast.AST, module: Module) -> Scope:
        """The scope that a node stands in, nothing bound from outside."""
        scope = module.scope
        for found in reversed([n for n in above(node) if isinstance(n, FunctionNode | ast.ClassDef | ast.Lambda)]):
            scope = Scope(module, found, scope)
        return scope

    def _entries(self, start: ast.AST, module: Module, depth: int) -> list[Way]:
        """The ways into a function or class."""
        key = id(start)
        if key in self._ways:
            return self._ways[key]
        if depth > _DEEPEST or key in self._busy:
            return [Way(self._unbound(start, module))]
        self._busy.add(key)
        try:
            found = self._entered(start, module, depth)[:_WAYS] or [Way(self._unbound(start, module))]
        finally:
            self._busy.discard(key)
        self._ways[key] = found
        return found

    def _unbound(self, start: ast.AST, module: Module) -> Scope:
        return Scope(module, start, self.static_scope(start, module))

    def _entered(self, start: Any, module: Module, depth: int) -> list[Way]:
        if isinstance(start, ast.ClassDef):
            return [
                Way(Scope(module, start, way.scope), way.conditional) for way in self.ways(start, module, depth + 1)
            ]
        found = self._called(start, depth)
        if found:
            return found
        return (
            [Way(Scope(module, start, way.scope), way.conditional) for way in self.ways(start, module, depth + 1)]
            if _nested(start)
            else []
        )

    def _called(self, start: Any, depth: int) -> list[Way]:
        """The calls of a function, and the decorators that it makes."""
        found: list[Way] = []
        around = next((n for n in above(start) if isinstance(n, FunctionNode)), None)
        names = [start.name] if not isinstance(start, ast.Lambda) else []
        if around is not None and _returns(around, start):
            names.append(around.name)
        for name in names:
            for node, home in self._calls_of(name)[: _WAYS * 4]:
                if node not in above(start):
                    found += self._through(node, home, start, depth)
        return found

    def _through(self, node: ast.expr, home: Module, start: Any, depth: int) -> list[Way]:
        """The ways into `start` through one call or decorator, as far as it is a call of `start`."""
        scope = self.static_scope(node, home)
        decorated = _decorated(node)
        reached = self._reached(node, scope, start, decorated)
        if reached is None:
            return []
        found = []
        for way in self.ways(node, home, depth + 1):
            reached = self._reached(node, way.scope, start, decorated)
            if reached is not None:
                found.append(Way(self._inside(reached, node, way.scope, decorated), way.conditional))
        return found

    def _reached(self, node: ast.expr, scope: Scope, start: Any, decorated: Any) -> Function | None:
        """The function that is entered by a call or by decorating: `start`, or nothing."""
        if decorated is not None:
            value = self._evaluator.value(node, scope)
            if isinstance(value, Function) and value.node is start:
                return value
        if not isinstance(node, ast.Call):
            return None
        value = self._evaluator.value(node.func, scope)
        if isinstance(value, Function) and value.node is start:
            return value
        return None

    def _inside(self, function: Function, node: ast.expr, scope: Scope, decorated: Any) -> Scope:
        """The function's scope with its arguments."""
        if decorated is not None and not (isinstance(node, ast.Call) and self._is_plain_call(function, node, scope)):
            arguments = function.node.args.args
            target = Class(decorated, scope) if isinstance(decorated, ast.ClassDef) else _as_function(decorated, scope)
            method = len(arguments) > 1 and function.owner is not None
            values: dict[str, Any] = {arguments[1 if method else 0].arg: target} if arguments else {}
            return Scope(function.scope.module, function.node, function.scope, values)
        assert isinstance(node, ast.Call)
        return self._evaluator.entered(function, node, scope)

    def _is_plain_call(self, function: Function, node: ast.Call, scope: Scope) -> bool:
        value = self._evaluator.value(node.func, scope)
        return isinstance(value, Function) and value.node is function.node

    def _turns(self, node: ast.AST, start: ast.AST, entry: Way) -> list[Way]:
        """The entry once for each turn of the loops around the node, without turns and branches that are never taken."""
        found = [entry]
        path = [node, *above(node, start)]
        for inner, outer in reversed(list(pairwise(path))):
            if isinstance(outer, ast.For | ast.AsyncFor) and inner not in (outer.iter, outer.target):
                found = [turn for way in found for turn in self._loop(outer, way)]
            elif isinstance(outer, ast.If | ast.IfExp):
                found = [turn for way in found for turn in self._branch(outer, inner, way)]
            elif isinstance(outer, ast.ExceptHandler | ast.While | ast.match_case):
                found = [Way(way.scope, conditional=True) for way in found]
        return [Way(way.scope, way.conditional or _guarded(path, start)) for way in found]

    def _loop(self, loop: ast.For | ast.AsyncFor, way: Way) -> list[Way]:
        values = self._evaluator.turns(loop.target, loop.iter, way.scope)
        if values is None:
            return [way]
        return [Way(way.scope.block(value), way.conditional) for value in values[: _WAYS * 10]]

    def _branch(self, outer: ast.If | ast.IfExp, inner: ast.AST, way: Way) -> list[Way]:
        if inner is outer.test or _is_main(outer.test):
            return [way]
        value = self._evaluator.value(outer.test, way.scope)
        verdict = None if doubt_of(value) else operators.truth(value)
        if self._evaluator.depends_on_branches(outer.test, way.scope):
            verdict = None
        taken = inner in outer.body if isinstance(outer.body, list) else inner is outer.body
        if verdict is None:
            return [Way(way.scope, conditional=True)]
        return [way] if verdict == taken else []


def last_word(node: ast.expr) -> str:
    """`a.b.c(...)(...)` -> "c"."""
    while isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _as_function(node: Any, scope: Scope) -> Function:
    owner = Class(scope.node, scope.parent) if isinstance(scope.node, ast.ClassDef) and scope.parent else None
    return Function(node, scope, owner)


def _decorated(node: ast.expr) -> Any:
    """The function or class that this expression decorates."""
    around = next(iter(above(node)), None)
    return around if isinstance(around, FunctionNode | ast.ClassDef) and node in around.decorator_list else None


def _nested(start: ast.AST) -> bool:
    return any(isinstance(found, FunctionNode | ast.ClassDef) for found in above(start))


def _returns(outer: ast.AST, inner: Any) -> bool:
    """Whether a function gives back the one inside it."""
    name = getattr(inner, "name", None)
    returned = (found.value for found in ast.walk(outer) if isinstance(found, ast.Return))
    return any(value is inner or (name and isinstance(value, ast.Name) and value.id == name) for value in returned)


def _is_main(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__"


def _guarded(path: list[ast.AST], start: ast.AST) -> bool:
    """Whether an earlier `if ...: return` of the function may end it before the node."""
    if not isinstance(start, FunctionNode):
        return False
    for inner, outer in zip(path, [*path[1:], start], strict=True):
        body = getattr(outer, "body", None)
        if isinstance(body, list) and inner in body and isinstance(outer, FunctionNode):
            before = body[: body.index(inner)]
            if any(isinstance(s, ast.If) and any(isinstance(last, ast.Return) for last in s.body) for s in before):
                return True
    return False
