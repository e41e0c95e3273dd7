"""Which names a scope of JavaScript declares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.sources.typescript_code.module import FUNCTIONS, SCOPES
from scorer.sources.typescript_code.parameters import parameters

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module

_DECLARATIONS = frozenset({"lexical_declaration", "variable_declaration"})
_NAMED = frozenset(
    {
        "function_declaration",
        "class_declaration",
        "generator_function_declaration",
        "abstract_class_declaration",
        "enum_declaration",
    }
)


def scope_of(node: Node, module: Module) -> Node | None:
    """The nearest scope around a node."""
    current = module.parent(node)
    while current is not None and current.type not in SCOPES:
        current = module.parent(current)
    return current


def owner_of(node: Node, name: str, module: Module) -> Node | None:
    """The scope that declares a name as seen from a node."""
    scope = scope_of(node, module)
    while scope is not None and name not in names_in(scope, module) and not _binds(scope, name, module):
        scope = scope_of(scope, module)
    return scope


def _binds(scope: Node, name: str, module: Module) -> bool:
    """Whether a function's parameter or a loop's variable has the name."""
    if scope.type in FUNCTIONS:
        return name in parameters(scope, module)
    return scope.type == "for_in_statement" and name in loop_names(scope, module)


def loop_names(loop: Node, module: Module) -> set[str]:
    """The names that a loop binds on each turn."""
    left = loop.child_by_field_name("left")
    return set(re.findall(r"[\w$]+", module.raw(left))) if left is not None else set()


def names_in(scope: Node, module: Module) -> dict[str, Node]:
    """The names that a scope's own statements declare, each with the node that declares it."""
    found = module.names.get(scope.id)
    if found is None:
        found = {}
        for statement in scope.named_children:
            declare(statement, module, found)
        module.names[scope.id] = found
    return found


def declare(statement: Node, module: Module, found: dict[str, Node]) -> None:
    """Add the names that a statement declares, each with the node that declares it."""
    if statement.type == "export_statement":
        inner = statement.child_by_field_name("declaration")
        if inner is not None:
            declare(inner, module, found)
    elif statement.type in _DECLARATIONS:
        for declarator in statement.named_children:
            if declarator.type == "variable_declarator":
                _pattern(declarator.child_by_field_name("name"), declarator, module, found)
    elif statement.type in _NAMED:
        name = statement.child_by_field_name("name")
        if name is not None:
            found.setdefault(module.raw(name), statement)
    elif statement.type == "import_statement":
        _imports(statement, module, found)
    elif statement.type in ("for_in_statement", "ambient_declaration"):
        return


def _pattern(target: Node | None, node: Node, module: Module, found: dict[str, Node]) -> None:
    if target is None:
        return
    if target.type in ("identifier", "shorthand_property_identifier_pattern"):
        found.setdefault(module.raw(target), node)
    elif target.type in (
        "object_pattern",
        "array_pattern",
        "rest_pattern",
        "assignment_pattern",
        "object_assignment_pattern",
        "pair_pattern",
    ):
        parts = [target.child_by_field_name("value")] if target.type == "pair_pattern" else target.named_children
        for part in parts if target.type not in ("assignment_pattern", "object_assignment_pattern") else parts[:1]:
            _pattern(part, node, module, found)


def _imports(statement: Node, module: Module, found: dict[str, Node]) -> None:
    clause = next((child for child in statement.named_children if child.type == "import_clause"), None)
    for part in clause.named_children if clause else ():
        if part.type == "identifier":
            found[module.raw(part)] = statement
        elif part.type == "namespace_import":
            found[module.raw(part.named_children[0])] = statement
        elif part.type == "named_imports":
            for specifier in part.named_children:
                name = specifier.child_by_field_name("alias") or specifier.child_by_field_name("name")
                if name is not None:
                    found[module.raw(name)] = statement
