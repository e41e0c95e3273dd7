"""Registrations in Python: `@server.tool`, `server.tool(...)(f)`, `server.add_tool(f)`, and the protocol's own `Tool(...)`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code import dialects, low_level
from scorer.sources.python_code.calls import Calls, last_word
from scorer.sources.python_code.define import Definer
from scorer.sources.python_code.evaluate import Evaluator
from scorer.sources.python_code.made_at_run_time import made_at_run_time
from scorer.sources.python_code.mounts import Mounts
from scorer.sources.python_code.receivers import Receivers
from scorer.sources.python_code.scopes import FunctionNode, Scope
from scorer.sources.python_code.values import Class, External, Function, Made
from scorer.sources.tree.found import Reading
from scorer.sources.tree.values import Unknown

if TYPE_CHECKING:
    from scorer.sources.python_code.calls import Way
    from scorer.sources.python_code.modules import Modules
    from scorer.sources.python_code.receivers import Receiver
    from scorer.sources.python_code.scopes import Module

_WORDS = (
    b".tool(",
    b".tool\n",
    b".tool\r",
    b"add_tool(",
    b"types.Tool(",
    b" Tool(",
    b"[Tool(",
    b"(Tool(",
    b"list_tools",
    b"@tool",
)
_LIBRARIES = (b"mcp", b"MCP")
# Registrations of one run; the largest servers have some hundreds.
_MOST = 5_000


def read_python(modules: Modules) -> Reading:
    """Every tool that the tree's Python registers."""
    reading = Reading()
    if any(modules.mention(word) for word in _LIBRARIES):
        _Reader(modules, reading).read()
    reading.skipped += modules.broken
    return reading


class _Reader:
    def __init__(self, modules: Modules, reading: Reading) -> None:
        self.reading, self.modules = reading, modules
        self.evaluator = Evaluator(modules)
        self.homes = list(modules.holding(_WORDS))
        self.calls = Calls(modules, self.evaluator)
        self.receivers = Receivers(self.evaluator, modules)
        self.definer = Definer(self.evaluator, modules)
        self.low = low_level.LowLevel(self.evaluator, self.calls, self.receivers)

    def read(self) -> None:
        """All of them, file by file."""
        for module in self.homes:
            for node in module.nodes:
                if len(self.reading.found) < _MOST:
                    self._look(node, module)
        self.reading.found += self.low.read(self.homes, self.reading)
        self.reading.gaps += made_at_run_time(self.modules, self.evaluator, self.calls)
        Mounts(self.modules, self.evaluator, self.calls, self.receivers).apply(self.reading)

    def _look(self, node: ast.AST, module: Module) -> None:
        if isinstance(node, FunctionNode):
            for decorator in node.decorator_list:
                if last_word(decorator) == "tool":
                    self._decorated(node, decorator, module)
        elif isinstance(node, ast.Call):
            if isinstance(node.func, ast.Call) and last_word(node.func) == "tool" and node.args:
                self._applied(node, node.func, module)
            elif isinstance(node.func, ast.Attribute) and node.func.attr == "tool" and node.args:
                self._direct(node, module)
            elif isinstance(node.func, ast.Attribute) and node.func.attr == "add_tool":
                self._added(node, module)

    def _decorated(self, node: Any, decorator: ast.expr, module: Module) -> None:
        """`@server.tool(...)` on a function."""
        called = decorator if isinstance(decorator, ast.Call) else None
        callee = called.func if called else decorator
        for way in self.calls.ways(node, module):
            receiver = self._receiver(callee, way.scope)
            if receiver is not None:
                owner = (
                    Class(way.scope.node, way.scope.parent)
                    if isinstance(way.scope.node, ast.ClassDef) and way.scope.parent
                    else None
                )
                self._register(receiver, Function(node, way.scope, owner), called, way, decorator)

    def _receiver(self, callee: ast.expr, scope: Scope) -> Receiver | None:
        if isinstance(callee, ast.Attribute):
            return self.receivers.of(callee.value, scope)
        return self.receivers.standalone(self.evaluator.value(callee, scope))

    def _applied(self, node: ast.Call, inner: ast.Call, module: Module) -> None:
        """`server.tool(...)(function)`."""
        if isinstance(inner.func, ast.Attribute):
            for way in self.calls.ways(node, module):
                receiver = self.receivers.of(inner.func.value, way.scope)
                if receiver is not None:
                    self._of_value(receiver, node.args[0], inner, way, node)

    def _direct(self, node: ast.Call, module: Module) -> None:
        """`server.tool(function, name=...)`, FastMCP's other spelling."""
        assert isinstance(node.func, ast.Attribute)
        for way in self.calls.ways(node, module):
            value = self.evaluator.value(node.args[0], way.scope)
            if isinstance(value, Function):
                receiver = self.receivers.of(node.func.value, way.scope)
                if receiver is not None:
                    self._register(receiver, value, node, way, node)

    def _added(self, node: ast.Call, module: Module) -> None:
        """`server.add_tool(function)`, `server.add_tool(Tool.from_function(function, ...))`."""
        assert isinstance(node.func, ast.Attribute)
        given = node.args[0] if node.args else next((w.value for w in node.keywords if w.arg in ("fn", "tool")), None)
        if given is None:
            return
        for way in self.calls.ways(node, module):
            receiver = self.receivers.of(node.func.value, way.scope)
            if receiver is not None:
                self._of_value(receiver, given, node, way, node)

    def _of_value(self, receiver: Receiver, given: ast.expr, options: ast.Call, way: Way, node: ast.AST) -> None:
        value = self.evaluator.value(given, way.scope)
        if (
            isinstance(value, Made)
            and isinstance(value.callee, External)
            and value.call
            and value.callee.name.endswith(".from_function")
        ):
            inner = (
                value.call.args[0]
                if value.call.args
                else next((w.value for w in value.call.keywords if w.arg == "fn"), None)
            )
            self._made_of(receiver, inner, value, way, node)
        elif (
            isinstance(value, Made) and isinstance(value.callee, External) and dialects.is_tool_class(value.callee.name)
        ):
            return
        elif isinstance(value, Function):
            self._register(receiver, value, options, way, node)
        else:
            gap = value if isinstance(value, Unknown) else self.evaluator.computed(given, way.scope)
            self.reading.gaps.append((f"a registered function {gap.reason}", way.scope.module.spot(node)))

    def _made_of(self, receiver: Receiver, inner: ast.expr | None, made: Made, way: Way, node: ast.AST) -> None:
        function = self.evaluator.value(inner, made.scope) if inner is not None else None
        if isinstance(function, Function) and made.call is not None:
            self._register(receiver, function, made.call, way, node, scope=made.scope)
        else:
            self.reading.gaps.append(("a registered function is computed", way.scope.module.spot(node)))

    def _register(  # noqa: PLR0913, PLR0917 - a registration and its surroundings
        self,
        receiver: Receiver,
        function: Function,
        options: ast.Call | None,
        way: Way,
        node: ast.AST,
        scope: Scope | None = None,
    ) -> None:
        found = self.definer.define(receiver, function, options, scope or way.scope, node)
        if isinstance(found, Unknown):
            self.reading.gaps.append((f"the name of a tool {found.reason}", way.scope.module.spot(node)))
            return
        found.conditional = way.conditional
        same = [
            f
            for f in self.reading.found
            if f.definition["name"] == found.definition["name"] and f.server == found.server and f.spot == found.spot
        ]
        if not same:
            self.reading.found.append(found)
