"""Which names a module, a class or a function binds, and where its parts stand in it."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code import literals
from scorer.sources.tree.marks import Source, marked
from scorer.sources.tree.values import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.tool import Mark

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_CHANGES = frozenset({"append", "extend", "update", "insert", "add"})


class Names:
    """The names that one scope's own statements bind, found once for each syntax node.

    bound: for each name, the statements that bind it. changed: the calls and assignments that change what it holds in place.
    """

    def __init__(self, node: ast.AST) -> None:
        self.bound: dict[str, list[ast.AST]] = {}
        self.changed: dict[str, list[ast.AST]] = {}
        for statement in own_nodes(node):
            self._note(statement)

    def _note(self, node: ast.AST) -> None:  # noqa: C901 - one case for each kind of statement
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                self._bind(alias.asname or alias.name.split(".")[0], node)
        elif isinstance(node, FunctionNode | ast.ClassDef):
            self._bind(node.name, node)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                self._target(target, node)
        elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.For | ast.AsyncFor | ast.NamedExpr):
            self._target(node.target, node)
        elif isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                if item.optional_vars:
                    self._target(item.optional_vars, node)
        elif isinstance(node, ast.Call):
            self._call(node)
        elif isinstance(node, ast.TypeAlias) if hasattr(ast, "TypeAlias") else False:
            self._target(node.name, node)  # type: ignore[attr-defined]

    def _call(self, node: ast.Call) -> None:
        if (
            isinstance(node.func, ast.Attribute)
            and node.func.attr in _CHANGES
            and isinstance(node.func.value, ast.Name)
        ):
            self.changed.setdefault(node.func.value.id, []).append(node)

    def _target(self, target: ast.AST, node: ast.AST) -> None:
        if isinstance(target, ast.Name):
            if isinstance(node, ast.AugAssign):
                self.changed.setdefault(target.id, []).append(node)
            elif not (isinstance(node, ast.AnnAssign) and node.value is None):
                self._bind(target.id, node)
        elif isinstance(target, ast.Tuple | ast.List):
            for part in target.elts:
                self._target(part, node)
        elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            self.changed.setdefault(target.value.id, []).append(node)

    def _bind(self, name: str, node: ast.AST) -> None:
        self.bound.setdefault(name, []).append(node)


class Scope:
    """A module, class or function as it is looked into, with values bound from outside: arguments and loop variables.

    node: its syntax, None for a block that only binds. values: name -> value; looked up before the scope's own names.
    """

    def __init__(
        self, module: Module, node: ast.AST | None, parent: Scope | None, values: dict[str, Any] | None = None
    ) -> None:
        self.module, self.node, self.parent = module, node, parent
        self.values = values or {}

    @property
    def names(self) -> Names:
        """The names its own statements bind."""
        return names_of(self.node) if self.node is not None else _NOTHING

    def block(self, values: dict[str, Any]) -> Scope:
        """The scope with more names bound, as a loop or a comprehension does."""
        return Scope(self.module, None, self, values)


_NOTED = (ast.Call, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_CACHE_NAME, _PARENT, _SPOT = "_toolmark_names", "_toolmark_parent", "_toolmark_spot"


def link(tree: ast.AST) -> list[ast.AST]:
    """Give every node of a syntax tree the way to the node around it; the calls, functions and classes among them come back, by place."""
    found: list[ast.AST] = []
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, _NOTED):
            found.append(node)
        # Not `ast.walk`, which takes three times as long: this runs over every file that mentions a tool.
        for name in node._fields:
            value = getattr(node, name, None)
            for child in value if isinstance(value, list) else (value,):
                if isinstance(child, ast.AST) and child._fields:
                    child.__dict__[_PARENT] = node
                    stack.append(child)
    found.sort(key=lambda node: (node.lineno, node.col_offset))  # type: ignore[attr-defined]
    return found


def above(node: ast.AST, until: ast.AST | None = None) -> list[ast.AST]:
    """The nodes around a node, innermost first, up to but without `until`."""
    found: list[ast.AST] = []
    current = getattr(node, _PARENT, None)
    while current is not None and current is not until:
        found.append(current)
        current = getattr(current, _PARENT, None)
    return found


def names_of(node: ast.AST) -> Names:
    """The names of a scope's node, kept on the node itself."""
    found = getattr(node, _CACHE_NAME, None)
    if found is None:
        found = Names(node)
        setattr(node, _CACHE_NAME, found)
    return found


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement and call of a scope in order of the text, without what nested functions and classes hold."""
    if isinstance(node, ast.Lambda):
        return
    stack = list(reversed(getattr(node, "body", [])))
    while stack:
        current = stack.pop()
        yield current
        if not isinstance(current, _SCOPES):
            stack.extend(reversed(list(ast.iter_child_nodes(current))))


_NOTHING = Names(ast.Module(body=[], type_ignores=[]))


@dataclass
class Module:
    """One parsed file. path: relative to the tree, with slashes. file: as shown to the user. parts: its dotted name."""

    path: str
    file: str
    text: str
    tree: ast.Module
    lines: list[str] = field(default_factory=list)
    scope: Scope = field(init=False)
    nodes: list[ast.AST] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = self.text.split("\n")
        self.scope = Scope(self, self.tree, None)
        self.nodes = link(self.tree)

    def spot(self, node: ast.AST) -> Spot:
        """Where a node stands; for a string, where its text begins."""
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        end = getattr(node, "end_lineno", None)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return self._text_spot(node, line, column, end)
        return Spot(self.file, line, self._column(line, column), end)

    def _column(self, line: int, offset: int) -> int:
        """Ast counts bytes; a column counts characters."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        return len(text.encode()[:offset].decode(errors="ignore")) + 1

    def _text_spot(self, node: ast.Constant, line: int, offset: int, end: int | None) -> Spot:
        known: tuple[Module, Spot] | None = getattr(node, _SPOT, None)
        if known is None or known[0] is not self:
            known = self, self._found_spot(node, line, offset, end)
            node.__dict__[_SPOT] = known
        return known[1]

    def _found_spot(self, node: ast.Constant, line: int, offset: int, end: int | None) -> Spot:
        source = "\n".join(self.lines[line - 1 : end])
        start, text = self._column(line, offset) - 1, str(node.value)
        opening = _opening(source[start : start + 5])
        inside = start + len(opening)
        if opening and source[inside : inside + len(text)] == text:
            return Spot(self.file, line, inside + 1, end, verbatim=True)
        spot = Spot(self.file, line, inside + 1, end)
        parts = self.texts(node)
        return marked(spot, parts[0][1]) if len(parts) == 1 and parts[0][0] == text else spot

    def texts(self, node: ast.expr) -> list[tuple[str, tuple[Mark, ...]]]:
        """The texts of an expression of string literals, before, between and behind its fields, with their marks."""
        line, end, last = node.lineno, node.end_lineno or node.lineno, node.end_col_offset
        rows = self.lines[line - 1 : end]
        if not rows:
            return []
        # The end first: it may stand in the first line.
        rows[-1] = rows[-1].encode()[:last].decode(errors="ignore")
        start = self._column(line, node.col_offset) - 1
        rows[0] = rows[0][start:]
        return literals.texts(Source("\n".join(rows), self.file, line, start + 1))


def _opening(source: str) -> str:
    """The prefix and quotes that a string literal begins with."""
    bare = source.lstrip("rRbBuUfF")
    prefix = source[: len(source) - len(bare)]
    for quotes in ('"""', "'''", '"', "'"):
        if bare.startswith(quotes):
            return prefix + quotes
    return ""
