"""What objects of the tree's classes hold: fields, methods, and what constructors assign, along the classes they extend."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorer.sources.typescript_code.parameters import parameter_nodes, with_default
from scorer.sources.typescript_code.values import Class, Env, Follows, Function, Instance

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module

_CLASSES = frozenset({"class_declaration", "class", "abstract_class_declaration"})
# Levels of classes that extend each other.
_DEEPEST = 30


def class_around(node: Node, module: Module) -> Node | None:
    """The class in whose body a node stands."""
    current: Node | None = node
    while current is not None and current.type not in _CLASSES:
        current = module.parent(current)
    return current


def of_this(evaluator: Follows, name: str, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - a name and where it stands
    """`this.name`: of the object that the method was called on where that is known, else of the class around."""
    around = class_around(node, module)
    if around is None:
        return evaluator.computed(node, module)
    owner = env.get((around.id, "this")) or Class(around, module, env, module.spot(around))
    found = of_instance(evaluator, owner, name, depth)
    return (
        found if found is not None else evaluator.unknown(node, module, f"depends on the object whose `{name}` it is,")
    )


def of_instance(evaluator: Follows, base: Class | Instance, name: str, depth: int) -> Any:
    """A member of a class or of an object that was made of one; None when it has none of this name."""
    if isinstance(base, Class):
        return field(evaluator, base, name, depth, base)
    owner = base.callee
    given = [evaluator.value(argument, base.module, base.env, depth) for argument in evaluator.arguments(base.node)]
    return (
        field(evaluator, _made(evaluator, owner, given, depth), name, depth, base)
        if given
        else field(evaluator, owner, name, depth, base)
    )


def field(evaluator: Follows, owner: Class, name: str, depth: int, this: Class | Instance) -> Any:
    """What a class declares under a name: a field, a method, or what its constructor assigns; None when it does not."""
    if _is_derived(owner, this):
        owner = replace(owner, env={**owner.env, (owner.node.id, "this"): this})
    constructed = None
    for child in _body(owner):
        named = child.child_by_field_name("name") or child.child_by_field_name("property")
        text = owner.module.raw(named).strip("\"'") if named is not None else ""
        if text == "constructor" and child.type == "method_definition":
            constructed = _constructed(evaluator, child, name, owner, depth)
        elif text == name and child.type in ("public_field_definition", "field_definition"):
            given = child.child_by_field_name("value")
            if given is not None:
                return evaluator.value(given, owner.module, owner.env, depth)
        elif text == name and child.type == "method_definition":
            return _method(evaluator, child, owner, depth)
    return constructed if constructed is not None else _inherited(evaluator, owner, name, depth, this)


def _is_derived(owner: Class, this: Class | Instance) -> bool:
    own = this.callee if isinstance(this, Instance) else this
    return own.node.id != owner.node.id or own.module is not owner.module


def _method(evaluator: Follows, node: Node, owner: Class, depth: int) -> Any:
    method = Function(node, owner.module, owner.env, owner.module.spot(node))
    getter = any(part.type == "get" for part in node.children)
    return evaluator.returned(method, owner.env, depth) if getter else method


def _inherited(evaluator: Follows, owner: Class, name: str, depth: int, this: Class | Instance) -> Any:
    base = base_of(evaluator, owner, depth)
    if base is None or depth > _DEEPEST:
        return None
    passed = _passed_up(evaluator, owner, depth)
    return field(evaluator, base if passed is None else _made(evaluator, base, passed, depth), name, depth + 4, this)


def base_of(evaluator: Follows, owner: Class, depth: int = 0) -> Class | None:
    """The class of the tree that a class extends."""
    heritage = next((child for child in owner.node.named_children if child.type == "class_heritage"), None)
    if heritage is None or depth > _DEEPEST:
        return None
    clause = next((child for child in heritage.named_children if child.type == "extends_clause"), heritage)
    value = evaluator.value(
        clause.named_children[0] if clause.named_children else None, owner.module, owner.env, depth + 4
    )
    return value if isinstance(value, Class) else None


def _passed_up(evaluator: Follows, owner: Class, depth: int) -> list[Any] | None:
    """What the class's constructor gives to `super(...)`; None when it has no constructor of its own."""
    constructor = _constructor(owner)
    body = constructor.child_by_field_name("body") if constructor is not None else None
    for statement in body.named_children if body is not None else ():
        call = statement.named_children[0] if statement.named_children else None
        callee = call.child_by_field_name("function") if call is not None and call.type == "call_expression" else None
        if call is not None and callee is not None and callee.type == "super":
            return [evaluator.value(one, owner.module, owner.env, depth + 1) for one in evaluator.arguments(call)]
    return None


def _made(evaluator: Follows, owner: Class, given: list[Any], depth: int) -> Class:
    """The class with its constructor's parameters bound; they go on to the class that it extends when it has no constructor."""
    constructor = _constructor(owner)
    if constructor is None:
        return owner
    function = Function(constructor, owner.module, owner.env, owner.spot)
    return replace(owner, env=evaluator.bound(function, given, depth))


def _constructor(owner: Class) -> Node | None:
    return next(
        (
            child
            for child in _body(owner)
            if child.type == "method_definition"
            and (named := child.child_by_field_name("name")) is not None
            and owner.module.raw(named) == "constructor"
        ),
        None,
    )


def _body(owner: Class) -> list[Node]:
    body = owner.node.child_by_field_name("body")
    return body.named_children if body is not None else []


def _constructed(evaluator: Follows, method: Node, name: str, owner: Class, depth: int) -> Any:
    """What a constructor assigns to `this.name`, also by a parameter property (`constructor(private name: string)`)."""
    for target in parameter_nodes(method):
        pattern, _ = with_default(target)
        kept = any(child.type in ("accessibility_modifier", "readonly") for child in target.children)
        if kept and owner.module.raw(pattern) == name:
            return owner.env.get((method.id, name)) or evaluator.unknown(
                target, owner.module, f"depends on the parameter `{name}`"
            )
    body = method.child_by_field_name("body")
    for statement in body.named_children if body else ():
        inner = statement.named_children[0] if statement.named_children else None
        if statement.type == "expression_statement" and inner is not None and inner.type == "assignment_expression":
            left = inner.child_by_field_name("left")
            if left is not None and owner.module.raw(left) == f"this.{name}":
                return evaluator.value(inner.child_by_field_name("right"), owner.module, owner.env, depth)
    return None
