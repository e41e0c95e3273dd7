"""What a name means where it is used: the nearest declaration of it, after what was assigned to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Items, Scalar, Table
from scorer.sources.typescript_code import additions, enums, imports, statements, unpacking
from scorer.sources.typescript_code.exports import import_of
from scorer.sources.typescript_code.module import FUNCTIONS
from scorer.sources.typescript_code.parameters import parameters
from scorer.sources.typescript_code.scopes import loop_names, names_in, scope_of
from scorer.sources.typescript_code.values import (
    Env,
    External,
    Follows,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module


def lookup(evaluator: Follows, name: str, node: Node, module: Module, env: Env, depth: int = 0) -> Any:  # noqa: PLR0913, PLR0917 - an expression and where it stands
    """The value of a name as seen from a node."""
    if name == "undefined":
        return Scalar(None, module.spot(node))
    scope = scope_of(node, module)
    while scope is not None:
        if (scope.id, name) in env:
            return env[scope.id, name]
        declared = names_in(scope, module).get(name)
        if declared is not None and not (declared.type == "variable_declarator" and _within(node, declared)):
            return declaration(evaluator, declared, name, scope, node, module, env, depth)
        if scope.type in FUNCTIONS and name in parameters(scope, module):
            return evaluator.unknown(node, module, f"depends on the parameter `{name}`")
        if scope.type == "for_in_statement" and name in loop_names(scope, module):
            return evaluator.unknown(node, module, f"depends on the loop over `{name}`")
        scope = scope_of(scope, module)
    return External(f":{name}", module.spot(node))


def declaration(  # noqa: PLR0913, PLR0917 - where it stands
    evaluator: Follows, declared: Node, name: str, scope: Node, node: Node, module: Module, env: Env, depth: int
) -> Any:
    """What a declaration gives to a name that is used at a node."""
    if declared.type == "import_statement":
        specifier, own = import_of(declared, name, module)
        return imports.imported(evaluator, specifier, own, declared, module, depth)
    if declared.type == "variable_declarator":
        return _variable(evaluator, declared, name, scope, node, module, env, depth)
    if declared.type == "enum_declaration":
        return enums.declared_enum(evaluator, declared, module, env, depth)
    return evaluator.value(declared, module, env, depth)


def _variable(  # noqa: PLR0913, PLR0917 - where it stands
    evaluator: Follows, declared: Node, name: str, scope: Node, node: Node, module: Module, env: Env, depth: int
) -> Any:
    target, given = declared.child_by_field_name("name"), declared.child_by_field_name("value")
    if target is None or given is None:
        return _assigned_later(evaluator, name, declared, scope, module, env, depth)
    value = evaluator.given(given, module, env, depth)
    if target.type == "identifier" and not _is_constant(declared, module):
        value = statements.reassigned(evaluator, name, value, node, scope, module, env, depth)
    if target.type != "identifier":
        return unpacking.unpacked(evaluator, target, value, module, env, depth).get(
            name, evaluator.computed(declared, module)
        )
    if isinstance(value, Items | Table):
        return additions.changed(evaluator, name, value, node, scope, module, env, depth)
    return value


def _assigned_later(  # noqa: PLR0913, PLR0917 - an expression and where it stands
    evaluator: Follows, name: str, declared: Node, scope: Node, module: Module, env: Env, depth: int
) -> Any:
    """`let x; ... x = value;`, as compilers write it, when there is one such assignment in the scope itself."""
    found = []
    for statement in scope.named_children:
        inner = (
            statement.named_children[0]
            if statement.type == "expression_statement" and statement.named_children
            else None
        )
        if inner is not None and inner.type == "assignment_expression":
            left = inner.child_by_field_name("left")
            if left is not None and module.raw(left) == name:
                found.append(inner.child_by_field_name("right"))
    if len(found) == 1:
        return evaluator.value(found[0], module, env, depth)
    if (compiled := enums.compiled_enum(evaluator, name, declared, scope, module, env, depth)) is not None:
        return compiled
    return _lazy_init(evaluator, name, declared, module, env, depth)


def _lazy_init(evaluator: Follows, name: str, declared: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - an expression and where it stands
    """A bundler's `var X; var init = __esm({ "file"() { X = value; } })`: the one assignment anywhere in the file."""
    if not re.fullmatch(r"[\w$]+", name):
        return evaluator.computed(declared, module)
    found = []
    for word in module.at(re.compile(rb"(?<![\w$.])(" + re.escape(name.encode()) + rb")\s*=(?![=>])")):
        holder = module.parent(word)
        if holder is not None and holder.type == "assignment_expression":
            found.append(holder.child_by_field_name("right"))
    if len(found) == 1:
        return evaluator.value(found[0], module, env, depth)
    return evaluator.computed(declared, module)


def _is_constant(declared: Node, module: Module) -> bool:
    holder = module.parent(declared)
    kind = holder.child_by_field_name("kind") if holder is not None else None
    return kind is not None and module.raw(kind) == "const"


def _within(node: Node, declared: Node) -> bool:
    """Whether a name is used in its own declaration, so that an outer one is meant."""
    given = declared.child_by_field_name("value")
    if given is None or given.type in FUNCTIONS or given.type in ("object", "call_expression", "array"):
        return False
    return given.start_byte <= node.start_byte < given.end_byte
