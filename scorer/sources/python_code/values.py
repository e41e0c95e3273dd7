"""What a Python expression can mean beside plain data: functions, classes, things of other packages, and calls of these."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from scorer.sources.python_code.modules import Modules
    from scorer.sources.python_code.scopes import FunctionNode, Module, Scope
    from scorer.sources.tree.values import Spot, Unknown


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the tree. scope: where it stands. owner: the class that it is a method of."""

    node: FunctionNode | ast.Lambda
    scope: Scope
    owner: Class | None = None

    @property
    def spot(self) -> Spot:
        """Where it begins."""
        return self.scope.module.spot(self.node)

    @property
    def name_spot(self) -> Spot:
        """Where its name stands."""
        spot, lines = self.spot, self.scope.module.lines
        column = lines[spot.line - 1].find(self.name, spot.column) + 1
        return replace(spot, column=column or spot.column, end_line=spot.line, verbatim=column > 0)

    @property
    def name(self) -> str:
        """Its own name."""
        return "<lambda>" if isinstance(self.node, ast.Lambda) else self.node.name


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the tree. scope: where it stands."""

    node: ast.ClassDef
    scope: Scope

    @property
    def spot(self) -> Spot:
        """Where it begins."""
        return self.scope.module.spot(self.node)


@dataclass(frozen=True, slots=True)
class External:
    """Something of another package by its dotted name: `mcp.types.Tool`, `typing.Optional`, `str`."""

    name: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class ModuleValue:
    """A module or package of the tree."""

    module: Module | None
    parts: tuple[str, ...]
    spot: Spot


@dataclass(frozen=True, slots=True)
class Made:
    """What a call of a class, or of something external, gives. scope: where the call's arguments are looked up."""

    callee: Class | External
    call: ast.Call | None
    scope: Scope
    spot: Spot


@dataclass(frozen=True, slots=True)
class Alias:
    """A type expression that has a name: `Path = Annotated[str, ...]`."""

    node: ast.expr
    scope: Scope
    spot: Spot


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an enumeration of the tree."""

    owner: Class
    name: str
    value: Any
    spot: Spot


@dataclass(frozen=True, slots=True)
class Thunk:
    """An expression that is evaluated in its own scope when somebody needs it: an argument."""

    node: ast.expr
    scope: Scope


class Follows(Protocol):
    """What the evaluator offers to those who work out one kind of expression."""

    modules: Modules

    def value(self, node: ast.AST | None, scope: Scope, depth: int = 0) -> Any:
        """What an expression gives."""

    def unknown(self, node: ast.AST, scope: Scope, reason: str) -> Unknown:
        """A gap at the node."""

    def computed(self, node: ast.AST, scope: Scope) -> Unknown:
        """A gap where something is worked out at run time."""

    def lookup(self, name: str, scope: Scope, node: ast.AST, depth: int = 0) -> Any:
        """The value of a name as seen from a scope."""

    def attribute(self, base: Any, name: str, node: ast.AST, scope: Scope, depth: int) -> Any:
        """`base.name`."""

    def class_attribute(self, owner: Class, name: str, node: ast.AST, scope: Scope, depth: int) -> Any:
        """What a class holds under a name."""

    def lineage(self, owner: Class, depth: int = 0) -> list[Class]:
        """The class and those of its bases that are of the tree."""

    def foundations(self, owner: Class, depth: int = 0) -> list[str]:
        """The dotted names of the classes of other packages that a class derives from."""

    def is_enum(self, owner: Class, depth: int = 0) -> bool:
        """Whether a class is an enumeration."""

    def members(self, owner: Class, depth: int = 0) -> list[Member]:
        """The members of an enumeration."""

    def turns(self, target: ast.AST, iterated: ast.expr, scope: Scope, depth: int = 0) -> list[dict[str, Any]] | None:
        """What a loop binds in each of its turns."""

    def entered(self, function: Function, node: ast.Call, scope: Scope) -> Scope:
        """The scope of a function that is called with these arguments."""
