"""`base.name`, for everything that a base may be."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code.binding import bind, targets
from scorer.sources.python_code.docstrings import docstring
from scorer.sources.python_code.scopes import FunctionNode, Scope
from scorer.sources.python_code.values import Class, External, Function, Made, Member, ModuleValue
from scorer.sources.tree.values import Scalar, Unknown

if TYPE_CHECKING:
    from scorer.sources.python_code.values import Follows

_SELF = "_toolmark_self"


def attribute(evaluator: Follows, base: Any, name: str, node: ast.AST, scope: Scope, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - a value, and where it is asked for
    """`base.name`."""
    if isinstance(base, External):
        return External(f"{base.name}.{name}", scope.module.spot(node))
    if isinstance(base, ModuleValue) and base.module:
        if name in base.module.scope.names.bound:
            return evaluator.lookup(name, base.module.scope, node, depth)
        below = evaluator.modules.imported(name, 1, base.module)
        return ModuleValue(below, (), base.spot) if below else evaluator.lookup(name, base.module.scope, node, depth)
    if isinstance(base, Class):
        return evaluator.class_attribute(base, name, node, scope, depth)
    if isinstance(base, Made) and isinstance(base.callee, Class):
        return _of_instance(evaluator, base, name, node, scope, depth)
    if isinstance(base, Made):
        return _of_external(evaluator, base, name, node, scope)
    if isinstance(base, Member) and name in ("value", "_value_"):
        return base.value
    if isinstance(base, Member) and name == "name":
        return Scalar(base.name, base.spot)
    if isinstance(base, Function) and name in ("__doc__", "__name__"):
        return _of_function(base, name)
    return base if isinstance(base, Unknown) else evaluator.computed(node, scope)


def _of_function(function: Function, name: str) -> Any:
    if name == "__name__" or isinstance(function.node, ast.Lambda):
        return Scalar(function.name, function.spot)
    return docstring(function.node, function.scope.module) or Scalar(None, function.spot)


def _of_instance(evaluator: Follows, base: Made, name: str, node: ast.AST, scope: Scope, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - a value, and where it is asked for
    owner = base.callee
    assert isinstance(owner, Class)
    for found in evaluator.lineage(owner, depth):
        for statement, inner in _assigned_to_self(found, name):
            held = _instance_scope(inner, base)
            return evaluator.value(statement.value, held, depth)
    passed = _passed(evaluator, base, name)
    return passed if passed is not None else evaluator.class_attribute(owner, name, node, scope, depth)


def _passed(evaluator: Follows, base: Made, name: str) -> Any:
    """A field of a dataclass or model as it was passed to the constructor."""
    if base.call is None:
        return None
    for keyword in base.call.keywords:
        if keyword.arg == name:
            return evaluator.value(keyword.value, base.scope)
    return None


def _assigned_to_self(owner: Class, name: str) -> list[tuple[Any, Function]]:
    """The statements of a class's methods that set an attribute of the instance, with their methods."""
    known: dict[str, list[tuple[Any, Any]]] | None = getattr(owner.node, _SELF, None)
    if known is None:
        known = _self_assignments(owner.node)
        owner.node.__dict__[_SELF] = known
    inner = Scope(owner.scope.module, owner.node, owner.scope)
    return [(statement, Function(method, inner, owner)) for statement, method in known.get(name, ())]


def _self_assignments(node: ast.ClassDef) -> dict[str, list[tuple[Any, Any]]]:
    """For each attribute, the statements that set it and their methods, the constructor's first; kept on the class's node."""
    found: dict[str, list[tuple[Any, Any]]] = {}
    methods = [method for method in node.body if isinstance(method, FunctionNode) and method.args.args]
    for method in sorted(methods, key=lambda one: one.name != "__init__"):
        me = method.args.args[0].arg
        for statement in ast.walk(method):
            for target in targets(statement):
                if isinstance(target, ast.Attribute) and getattr(target.value, "id", "") == me:
                    found.setdefault(target.attr, []).append((statement, method))
    return found


def _instance_scope(method: Function, base: Made) -> Scope:
    """The scope of a method, its parameters bound to what the instance was made with where it is the constructor."""
    values: dict[str, Any] = {}
    if method.name == "__init__" and base.call is not None:
        values = bind(method, base.call, base.scope, skip=1)
    values[method.node.args.args[0].arg] = base
    return Scope(method.scope.module, method.node, method.scope, values)


def _of_external(evaluator: Follows, base: Made, name: str, node: ast.AST, scope: Scope) -> Any:
    passed = _passed(evaluator, base, name)
    if passed is not None:
        return passed
    if isinstance(base.callee, External) and base.callee.name.split(".")[-1] == "SimpleNamespace":
        return evaluator.computed(node, scope)
    return External(
        f"{base.callee.name}().{name}" if isinstance(base.callee, External) else name, scope.module.spot(node)
    )
