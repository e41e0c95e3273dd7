"""Annotations as real types, built from their text: only typing's and pydantic's own constructs, and classes of the tree as data.

A class of the tree becomes a model with the same fields; none of its code runs. What pydantic then writes as schema is what it
would write in the server.
"""

from __future__ import annotations

import ast
import collections.abc
import dataclasses
import datetime as dt
import decimal
import enum
import pathlib
import re
import typing
import uuid
from typing import TYPE_CHECKING, Annotated, Any, Literal, Optional, Union

import pydantic
import typing_extensions

from scorer.sources.python_code.fields import field_arguments, metadata
from scorer.sources.python_code.scopes import Scope
from scorer.sources.python_code.values import Alias, Class, External, Made, Member
from scorer.sources.tree.values import GAP, Items, Notes, Scalar, Unknown, to_json

if TYPE_CHECKING:
    from scorer.sources.python_code.evaluate import Evaluator

_DEEPEST = 30
_MOST_FIELDS = 500

_PLAIN: dict[str, Any] = {
    "str": str, "int": int, "float": float, "bool": bool, "bytes": bytes, "list": list, "dict": dict, "set": set, "frozenset": frozenset,
    "tuple": tuple, "object": Any, "None": None, "Any": Any, "complex": complex,
    "datetime.datetime": dt.datetime, "datetime.date": dt.date, "datetime.time": dt.time,
    "datetime.timedelta": dt.timedelta, "decimal.Decimal": decimal.Decimal, "uuid.UUID": uuid.UUID, "pathlib.Path": pathlib.Path,
    "re.Pattern": re.Pattern, "types.NoneType": type(None),
}  # fmt: skip
_GENERIC: dict[str, Any] = {
    "List": list, "Dict": dict, "Set": set, "FrozenSet": frozenset, "Tuple": tuple, "Type": type, "list": list, "dict": dict, "set": set,
    "frozenset": frozenset, "tuple": tuple, "type": type, "Sequence": collections.abc.Sequence, "Iterable": collections.abc.Iterable,
    "Mapping": collections.abc.Mapping, "MutableMapping": collections.abc.MutableMapping, "Collection": collections.abc.Collection,
    "MutableSequence": collections.abc.MutableSequence, "DefaultDict": collections.defaultdict, "defaultdict": collections.defaultdict,
    "OrderedDict": collections.OrderedDict, "Deque": collections.deque, "deque": collections.deque, "AbstractSet": collections.abc.Set,
    "Callable": collections.abc.Callable, "Awaitable": collections.abc.Awaitable, "Iterator": collections.abc.Iterator,
}  # fmt: skip
# Types of pydantic that an annotation may name; each is data, none acts when a schema is made.
_PYDANTIC = frozenset(
    "AnyUrl AnyHttpUrl HttpUrl FileUrl EmailStr NameEmail IPvAnyAddress PositiveInt NegativeInt NonNegativeInt NonPositiveInt PositiveFloat "
    "NegativeFloat NonNegativeFloat NonPositiveFloat FiniteFloat StrictStr StrictInt StrictFloat StrictBool SecretStr SecretBytes UUID1 UUID3 "
    "UUID4 UUID5 FilePath DirectoryPath NewPath Json ByteSize PastDate FutureDate AwareDatetime NaiveDatetime PastDatetime FutureDatetime "
    "JsonValue".split()
)
_CONSTRAINED = frozenset("conint constr confloat conlist conset condecimal conbytes condate confrozenset".split())
_MODELS = frozenset({"BaseModel", "RootModel", "BaseSettings", "SQLModel", "GenericModel"})


class UnreadableError(Exception):
    """An annotation that cannot be followed. gap: where and why."""

    def __init__(self, gap: Unknown) -> None:
        super().__init__(gap.reason)
        self.gap = gap


class Types:
    """Builds the types of one tree's annotations; classes are built once."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._built: dict[int, Any] = {}
        self._pending: dict[int, str] = {}
        self.missed: list[tuple[str, Unknown]] = []
        self.places: dict[str, Notes] = {}
        self.homes: dict[str, Class] = {}
        self._pointer = ""

    def of(self, node: ast.expr, scope: Scope, depth: int = 0) -> Any:
        """The type that an annotation means. Raises UnreadableError."""
        if depth > _DEEPEST:
            raise UnreadableError(self._evaluator.unknown(node, scope, "has a type that is nested too deep"))
        if isinstance(node, ast.Constant):
            return self._constant(node, scope, depth)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            # Not `|`: a class that is still being built is only a name, which has no such operator.
            return Union[self.of(node.left, scope, depth + 1), self.of(node.right, scope, depth + 1)]  # noqa: UP007
        if isinstance(node, ast.Subscript):
            return self._subscript(node, scope, depth)
        return self._named(self._evaluator.value(node, scope), node, scope, depth)

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
        return UnreadableError(self._evaluator.unknown(node, scope, reason))

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
        package, _, name = value.name.rpartition(".")
        if value.name in _PLAIN:
            return _PLAIN[value.name]
        if package in ("typing", "typing_extensions", "collections.abc", "collections"):
            if name in _GENERIC:
                # `typing.Dict` and `dict` differ in the output schema that they lead to.
                return getattr(typing, name, None) if package == "typing" else _GENERIC[name]
            known = {
                "Any": Any,
                "Text": str,
                "Hashable": collections.abc.Hashable,
                "LiteralString": str,
                "NoReturn": typing.NoReturn,
                "AnyStr": str,
            }
            if name in known:
                return known[name]
        if package.split(".")[0] == "pydantic" and name in _PYDANTIC:
            return getattr(pydantic, name)
        if package.split(".")[0] == "pydantic" and name == "BaseModel":
            return pydantic.BaseModel
        raise self._unreadable(node, scope, f"has the type `{value.name}`, which is not in the tree,")

    def _made(self, value: Made, node: ast.expr, scope: Scope, depth: int) -> Any:
        """`conint(ge=1)`, `NewType("Id", str)`, `TypeVar("T")`, `Enum("Color", ...)`."""
        assert isinstance(value.callee, External)
        assert value.call is not None
        name = value.callee.name.split(".")[-1]
        if name == "NewType" and len(value.call.args) == 2:
            return self.of(value.call.args[1], value.scope, depth + 1)
        if name == "TypeVar":
            return Any
        if name in _CONSTRAINED and value.callee.name.startswith("pydantic"):
            return self._constrained(name, value, node, scope, depth)
        raise self._unreadable(node, scope)

    def _constrained(self, name: str, value: Made, node: ast.expr, scope: Scope, depth: int) -> Any:
        assert value.call is not None
        positional = [self.of(arg, value.scope, depth + 1) for arg in value.call.args]
        named = {
            word.arg: to_json(self._evaluator.value(word.value, value.scope), "", Notes())
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
        base = self._evaluator.value(node.value, scope)
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
        if name not in _GENERIC or base.name.split(".")[0] not in (name, "typing", "typing_extensions", "collections"):
            raise self._unreadable(node, scope, f"has the type `{base.name}`, which is not in the tree,")
        generic = getattr(typing, name) if base.name == f"typing.{name}" else _GENERIC[name]
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
            value = self._evaluator.value(part.value if isinstance(part, ast.Starred) else part, scope)
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
            found = metadata(self._evaluator, part, scope, self.missed, self._pointer)
            if found is not None:
                more.append(found)
        return Annotated[(inner, *more)] if more else inner

    # Classes

    def build(self, owner: Class, depth: int = 0) -> Any:
        """A class of the tree as a type: enumeration, model, dataclass or typed dictionary. Raises UnreadableError."""
        key = id(owner.node)
        if key in self._built:
            return self._built[key]
        if key in self._pending:
            return typing.ForwardRef(owner.node.name)
        self._pending[key] = owner.node.name
        try:
            self._built[key] = self._build(owner, depth + 1)
        except (TypeError, ValueError, RuntimeError, NameError, pydantic.PydanticUserError) as error:
            reason = f"has the type `{owner.node.name}`, which no schema can be made of ({type(error).__name__}),"
            raise UnreadableError(self._evaluator.unknown(owner.node, owner.scope, reason)) from None
        finally:
            del self._pending[key]
        return self._built[key]

    def _build(self, owner: Class, depth: int) -> Any:
        last = [name.split(".")[-1] for name in self._evaluator.foundations(owner)]
        if self._evaluator.is_enum(owner):
            return self._enum(owner, last)
        if _MODELS & set(last):
            return self._model(owner, depth)
        if "TypedDict" in last:
            return self._typed_dict(owner, depth)
        if any(_word(decorator) in ("dataclass", "define", "frozen") for decorator in owner.node.decorator_list):
            return self._dataclass(owner, depth)
        reason = f"has the type `{owner.node.name}`, which is an ordinary class,"
        raise UnreadableError(self._evaluator.unknown(owner.node, owner.scope, reason))

    def _enum(self, owner: Class, last: list[str]) -> Any:
        members = {}
        for position, member in enumerate(self._evaluator.members(owner), 1):
            value = member.value
            if isinstance(value, Made) and isinstance(value.callee, External) and value.callee.name == "enum.auto":
                value = Scalar(member.name.lower() if "StrEnum" in last else position, member.spot)
            if not isinstance(value, Scalar):
                raise UnreadableError(
                    value if isinstance(value, Unknown) else Unknown("has a member that is computed", member.spot)
                )
            members[member.name] = value.value
        kind: Any = enum.Enum
        if "StrEnum" in last or "str" in last:
            kind = enum.StrEnum
        elif "IntEnum" in last or "int" in last:
            kind = enum.IntEnum
        if not members:
            raise UnreadableError(Unknown("is an enumeration without members", owner.spot))
        built = kind(owner.node.name, members)
        built.__doc__ = ast.get_docstring(owner.node)
        return built

    def _model(self, owner: Class, depth: int) -> Any:
        fields: dict[str, Any] = {}
        for name, annotation, default in self._fields(owner, depth):
            if not name.startswith("_"):
                fields[name] = (annotation, default)
        config = self._config(owner)
        built = pydantic.create_model(
            owner.node.name, __config__=config, __doc__=ast.get_docstring(owner.node), **fields
        )
        built.model_rebuild(raise_errors=False, _types_namespace={owner.node.name: built})
        return built

    def _config(self, owner: Class) -> pydantic.ConfigDict:
        config = pydantic.ConfigDict(arbitrary_types_allowed=True, protected_namespaces=())
        for found in reversed(self._evaluator.lineage(owner)):
            inner = Scope(found.scope.module, found.node, found.scope)
            if "model_config" not in inner.names.bound:
                continue
            value = self._evaluator.lookup("model_config", inner, found.node)
            for key in ("extra", "title", "use_enum_values", "populate_by_name", "use_attribute_docstrings"):
                given = _config_value(self._evaluator, value, key)
                if given is not None:
                    config[key] = given
        return config

    def _dataclass(self, owner: Class, depth: int) -> Any:
        fields: list[Any] = []
        for name, annotation, default in self._fields(owner, depth):
            held = default if isinstance(default, dataclasses.Field) else dataclasses.field(default=default)
            fields.append((name, annotation) if default is ... else (name, annotation, held))
        fields.sort(key=len)
        built = dataclasses.make_dataclass(owner.node.name, fields)
        # Without one, `dataclass` writes the signature there, which pydantic knows to leave out.
        built.__doc__ = ast.get_docstring(owner.node, clean=False) or built.__doc__
        return built

    def _typed_dict(self, owner: Class, depth: int) -> Any:
        total = not any(
            word.arg == "total" and isinstance(word.value, ast.Constant) and word.value.value is False
            for word in owner.node.keywords
        )
        fields = {name: annotation for name, annotation, _ in self._fields(owner, depth)}
        make: Any = typing_extensions.TypedDict
        built = make(owner.node.name, fields, total=total)
        built.__doc__ = ast.get_docstring(owner.node, clean=False)
        return built

    def _fields(self, owner: Class, depth: int) -> list[tuple[str, Any, Any]]:
        """The fields of a class and its bases in order: name, type, default (`...` for none)."""
        found: dict[str, tuple[str, Any, Any]] = {}
        for current in reversed(self._evaluator.lineage(owner)):
            inner = Scope(current.scope.module, current.node, current.scope)
            for statement in current.node.body[:_MOST_FIELDS]:
                if (
                    not isinstance(statement, ast.AnnAssign)
                    or not isinstance(statement.target, ast.Name)
                    or _is_class_variable(statement)
                ):
                    continue
                name = statement.target.id
                pointer = f"/$defs/{owner.node.name}/properties/{name}"
                found[name] = (
                    name,
                    self.known(statement.annotation, inner, pointer, depth),
                    self._default(statement, inner, pointer),
                )
                self._place(owner, name, statement, inner)
        return list(found.values())

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

    def _default(self, statement: ast.AnnAssign, scope: Scope, pointer: str) -> Any:
        if statement.value is None:
            return ...
        return self.default(statement.value, scope, pointer)

    def default(self, node: ast.expr, scope: Scope, pointer: str) -> Any:
        """A default as a value that pydantic takes; `UNKNOWN` where it cannot be told, which is remembered."""
        value = self._evaluator.value(node, scope)
        if isinstance(value, Made) and isinstance(value.callee, External) and value.call:
            name = value.callee.name.split(".")[-1]
            if name == "Field":
                return pydantic.Field(**field_arguments(self._evaluator, value, self.missed, pointer, self))
            if name == "field":
                return self._dataclass_field(value, pointer)
        return self.plain(value, node, scope, pointer)

    def plain(self, value: Any, node: ast.AST, scope: Scope, pointer: str) -> Any:
        """A value of the code as a value of Python."""
        if isinstance(value, Scalar):
            self.missed += [(f"{pointer}/default", value.doubt)] if value.doubt else []
            return value.value
        if isinstance(value, Member):
            try:
                return self.member(value)
            except UnreadableError as error:
                self.missed.append((f"{pointer}/default", error.gap))
                return UNKNOWN
        notes = Notes()
        found = to_json(value, "", notes)
        if found is GAP or notes.unread:
            gap = value if isinstance(value, Unknown) else self._evaluator.computed(node, scope)
            self.missed.append((f"{pointer}/default", gap))
            return UNKNOWN
        return tuple(found) if isinstance(node, ast.Tuple) else found

    def _dataclass_field(self, value: Made, pointer: str) -> Any:
        assert value.call is not None
        given = {word.arg: word.value for word in value.call.keywords}
        if "default" in given:
            return self.default(given["default"], value.scope, pointer)
        return dataclasses.field(default_factory=dict) if "default_factory" in given else ...

    def _place(self, owner: Class, name: str, statement: ast.AnnAssign, scope: Scope) -> None:
        notes = self.places.setdefault(owner.node.name, Notes())
        self.homes[owner.node.name] = owner
        notes.place(f"/properties/{name}", scope.module.spot(statement))
        text = description_node(self._evaluator, statement.annotation, statement.value, scope)
        if text:
            notes.place(f"/properties/{name}/description", text.spot)


class Unknowable:
    """The type of a default that could not be read: it makes a parameter optional and is left out of the schema."""


UNKNOWN = Unknowable()


def description_node(
    evaluator: Evaluator, annotation: ast.expr | None, default: ast.expr | None, scope: Scope
) -> Scalar | None:
    """The text of a field's `description=...`, with its place."""
    calls = [default] if isinstance(default, ast.Call) else []
    if isinstance(annotation, ast.Subscript) and isinstance(annotation.slice, ast.Tuple):
        calls += [part for part in annotation.slice.elts[1:] if isinstance(part, ast.Call)]
        plain = [
            part for part in annotation.slice.elts[1:] if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
        if plain and not calls:
            return Scalar(str(plain[0].value), scope.module.spot(plain[0]))
    for call in calls:
        for word in call.keywords:
            if word.arg == "description":
                value = evaluator.value(word.value, scope)
                return value if isinstance(value, Scalar) else None
    return None


def _config_value(evaluator: Evaluator, value: Any, key: str) -> Any:
    given = None
    if isinstance(value, Made) and value.call:
        word = next((word for word in value.call.keywords if word.arg == key), None)
        given = evaluator.value(word.value, value.scope) if word else None
    elif hasattr(value, "items") and isinstance(value.items, dict):
        given = value.items.get(key)
    return given.value if isinstance(given, Scalar) else None


def _is_class_variable(statement: ast.AnnAssign) -> bool:
    node = statement.annotation
    return isinstance(node, ast.Subscript) and _word(node.value) == "ClassVar"


def _word(node: ast.expr) -> str:
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
