"""Parts of values: `base.name`, `base[index]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Items, Scalar, Table, Unknown
from scorer.sources.typescript_code import classes, zod_methods
from scorer.sources.typescript_code.values import (
    Class,
    Env,
    External,
    Follows,
    Instance,
    Namespace,
    Zod,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module


def member_expression(evaluator: Follows, node: Node, module: Module, env: Env, depth: int) -> Any:
    """`base.name`, `this.name`."""
    inner, prop = node.child_by_field_name("object"), node.child_by_field_name("property")
    if inner is None or prop is None:
        return evaluator.computed(node, module)
    name = module.raw(prop)
    if inner.type == "this":
        return classes.of_this(evaluator, name, node, module, env, depth)
    return member(evaluator, evaluator.value(inner, module, env, depth), name, node, module, depth)


def member(evaluator: Follows, base: Any, name: str, node: Node, module: Module, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - an expression and where it stands
    """`base.name`."""
    if isinstance(base, Table):
        if name in base.items:
            return base.items[name]
        return base.partial or Scalar(None, module.spot(node))
    if isinstance(base, Namespace):
        return evaluator.exported(base.module, name, node, module, depth)
    if isinstance(base, External) and base.name.removeprefix("node:") in (":process.env", "process:env"):
        doubt = evaluator.unknown(node, module, f"depends on {name} in the environment")
        return Scalar(None, module.spot(node), doubt)
    if isinstance(base, External):
        return External(
            base.name
            if name == "default" and base.name.endswith((":*", ":default"))
            else f"{base.name.removesuffix('*')}.{name}".replace(":.", ":"),
            module.spot(node),
        )
    if isinstance(base, Zod):
        return zod_methods.member(base, name, module.spot(node)) or evaluator.computed(node, module)
    if isinstance(base, Items) and name == "length" and not base.partial:
        return Scalar(len(base.items), module.spot(node))
    if isinstance(base, Class) or (isinstance(base, Instance) and isinstance(base.callee, Class)):
        return classes.of_instance(evaluator, base, name, depth) or evaluator.computed(node, module)
    return base if isinstance(base, Unknown) else evaluator.computed(node, module)


def subscript(evaluator: Follows, node: Node, module: Module, env: Env, depth: int) -> Any:
    """`base[index]`."""
    base = evaluator.value(node.child_by_field_name("object"), module, env, depth)
    index = evaluator.value(node.child_by_field_name("index"), module, env, depth)
    if isinstance(index, Scalar) and isinstance(index.value, str):
        return member(evaluator, base, index.value, node, module, depth)
    if (
        isinstance(base, Items)
        and isinstance(index, Scalar)
        and isinstance(index.value, int)
        and 0 <= index.value < len(base.items)
    ):
        return base.items[index.value]
    return base if isinstance(base, Unknown) else evaluator.computed(node, module)
