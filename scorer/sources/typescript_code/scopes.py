"""Which names a scope of JavaScript declares, and what a module exports."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from scorer.sources.typescript_code.modules import FUNCTIONS, SCOPES
from scorer.sources.typescript_code.parameters import parameters

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.modules import Module, Modules

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
            _declare(statement, module, found)
        module.names[scope.id] = found
    return found


def _declare(statement: Node, module: Module, found: dict[str, Node]) -> None:
    if statement.type == "export_statement":
        inner = statement.child_by_field_name("declaration")
        if inner is not None:
            _declare(inner, module, found)
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


def import_of(statement: Node, name: str, module: Module) -> tuple[str, str]:
    """The specifier that a name is imported from, and what it is called there (`*` for all, `default`)."""
    source = statement.child_by_field_name("source")
    specifier = module.raw(source)[1:-1] if source is not None else ""
    clause = next((child for child in statement.named_children if child.type == "import_clause"), None)
    for part in clause.named_children if clause else ():
        if part.type == "identifier" and module.raw(part) == name:
            return specifier, "default"
        if part.type == "namespace_import":
            return specifier, "*"
        if part.type == "named_imports":
            for one in part.named_children:
                own, alias = one.child_by_field_name("name"), one.child_by_field_name("alias")
                if own is not None and module.raw(alias or own) == name:
                    return specifier, module.raw(own).strip("\"'")
    return specifier, "*"


def exports_of(module: Module) -> dict[str, tuple[str, Node | str]]:
    """What a module exports: name -> ("here", node or local name) or ("from", "specifier:name"); "*" lists are under "*N"."""
    if module.exports is None:
        module.exports = {}
        for statement in module.root.named_children:
            _export(statement, module, module.exports)
    return module.exports


def imported_as(name: str, module: Module, modules: Modules) -> list[tuple[str, Module]]:
    """The names by which other modules import what a module calls `name`, each with the module."""
    outer = {alias for alias, (where, what) in exports_of(module).items() if where == "here" and what == name}
    stem = posixpath.splitext(posixpath.basename(module.path))[0].encode()
    found = []
    for home in modules.holding((stem,)) if outer else ():
        for local, statement in names_in(home.root, home).items():
            if statement.type == "import_statement":
                specifier, own = import_of(statement, local, home)
                if own in outer and modules.imported(specifier, home) is module:
                    found.append((local, home))
    return found


def _export(statement: Node, module: Module, found: dict[str, tuple[str, Node | str]]) -> None:  # noqa: C901 - one case for each form
    if statement.type == "expression_statement":
        _common_js(statement.named_children[0] if statement.named_children else statement, module, found)
        return
    if statement.type != "export_statement":
        return
    source = statement.child_by_field_name("source")
    specifier = module.raw(source)[1:-1] if source is not None else ""
    clause = next((child for child in statement.named_children if child.type == "export_clause"), None)
    value = statement.child_by_field_name("value")
    declaration = statement.child_by_field_name("declaration")
    if clause is not None:
        for one in clause.named_children:
            own = one.child_by_field_name("name")
            if own is not None:
                name = module.raw(one.child_by_field_name("alias") or own)
                found[name] = ("from", f"{specifier}:{module.raw(own)}") if specifier else ("here", module.raw(own))
    elif specifier:
        inner = next((child for child in statement.named_children if child.type == "namespace_export"), None)
        key = module.raw(inner.named_children[0]) if inner is not None else f"*{len(found)}"
        found[key] = ("from", f"{specifier}:*")
    elif value is not None:
        found["default"] = ("here", value)
    elif declaration is not None:
        names: dict[str, Node] = {}
        _declare(declaration, module, names)
        default = any(child.type == "default" for child in statement.children)
        for name in names:
            found["default" if default else name] = ("here", name)
        if not names and default:
            found["default"] = ("here", declaration)


def _common_js(node: Node, module: Module, found: dict[str, tuple[str, Node | str]]) -> None:
    """`exports.x = ...`, `module.exports = {...}`, `__exportStar(require("./x"), exports)`."""
    if node.type == "assignment_expression":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        target = module.raw(left) if left is not None else ""
        if right is None:
            return
        if target == "module.exports":
            found["*self"] = ("here", right)
        elif target.startswith(("exports.", "module.exports.")):
            name = target.rsplit(".", 1)[-1]
            if right.type == "assignment_expression":
                _common_js(right, module, found)
                right = right.child_by_field_name("right") or right
            if module.raw(right) not in ("void 0", "undefined"):
                found[name] = ("here", right)
    elif node.type == "call_expression" and module.raw(node).startswith(("__exportStar(", "tslib_1.__exportStar(")):
        text = module.raw(node)
        quote = '"' if '"' in text else "'"
        pieces = text.split(quote)
        if len(pieces) > 2:
            found[f"*{len(found)}"] = ("from", f"{pieces[1]}:*")
