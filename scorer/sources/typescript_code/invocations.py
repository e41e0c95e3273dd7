"""Calls: of helpers that are known, of methods, and of the functions of the tree."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.marks import aligned
from scorer.sources.tree.values import Items, Scalar, Unknown
from scorer.sources.typescript_code import classes, collections, imports, lists, unpacking, zod, zod_methods
from scorer.sources.typescript_code.parameters import parameter_nodes, with_default
from scorer.sources.typescript_code.values import (
    Env,
    External,
    Follows,
    Function,
    Instance,
    Zod,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module


_DEEPEST = 30
_THROUGH = re.compile(
    r"^(__importDefault|__importStar|__toESM|_interop\w*|__toCommonJS|Object\.freeze|freeze|structuredClone|Array\.from|defineTool|createTool|tool|makeTool|define|toolDefinition|Object\.seal|dedent|outdent|stripIndent)$"
)
# A helper that turns a zod schema into JSON Schema, whatever it is made of.
_CONVERTS = re.compile(r"(zod|to)_?json_?schema$", re.IGNORECASE)


def made(evaluator: Follows, node: Node, module: Module, env: Env, depth: int) -> Any:
    """`new X(...)`."""
    callee = evaluator.value(node.child_by_field_name("constructor"), module, env, depth)
    found = collections.made(evaluator, callee, node, module, env, depth)
    return found or Instance(callee, node, module, env, module.spot(node))


def call(evaluator: Follows, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: C901 - one case for each kind of callee
    callee = node.child_by_field_name("function")
    while callee is not None and callee.type in ("parenthesized_expression", "non_null_expression"):
        callee = callee.named_children[0]
    if callee is not None and callee.type == "sequence_expression":
        callee = callee.named_children[-1]
    if callee is None:
        return evaluator.computed(node, module)
    if callee.type == "member_expression":
        return _method(evaluator, callee, node, module, env, depth)
    name = module.raw(callee)
    given = evaluator.arguments(node)
    if name == "require" and given and given[0].type == "string":
        return imports.imported(evaluator, module.raw(given[0])[1:-1], "*", node, module, depth)
    function = evaluator.value(callee, module, env, depth)
    if isinstance(function, External) and (made := zod.from_call(evaluator, function.name, node, module, env, depth)):
        return made
    if _CONVERTS.search(name) and given:
        inner = evaluator.value(given[0], module, env, depth)
        if isinstance(inner, Zod) or zod_methods.is_shape(inner):
            return inner
    if isinstance(function, Function):
        found = _applied(evaluator, function, node, module, env, depth)
        if not isinstance(found, Unknown) or not _THROUGH.match(name):
            return found
    if _THROUGH.match(name) and given:
        inner = evaluator.value(given[0], module, env, depth)
        return _dedented(inner) if "dent" in name.lower() else inner
    if name == "String" and given:
        return evaluator.value(given[0], module, env, depth)
    return function if isinstance(function, Unknown) else evaluator.computed(node, module)


def _dedented(value: Any) -> Any:
    if isinstance(value, Scalar) and isinstance(value.value, str):
        text = textwrap.dedent(value.value).strip()
        return Scalar(text, aligned(value.spot, text, value.value, value.spot))
    return value


def _method(evaluator: Follows, callee: Node, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: C901, PLR0913, PLR0917 - one case for each kind of method
    inner, prop = callee.child_by_field_name("object"), callee.child_by_field_name("property")
    if inner is None or prop is None:
        return evaluator.computed(node, module)
    name = module.raw(prop)
    made = zod.factory(evaluator, inner, name, node, module, env, depth)
    if made is not None:
        return made
    if _THROUGH.match(module.raw(callee)) and evaluator.arguments(node):
        return evaluator.value(evaluator.arguments(node)[0], module, env, depth)
    if _CONVERTS.search(name) and (given := evaluator.arguments(node)):
        schema = evaluator.value(given[0], module, env, depth)
        if isinstance(schema, Zod) or zod_methods.is_shape(schema):
            return schema
    base = evaluator.value(inner, module, env, depth)
    if isinstance(base, Zod) and name == "toJSONSchema":
        return base
    if isinstance(base, Zod):
        return zod_methods.method(evaluator, base, name, node, module, env, depth)
    found = lists.method(evaluator, base, name, node, module, env, depth)
    if found is not None:
        return found
    if name == "bind" and isinstance(base, Function):
        return base
    function = (
        classes.of_this(evaluator, name, callee, module, env, depth)
        if inner.type == "this"
        else evaluator.member(base, name, callee, module, depth)
    )
    if isinstance(function, Function):
        return _applied(evaluator, function, node, module, env, depth)
    if isinstance(function, External) and (made := zod.from_call(evaluator, function.name, node, module, env, depth)):
        return made
    return base if isinstance(base, Unknown) else evaluator.computed(node, module)


def _applied(evaluator: Follows, function: Function, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - an expression and where it stands
    """What a function of the tree returns for these arguments."""
    if depth > _DEEPEST:
        return evaluator.unknown(node, module, "is nested too deep to follow")
    values = [evaluator.value(argument, module, env, depth) for argument in evaluator.arguments(node)]
    return evaluator.returned(function, evaluator.bound(function, values, depth), depth)


def bound(evaluator: Follows, function: Function, values: list[Any], depth: int = 0) -> Env:
    """The function's surroundings with its parameters bound."""
    env = dict(function.env)
    for position, target in enumerate(parameter_nodes(function.node)):
        given = values[position] if position < len(values) else None
        pattern, default = with_default(target)
        if given is None or (isinstance(given, Scalar) and given.value is None):
            given = (
                evaluator.value(default, function.module, env, depth)
                if default is not None
                else given or Scalar(None, function.spot)
            )
        if pattern.type == "rest_pattern":
            pattern, given = pattern.named_children[0], Items(values[position:], function.spot)
        for name, value in unpacking.unpacked(evaluator, pattern, given, function.module, env, depth).items():
            env[function.node.id, name] = value
    return env
