"""What a JavaScript expression gives, worked out from the text alone; nothing is executed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.tree.values import Scalar, Unknown
from scorer.sources.typescript_code import (
    containers,
    imports,
    invocations,
    literals,
    members,
    names,
    operations,
    statements,
)
from scorer.sources.typescript_code.effort import Effort
from scorer.sources.typescript_code.module import FUNCTIONS, WRAPPERS
from scorer.sources.typescript_code.values import Class, Env, Function

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module
    from scorer.sources.typescript_code.modules import Modules

_DEEPEST = 60
_CONSTANTS = {"true": True, "false": False, "null": None, "undefined": None}
_KINDS = {
    "string": literals.string,
    "template_string": literals.template,
    "number": literals.number,
    "object": containers.object_literal,
    "array": containers.array_literal,
    "member_expression": members.member_expression,
    "subscript_expression": members.subscript,
    "call_expression": invocations.call,
    "new_expression": invocations.made,
    "binary_expression": operations.binary,
    "ternary_expression": operations.ternary,
    "unary_expression": operations.unary,
}


class Evaluator:
    """Evaluates expressions of one tree. effort: how much it may still do."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self.effort = Effort()
        self._pending: set[tuple[int, int, int]] = set()
        self._known: dict[tuple[int, str], Any] = {}
        self._given: dict[tuple[int, str, int], tuple[Env, Any]] = {}
        self._cuts = 0

    def unknown(self, node: Node, module: Module, reason: str) -> Unknown:
        """A gap at the node."""
        spot = module.spot(node)
        return Unknown(f"{reason} at {spot.file}:{spot.line}", spot)

    def computed(self, node: Node, module: Module) -> Unknown:
        """A gap where something is worked out at run time."""
        return self.unknown(node, module, "is computed")

    def value(self, node: Node | None, module: Module, env: Env, depth: int = 0) -> Any:
        """What the expression gives."""
        if node is None:
            return Unknown("is not there", module.spot(module.root))
        if not env and (node.id, module.path) in self._known:
            return self._known[node.id, module.path]
        key = (id(module), node.id, id(env))
        if depth > _DEEPEST or key in self._pending or not self.effort.spend():
            self._cuts += 1
            return self.unknown(node, module, "is nested too deep to follow")
        cuts = self._cuts
        self._pending.add(key)
        try:
            found = self._value(node, module, env, depth + 1)
        finally:
            self._pending.discard(key)
        # What was cut short on the way here may be known from elsewhere.
        if not env and self._cuts == cuts:
            self._known[node.id, module.path] = found
        return found

    def _value(self, node: Node, module: Module, env: Env, depth: int) -> Any:
        kind = node.type
        if kind in _KINDS:
            return _KINDS[kind](self, node, module, env, depth)
        if kind in ("identifier", "shorthand_property_identifier"):
            return names.lookup(self, module.raw(node), node, module, env, depth)
        if kind in _CONSTANTS:
            return Scalar(_CONSTANTS[kind], module.spot(node))
        if kind in ("class", "class_declaration"):
            return Class(node, module, env, module.spot(node))
        if kind in FUNCTIONS:
            return Function(node, module, env, module.spot(node))
        if node.named_children and (kind in WRAPPERS or kind == "sequence_expression"):
            last = kind in ("type_assertion", "sequence_expression")
            return self.value(node.named_children[-1 if last else 0], module, env, depth)
        return self.computed(node, module)

    def given(self, node: Node, module: Module, env: Env, depth: int) -> Any:
        """What a variable is declared as; kept for its surroundings, which are held so that no other takes their place."""
        key = (node.id, module.path, id(env))
        if key not in self._given:
            cuts = self._cuts
            value = self.value(node, module, env, depth)
            if self._cuts != cuts:
                return value
            self._given[key] = (env, value)
        return self._given[key][1]

    def arguments(self, node: Node) -> list[Node]:
        """The arguments of a call."""
        found = node.child_by_field_name("arguments")
        return [child for child in found.named_children if child.type != "comment"] if found is not None else []

    def exported(self, target: Module, name: str, node: Node, module: Module, depth: int) -> Any:
        """What a module of the tree exports under a name."""
        return imports.exported(self, target, name, node, module, depth)

    def declared(self, declared: Node, name: str, module: Module, depth: int) -> Any:
        """What a declaration of a module means after all of the module has run."""
        return names.declaration(self, declared, name, module.root, module.root, module, {}, depth)

    def member(self, base: Any, name: str, node: Node, module: Module, depth: int) -> Any:
        """A property of a value."""
        return members.member(self, base, name, node, module, depth)

    def bound(self, function: Function, values: list[Any], depth: int = 0) -> Env:
        """A function's surroundings with its parameters bound."""
        return invocations.bound(self, function, values, depth)

    def returned(self, function: Function, env: Env, depth: int) -> Any:
        """What a function gives."""
        return statements.returned(self, function, env, depth)
