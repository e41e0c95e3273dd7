"""The low-level server: the protocol's own `Tool(...)` values that a handler of `tools/list` returns."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code import changes, dialects
from scorer.sources.python_code.binding import own
from scorer.sources.python_code.define import Definer
from scorer.sources.python_code.scopes import FunctionNode, Scope
from scorer.sources.python_code.values import Class, External, Function, Made
from scorer.sources.tree.found import Found, Reading, reference
from scorer.sources.tree.values import Items, Scalar, Table, Unknown, to_json

if TYPE_CHECKING:
    from scorer.sources.python_code.calls import Calls
    from scorer.sources.python_code.evaluate import Evaluator
    from scorer.sources.python_code.receivers import Receivers
    from scorer.sources.python_code.scopes import Module

_FIELDS = {"input_schema": "inputSchema", "output_schema": "outputSchema"}
_KEPT = ("name", "title", "description", "inputSchema", "outputSchema", "annotations", "icons", "execution")


class LowLevel:
    """Reads handlers of `tools/list`, and where one cannot be followed, every `Tool(...)` of the tree."""

    def __init__(self, evaluator: Evaluator, calls: Calls, receivers: Receivers) -> None:
        self._evaluator, self._calls, self._receivers = evaluator, calls, receivers
        self._definer = Definer(evaluator, evaluator.modules)

    def read(self, homes: list[Module], reading: Reading) -> list[Found]:
        """The tools of every handler."""
        found: list[Found] = []
        followed = True
        handlers = [pair for module in homes for pair in self._handlers(module)]
        for function, receiver in handlers:
            tools, complete = self._returned(function)
            followed &= complete
            if not complete:
                reading.gaps.append(("the list of tools is computed", function.spot))
            found += [made for tool, maybe in tools if (made := self._tool(tool, receiver, reading, conditional=maybe))]
        if handlers and not followed:
            known = {(tool.spot.file, tool.spot.line) for tool in found}
            found += [
                tool for tool in self._everywhere(homes, reading) if (tool.spot.file, tool.spot.line) not in known
            ]
        return found

    def _handlers(self, module: Module) -> list[tuple[Function, Any]]:
        found: list[tuple[Function, Any]] = []
        for node in module.nodes:
            if isinstance(node, FunctionNode) and any(_lists(d) for d in node.decorator_list):
                decorator = next(d for d in node.decorator_list if _lists(d))
                found += self._decorated(node, decorator, module)
            elif isinstance(node, ast.Call):
                found += self._passed(node, module)
        return found

    def _decorated(self, node: Any, decorator: ast.expr, module: Module) -> list[tuple[Function, Any]]:
        callee = decorator.func if isinstance(decorator, ast.Call) else decorator
        found = []
        for way in self._calls.ways(node, module)[:1]:
            receiver = self._receivers.of(callee.value, way.scope) if isinstance(callee, ast.Attribute) else None
            if receiver is not None:
                found.append((Function(node, way.scope), receiver))
        return found

    def _passed(self, node: ast.Call, module: Module) -> list[tuple[Function, Any]]:
        """`Server("name", on_list_tools=handler)` and `server.list_tools()(handler)`."""
        given = next((word.value for word in node.keywords if word.arg == "on_list_tools"), None)
        scope = (
            self._calls.ways(node, module)[0].scope
            if given is not None or isinstance(node.func, ast.Call)
            else module.scope
        )
        if given is not None:
            value, made = self._evaluator.value(given, scope), self._evaluator.value(node, scope)
            receiver = self._receivers.made(made) if isinstance(made, Made) else None
            return [(value, receiver)] if isinstance(value, Function) and receiver else []
        if (
            isinstance(node.func, ast.Call)
            and _lists(node.func)
            and node.args
            and isinstance(node.func.func, ast.Attribute)
        ):
            value = self._evaluator.value(node.args[0], scope)
            receiver = self._receivers.of(node.func.func.value, scope)
            return [(value, receiver)] if isinstance(value, Function) and receiver else []
        return []

    def _returned(self, function: Function) -> tuple[list[tuple[Any, bool]], bool]:
        """What a handler returns: tools, each with whether a condition stands on it; and whether that is all of them."""
        scope = Scope(function.scope.module, function.node, function.scope)
        returns = [node for node in own(function.node) if isinstance(node, ast.Return) and node.value is not None]
        tools: list[tuple[Any, bool]] = []
        complete = bool(returns)
        for found in returns:
            value = self._list_of(self._evaluator.value(found.value, scope))
            if not isinstance(value, Items):
                complete = False
                continue
            complete &= value.partial is None and not any(isinstance(item, Unknown) for item in value.items)
            maybe = changes.is_conditional(found, scope)
            tools += [(item, maybe or index in value.maybe) for index, item in enumerate(value.items)]
        return tools, complete

    def _list_of(self, value: Any) -> Any:
        """The list in `ListToolsResult(tools=[...])`, or the list itself."""
        if isinstance(value, Made) and value.call is not None:
            given = next((word.value for word in value.call.keywords if word.arg == "tools"), None)
            return self._list_of(self._evaluator.value(given, value.scope)) if given is not None else value
        if isinstance(value, Table) and "tools" in value.items:
            return self._list_of(value.items["tools"])
        return value

    def _everywhere(self, homes: list[Module], reading: Reading) -> list[Found]:
        found = []
        for module in homes:
            for node in module.nodes:
                if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "Tool":
                    for way in self._calls.ways(node, module):
                        value = self._evaluator.value(node, way.scope)
                        made = (
                            self._tool(value, None, reading, conditional=way.conditional)
                            if self._is_tool(value)
                            else None
                        )
                        found += [made] if made else []
        return found

    def _is_tool(self, value: Any) -> bool:
        if not isinstance(value, Made) or value.call is None:
            return False
        names = [value.callee.name] if isinstance(value.callee, External) else self._evaluator.foundations(value.callee)
        return any(dialects.is_tool_class(name) for name in names)

    def _tool(self, value: Any, receiver: Any, reading: Reading, *, conditional: bool) -> Found | None:
        if isinstance(value, Unknown):
            reading.gaps.append((f"a listed tool {value.reason}", value.spot))
            return None
        table = self._definer.arguments(value) if self._is_tool(value) else value
        if not isinstance(table, Table):
            return None
        items = {_FIELDS.get(key, key): item for key, item in table.items.items()}
        name = items.get("name")
        if not isinstance(name, Scalar) or not isinstance(name.value, str):
            gap = name if isinstance(name, Unknown) else Unknown("is computed", table.spot)
            reading.gaps.append((f"the name of a listed tool {gap.reason}", gap.spot))
            return None
        found = Found({}, table.spot, receiver.key if receiver else "", receiver.name if receiver else None)
        for key in _KEPT:
            if key in items:
                self._field(found, key, items[key])
        if table.partial:
            found.notes.miss("", table.partial, "the definition")
        found.conditional = conditional
        found.references.append(self._reference("registration", table))
        if isinstance(schema := items.get("inputSchema"), Table):
            found.references.append(self._reference("schema", schema))
        return found

    def _field(self, found: Found, key: str, value: Any) -> None:
        if key == "annotations" and isinstance(value, Made) and value.call is not None:
            value = self._definer.arguments(value)
        if isinstance(value, Class | Made) and key.endswith("Schema"):
            value = Unknown("is made of a class", value.spot)
        before = len(found.notes.unread)
        plain = to_json(value, f"/{key}", found.notes)
        if isinstance(value, Unknown) and len(found.notes.unread) > before:
            return
        if isinstance(plain, dict) and key == "annotations":
            from scorer.sources.python_code.define import _HINTS  # noqa: PLC0415

            plain = {_HINTS.get(name, name): item for name, item in plain.items() if item is not None}
        if (plain is not None and plain != {}) or key == "inputSchema":
            found.definition[key] = plain

    def _reference(self, role: str, table: Table) -> Any:
        module = self._evaluator.modules.shown_as(table.spot.file)
        lines = module.lines if module else []
        return reference(role, table.spot.file, lines, table.spot.line, table.spot.end_line or table.spot.line)


def _lists(node: ast.expr) -> bool:
    callee = node.func if isinstance(node, ast.Call) else node
    return isinstance(callee, ast.Attribute) and callee.attr == "list_tools"
