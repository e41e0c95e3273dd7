"""What a module exports, and under which names other modules import it."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from scorer.sources.typescript_code.scopes import declare, names_in

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module
    from scorer.sources.typescript_code.modules import Modules


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


def exports_of(module: Module) -> dict[str, tuple[str, Node | str]]:
    """What a module exports: name -> ("here", node or local name) or ("from", "specifier:name"); "*" lists are under "*N"."""
    if module.exports is None:
        module.exports = {}
        for statement in module.root.named_children:
            _export(statement, module, module.exports)
    return module.exports


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
        declare(declaration, module, names)
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
