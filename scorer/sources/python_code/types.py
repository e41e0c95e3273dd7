"""Annotations as real types, built from their text: only typing's and pydantic's own constructs, and classes of the tree as data.

A class of the tree becomes a model with the same fields; none of its code runs. What pydantic then writes as schema is what it
would write in the server.
"""

from __future__ import annotations

import ast
import typing
from typing import TYPE_CHECKING, Annotated, Any, Literal, Optional, Union

import pydantic
import typing_extensions

from scorer.sources.python_code.class_types import build_class
from scorer.sources.python_code.defaults import default_of
from scorer.sources.python_code.fields import metadata
from scorer.sources.python_code.type_names import CONSTRAINED, GENERIC, named_type
from scorer.sources.python_code.unknowable import UnreadableError
from scorer.sources.python_code.values import Alias, Class, External, Made, Member
from scorer.sources.tree.values import GAP, Items, Notes, Scalar, Unknown, to_json

if TYPE_CHECKING:
    from scorer.sources.python_code.evaluate import Evaluator
    from scorer.sources.python_code.scopes import Scope

_DEEPEST = 30
_MOST_FIELDS = 500


class Types:
    """Builds the types of one tree's annotations; classes are built once."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self._built: dict[int, Any] = {}
        self._pending: dict[int, str] = {}
        self.missed: list[tuple[str, Unknown]] = []
        self.places: dict[str, Notes] = {}
        self.homes: dict[str, Class] = {}
        self._pointer = ""

    def of(self, node: ast.expr, scope: Scope, depth: int = 0) -> Any:
        """The type that an annotation means. Raises UnreadableError."""
        if depth > _DEEPEST:
            raise UnreadableError(self.evaluator.unknown(node, scope, "has a type that is nested too deep"))
        if isinstance(node, ast.Constant):
            return self._constant(node, scope, depth)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            # Not `|`: a class that is still being built is only a name, which has no such operator.
            return Union[self.of(node.left, scope, depth + 1), self.of(node.right, scope, depth + 1)]  # noqa: UP007
        if isinstance(node, ast.Subscript):
            return self._subscript(node, scope, depth)
        return self._named(self.evaluator.value(node, scope), node, scope, depth)

    def _constant(self, node: ast.Constant, scope: Scope, depth: int) -> Any:
        if node.value is None:
            return None
        if node.value is ...:
            return ...
        if isinstance(node.value, str):
            try:
                inner = ast.parse(node.value.strip(), mode="eval").body
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                raise self._unreadable(node, scope) from None
            ast.copy_location(inner, node)
            for part in ast.walk(inner):
                part.lineno, part.col_offset = node.lineno, node.col_offset  # type: ignore[attr-defined]
            return self.of(inner, scope, depth + 1)
        raise self._unreadable(node, scope)

    def _unreadable(
        self, node: ast.expr, scope: Scope, reason: str = "has a type that cannot be followed"
    ) -> UnreadableError:
        return UnreadableError(self.evaluator.unknown(node, scope, reason))

    def _named(self, value: Any, node: ast.expr, scope: Scope, depth: int) -> Any:
        if isinstance(value, External):
            return self._external(value, node, scope)
        if isinstance(value, Class):
            return self.build(value, depth)
        if isinstance(value, Alias):
            return self.of(value.node, value.scope, depth + 1)
        if isinstance(value, Scalar) and (value.value is None or isinstance(value.value, str)):
            return (
                None
                if value.value is None
                else self._constant(ast.copy_location(ast.Constant(value.value), node), scope, depth)
            )
        if isinstance(value, Made) and isinstance(value.callee, External) and value.call:
            return self._made(value, node, scope, depth)
        raise UnreadableError(value) if isinstance(value, Unknown) else self._unreadable(node, scope)

    def _external(self, value: External, node: ast.expr, scope: Scope) -> Any:
        try:
            return named_type(value.name)
        except LookupError:
            raise self._unreadable(node, scope, f"has the type `{value.name}`, which is not in the tree,") from None

    def _made(self, value: Made, node: ast.expr, scope: Scope, depth: int) -> Any:
        """`conint(ge=1)`, `NewType("Id", str)`, `TypeVar("T")`, `Enum("Color", ...)`."""
        assert isinstance(value.callee, External)
        assert value.call is not None
        name = value.callee.name.split(".")[-1]
        if name == "NewType" and len(value.call.args) == 2:
            return self.of(value.call.args[1], value.scope, depth + 1)
        if name == "TypeVar":
            return Any
        if name in CONSTRAINED and value.callee.name.startswith("pydantic"):
            return self._constrained(name, value, node, scope, depth)
        raise self._unreadable(node, scope)

    def _constrained(self, name: str, value: Made, node: ast.expr, scope: Scope, depth: int) -> Any:
        assert value.call is not None
        positional = [self.of(arg, value.scope, depth + 1) for arg in value.call.args]
        named = {
            word.arg: to_json(self.evaluator.value(word.value, value.scope), "", Notes())
            for word in value.call.keywords
            if word.arg
        }
        if GAP in named.values():
            raise self._unreadable(node, scope)
        try:
            return getattr(pydantic, name)(*positional, **named)
        except (TypeError, ValueError, pydantic.PydanticUserError):
            raise self._unreadable(node, scope) from None

    def _subscript(self, node: ast.Subscript, scope: Scope, depth: int) -> Any:
        base = self.evaluator.value(node.value, scope)
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if isinstance(base, Class):
            return self.build(base, depth)
        if not isinstance(base, External):
            raise UnreadableError(base) if isinstance(base, Unknown) else self._unreadable(node, scope)
        name = base.name.split(".")[-1]
        if name == "Literal":
            return self._literal(parts, scope)
        if name == "Annotated":
            return self._annotated(parts, scope, depth)
        if name in ("ClassVar", "Final", "Required", "NotRequired", "ReadOnly"):
            inner = self.of(parts[0], scope, depth + 1)
            wrap = {"Required": typing_extensions.Required, "NotRequired": typing_extensions.NotRequired}.get(name)
            return wrap[inner] if wrap else inner
        inner = tuple(self._argument(part, scope, depth) for part in parts)
        if name == "Optional":
            return Optional[inner[0]]  # noqa: UP045 - as above
        if name == "Union":
            return Union[inner]  # noqa: UP007 - as above
        return self._generic(base, name, inner, node, scope)

    def _generic(self, base: External, name: str, inner: tuple[Any, ...], node: ast.expr, scope: Scope) -> Any:
        if name not in GENERIC or base.name.split(".")[0] not in (name, "typing", "typing_extensions", "collections"):
            raise self._unreadable(node, scope, f"has the type `{base.name}`, which is not in the tree,")
        generic = getattr(typing, name) if base.name == f"typing.{name}" else GENERIC[name]
        try:
            return generic[inner if len(inner) != 1 else inner[0]]
        except TypeError:
            raise self._unreadable(node, scope) from None

    def _argument(self, part: ast.expr, scope: Scope, depth: int) -> Any:
        if isinstance(part, ast.List):  # the parameters of a Callable
            return [self.of(inner, scope, depth + 1) for inner in part.elts]
        return self.of(part, scope, depth + 1)

    def _literal(self, parts: list[ast.expr], scope: Scope) -> Any:
        values: list[Any] = []
        for part in parts:
            value = self.evaluator.value(part.value if isinstance(part, ast.Starred) else part, scope)
            for item in value.items if isinstance(value, Items) else [value]:
                if isinstance(item, Member):
                    values.append(self.member(item))
                elif isinstance(item, Scalar) and not isinstance(item.value, float):
                    values.append(item.value)
                else:
                    raise UnreadableError(item) if isinstance(item, Unknown) else self._unreadable(part, scope)
        return Literal[tuple(values)]

    def member(self, member: Member) -> Any:
        """An enumeration's member as a value of the type that stands for it."""
        return self.build(member.owner)[member.name]

    def _annotated(self, parts: list[ast.expr], scope: Scope, depth: int) -> Any:
        inner = self.of(parts[0], scope, depth + 1)
        more = []
        for part in parts[1:]:
            found = metadata(self.evaluator, part, scope, self.missed, self._pointer)
            if found is not None:
                more.append(found)
        return Annotated[(inner, *more)] if more else inner

    def build(self, owner: Class, depth: int = 0) -> Any:
        """A class of the tree as a type: enumeration, model, dataclass or typed dictionary. Raises UnreadableError."""
        key = id(owner.node)
        if key in self._built:
            return self._built[key]
        if key in self._pending:
            return typing.ForwardRef(owner.node.name)
        self._pending[key] = owner.node.name
        try:
            self._built[key] = build_class(self, owner, depth + 1)
        except (TypeError, ValueError, RuntimeError, NameError, pydantic.PydanticUserError) as error:
            reason = f"has the type `{owner.node.name}`, which no schema can be made of ({type(error).__name__}),"
            raise UnreadableError(self.evaluator.unknown(owner.node, owner.scope, reason)) from None
        finally:
            del self._pending[key]
        return self._built[key]

    def known(self, node: ast.expr, scope: Scope, pointer: str, depth: int = 0) -> Any:
        """The type of an annotation, Any where it cannot be followed, which is remembered."""
        around, self._pointer = self._pointer, pointer
        try:
            return self.of(node, scope, depth + 1)
        except UnreadableError as error:
            self.missed.append((pointer, error.gap))
            return Any
        finally:
            self._pointer = around

    def default(self, node: ast.expr, scope: Scope, pointer: str) -> Any:
        """A default as a value that pydantic takes; `UNKNOWN` where it cannot be told, which is remembered."""
        return default_of(self, node, scope, pointer)
