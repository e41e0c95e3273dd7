"""What a JavaScript expression can mean beside plain data: functions, classes, modules, and zod's schemas."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from scorer.sources.tree.values import doubtful

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.tree.values import Spot, Unknown
    from scorer.sources.typescript_code.effort import Effort
    from scorer.sources.typescript_code.module import Module
    from scorer.sources.typescript_code.modules import Modules

# Values bound from outside, by the id of the function and the name of its parameter.
Env = dict[tuple[int, str], Any]


@dataclass(frozen=True, slots=True)
class Function:
    """A function or method of the tree, with the values that its surroundings have bound."""

    node: Node
    module: Module
    env: Env
    spot: Spot


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the tree."""

    node: Node
    module: Module
    env: Env
    spot: Spot


@dataclass(frozen=True, slots=True)
class Instance:
    """`new X(...)`. callee: the class, or something external."""

    callee: Any
    node: Node
    module: Module
    env: Env
    spot: Spot


@dataclass(frozen=True, slots=True)
class Namespace:
    """All that a module of the tree exports."""

    module: Module
    spot: Spot


@dataclass(frozen=True, slots=True)
class External:
    """Something of a package: its specifier, a colon, and the path in it (`zod:z.object`)."""

    name: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Zod:
    """A zod schema. kind: its factory (`string`, `object`, ...).

    parts: what the factory was given, by a name of our own (`shape`, `items`, `options`, `values`, `inner`). checks: in the order of the calls.
    gap: why it is not known completely.
    """

    kind: str
    spot: Spot
    parts: dict[str, Any] = field(default_factory=dict)
    checks: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    description: Any = None
    gap: Unknown | None = None


def doubted(value: Any, doubt: Unknown | None) -> Any:
    """A value, or a schema, that may be another: still shown, but not known."""
    return replace(value, gap=doubt) if isinstance(value, Zod) and doubt else doubtful(value, doubt)


def is_open(gap: Unknown | None) -> bool:
    """Whether a list may have more elements; one that only the environment may change is known for an empty environment."""
    return gap is not None and " in the environment" not in gap.reason


class Follows(Protocol):
    """What the evaluator offers to the helpers below it."""

    effort: Effort
    modules: Modules

    def value(self, node: Node | None, module: Module, env: Env, depth: int = 0) -> Any:
        """What an expression gives."""

    def unknown(self, node: Node, module: Module, reason: str) -> Unknown:
        """A gap at a node."""

    def computed(self, node: Node, module: Module) -> Unknown:
        """A gap where something is worked out at run time."""

    def given(self, node: Node, module: Module, env: Env, depth: int) -> Any:
        """What a variable is declared as."""

    def declared(self, declared: Node, name: str, module: Module, depth: int) -> Any:
        """What a declaration of a module means after all of the module has run."""

    def arguments(self, node: Node) -> list[Node]:
        """The arguments of a call."""

    def bound(self, function: Function, values: list[Any], depth: int = 0) -> Env:
        """A function's surroundings with its parameters bound."""

    def returned(self, function: Function, env: Env, depth: int) -> Any:
        """What a function gives."""

    def exported(self, target: Module, name: str, node: Node, module: Module, depth: int) -> Any:
        """What a module exports under a name."""

    def member(self, base: Any, name: str, node: Node, module: Module, depth: int) -> Any:
        """A property of a value."""
