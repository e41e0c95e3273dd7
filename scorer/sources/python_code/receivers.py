"""Whether the thing that a tool is registered with is an MCP server, which one, and of which library."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code import dialects
from scorer.sources.python_code.dialects import Dialect
from scorer.sources.python_code.scopes import FunctionNode
from scorer.sources.python_code.values import Class, External, Made
from scorer.sources.tree.values import Scalar, Unknown

if TYPE_CHECKING:
    from scorer.sources.python_code.evaluate import Evaluator
    from scorer.sources.python_code.modules import Modules
    from scorer.sources.python_code.scopes import Scope

# Libraries whose `.tool` decorators register something else.
_OTHERS = re.compile(
    r"^(pydantic_ai|langchain|langgraph|crewai|agents|autogen|llama_index|smolagents|semantic_kernel|strands|google|openai|dspy|haystack|agno|phi)\b"
)
# An import of a library for servers that is neither the SDK nor FastMCP.
_OTHER_IMPORT = re.compile(rb"^\s*(?:from|import)\s+(?!(?:mcp|fastmcp|mcp_types)\b)\w*(?:mcp|MCP)\w*", re.MULTILINE)
_SDK = re.compile(rb"(?<![\w.])mcp\.server\b|\bMCPServer\b")
_NAMED = re.compile(r"mcp|server|^app$|_app$|^s$", re.IGNORECASE)


@dataclass(frozen=True)
class Receiver:
    """A server. key: where it is made, "" when it cannot be told. name: what it calls itself.

    library: what makes its schemas, for a dialect whose rules are not known.
    """

    dialect: Dialect
    key: str = ""
    name: str | None = None
    library: str = ""


class Receivers:
    """Tells servers from everything else that has a method called `tool`."""

    def __init__(self, evaluator: Evaluator, modules: Modules) -> None:
        self._evaluator = evaluator
        self._old = modules.old_fastmcp
        self._of_tree = self._pinned(self._common(modules))

    @staticmethod
    def _common(modules: Modules) -> Dialect | None:
        """The library that the tree's files import."""
        if modules.mention(b"mcp.server.fastmcp"):
            return Dialect.SDK1
        if modules.mention(b"from fastmcp") or modules.mention(b"import fastmcp"):
            return Dialect.FASTMCP
        if modules.matches(_SDK):
            return Dialect.SDK2
        return Dialect.OTHER if modules.imports(_OTHER_IMPORT) else None

    def _pinned(self, dialect: Dialect | None) -> Dialect | None:
        return Dialect.FASTMCP2 if dialect is Dialect.FASTMCP and self._old else dialect

    def standalone(self, value: Any) -> Receiver | None:
        """The server of `@tool` without one: FastMCP's, or another library's for servers; None for anything else of that name."""
        if not isinstance(value, External) or _OTHERS.match(value.name):
            return None
        if value.name in ("fastmcp.tools.tool", "fastmcp.tool"):
            return Receiver(self._pinned(Dialect.FASTMCP) or Dialect.FASTMCP)
        library = dialects.other_library(value.name)
        return Receiver(Dialect.OTHER, library=library) if library else None

    def of(self, node: ast.expr, scope: Scope) -> Receiver | None:
        """The server that an expression means, None when it is none."""
        value = self._evaluator.value(node, scope)
        if isinstance(value, Made):
            return self.made(value)
        if isinstance(value, External):
            return self._external(value)
        if isinstance(value, Unknown):
            return self._unknown(node, scope)
        return None

    def made(self, value: Made) -> Receiver | None:
        """The server that a call makes, None when it makes something else."""
        names = [value.callee.name] if isinstance(value.callee, External) else self._evaluator.foundations(value.callee)
        dialect = next((found for name in names if (found := dialects.of_class(name))), None)
        library = ""
        if dialect is None and isinstance(value.callee, External) and not _OTHERS.match(value.callee.name):
            dialect, library = self._of_helper(value.callee.name)
        dialect = self._pinned(dialect)
        if dialect is None:
            return self._holder(value)
        return Receiver(dialect, f"{value.spot.file}:{value.spot.line}", self._name(value), library)

    def _of_helper(self, name: str) -> tuple[Dialect | None, str]:
        """What a helper of another package makes: `create_mcp_server(...)`. Only the libraries themselves are known to follow their rules."""
        if not re.search("mcp", name, re.IGNORECASE):
            return None, ""
        if dialects.is_package(name):
            return self._of_tree, ""
        return Dialect.OTHER, name.split(".", maxsplit=1)[0]

    def _holder(self, value: Made) -> Receiver | None:
        """A class of the tree that is called like a server and passes `tool` on to one."""
        if not isinstance(value.callee, Class) or self._of_tree is None:
            return None
        own = self._evaluator.class_attribute(value.callee, "tool", value.callee.node, value.callee.scope, 0)
        return (
            Receiver(self._of_tree, f"{value.callee.spot.file}:{value.callee.spot.line}")
            if isinstance(own, Unknown)
            and self._evaluator.foundations(value.callee)
            and "mcp" in value.callee.node.name.lower()
            else None
        )

    def _external(self, value: External) -> Receiver | None:
        if _OTHERS.match(value.name) or self._of_tree is None:
            return None
        if dialects.is_package(value.name) and "." in value.name:
            return Receiver(self._of_tree)
        dialect, library = self._of_helper(value.name)
        return Receiver(dialect, library=library) if dialect and "." in value.name else None

    def _unknown(self, node: ast.expr, scope: Scope) -> Receiver | None:
        """A parameter, or an attribute of one: a server by its annotation, else by its name in a tree that has servers."""
        annotation = self._annotation(node, scope)
        if annotation is not None:
            value = self._evaluator.value(annotation, scope)
            if isinstance(value, External):
                found = self._pinned(dialects.of_class(value.name))
                return Receiver(found) if found else None
            if isinstance(value, Class):
                found = self._pinned(
                    next((d for name in self._evaluator.foundations(value) if (d := dialects.of_class(name))), None)
                )
                return Receiver(found) if found else None
        word = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
        if self._of_tree is None or not _NAMED.search(word) or _imports_others(scope):
            return None
        return Receiver(self._of_tree)

    def _annotation(self, node: ast.expr, scope: Scope) -> ast.expr | None:
        if not isinstance(node, ast.Name):
            return None
        current: Scope | None = scope
        while current is not None:
            if isinstance(current.node, FunctionNode):
                arguments = current.node.args
                for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
                    if argument.arg == node.id:
                        return _parsed(argument.annotation)
            current = current.parent
        return None

    def _name(self, value: Made) -> str | None:
        if value.call is None:
            return None
        given: Any = (
            value.call.args[0]
            if value.call.args
            else next((w.value for w in value.call.keywords if w.arg == "name"), None)
        )
        found = self._evaluator.value(given, value.scope) if given is not None else None
        return found.value if isinstance(found, Scalar) and isinstance(found.value, str) else None


def _parsed(annotation: ast.expr | None) -> ast.expr | None:
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            return ast.parse(annotation.value.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
    return annotation


def _imports_others(scope: Scope) -> bool:
    imports = [node for node in scope.module.tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = [node.module or "" for node in imports if isinstance(node, ast.ImportFrom)]
    names += [alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names]
    return any(_OTHERS.match(name) for name in names)
