"""What the builder of types offers to those who build one kind, and what stands for what it cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import ast

    from scorer.sources.python_code.evaluate import Evaluator
    from scorer.sources.python_code.scopes import Scope
    from scorer.sources.python_code.values import Class, Member
    from scorer.sources.tree.values import Notes, Unknown


class UnreadableError(Exception):
    """An annotation that cannot be followed. gap: where and why."""

    def __init__(self, gap: Unknown) -> None:
        super().__init__(gap.reason)
        self.gap = gap


class Unknowable:
    """The type of a default that could not be read: it makes a parameter optional and is left out of the schema."""


UNKNOWN = Unknowable()


class Builds(Protocol):
    """The builder of a tree's types.

    missed: pointers with what cannot be read there. places: where the parts of each class stand, by the class's name. homes: the classes.
    """

    evaluator: Evaluator
    missed: list[tuple[str, Unknown]]
    places: dict[str, Notes]
    homes: dict[str, Class]

    def known(self, node: ast.expr, scope: Scope, pointer: str, depth: int = 0) -> Any:
        """The type of an annotation, Any where it cannot be followed, which is remembered."""

    def default(self, node: ast.expr, scope: Scope, pointer: str) -> Any:
        """A default as a value that pydantic takes; `UNKNOWN` where it cannot be told, which is remembered."""

    def member(self, member: Member) -> Any:
        """An enumeration's member as a value of the type that stands for it."""
