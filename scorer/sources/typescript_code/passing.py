"""What becomes of a definition where it is written: whether anything uses it, and what the function that it is given to makes of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Scalar, Table
from scorer.sources.typescript_code.values import Function, doubted

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module
    from scorer.sources.typescript_code.reader import Reader


_PASSING = frozenset({"arguments", "parenthesized_expression", "as_expression", "satisfies_expression", "arrow_function", "return_statement",
                      "statement_block", "function_expression"})  # fmt: skip


def passed(reader: Reader, node: Node, module: Module, value: Any) -> Any:
    """A definition as it is after the tree's own function that it is given to, or returned to, has changed it."""
    call = _call_around(node, module)
    if call is None or not isinstance(value, Table):
        return value
    if not isinstance(reader.evaluator.value(call.child_by_field_name("function"), module, {}), Function):
        return value
    made = reader.evaluator.value(call, module, {})
    if isinstance(made, Function):
        made = reader.evaluator.returned(made, made.env, 0)
    if isinstance(made, Table) and isinstance(made.items.get("name"), Scalar):
        return made
    used = (holder := module.parent(call)) is not None and holder.type not in ("expression_statement", "arguments")
    if not used or (isinstance(made, Scalar) and made.value is None):
        return value
    doubt = reader.evaluator.unknown(call, module, "may be changed")
    return replace(
        value, items={key: item if key == "name" else doubted(item, doubt) for key, item in value.items.items()}
    )


def _call_around(node: Node, module: Module) -> Node | None:
    """The call that an object is given to, or that a function is given to which returns it."""
    around = module.parent(node)
    while around is not None and around.type in _PASSING:
        if around.type == "arguments":
            return module.parent(around)
        around = module.parent(around)
    return None


def is_used(reader: Reader, node: Node, module: Module) -> bool:
    """Whether the variable or class that holds a definition is named anywhere else: else it is left over."""
    holder = module.parent(node)
    while holder is not None and holder.type in (
        "call_expression",
        "arguments",
        "as_expression",
        "satisfies_expression",
        "parenthesized_expression",
    ):
        holder = module.parent(holder)
    owner = node if node.type == "class_declaration" else holder
    named = (
        owner.child_by_field_name("name")
        if owner is not None and owner.type in ("variable_declarator", "class_declaration")
        else None
    )
    if named is None:
        return True
    word = re.compile(rb"(?<![\w$])" + re.escape(module.raw(named).encode()) + rb"(?![\w$])")
    uses = sum(len(word.findall(text)) for text in reader.modules.texts(module.raw(named).encode()))
    # Beside its declaration, CommonJS names it once more only to export it.
    return uses > (3 if b"Object.defineProperty(exports" in module.text[:2000] else 1)
