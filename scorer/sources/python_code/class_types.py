"""Classes of the tree as types with the same fields: enumerations, models, dataclasses and typed dictionaries. None of their code runs."""

from __future__ import annotations

import ast
import dataclasses
import enum
from typing import TYPE_CHECKING, Any

import pydantic
import typing_extensions

from scorer.sources.python_code.defaults import description_node
from scorer.sources.python_code.docstrings import cleaned, docstring
from scorer.sources.python_code.scopes import Scope
from scorer.sources.python_code.unknowable import UnreadableError
from scorer.sources.python_code.values import Class, External, Made
from scorer.sources.tree.values import Notes, Scalar, Unknown

if TYPE_CHECKING:
    from scorer.sources.python_code.evaluate import Evaluator
    from scorer.sources.python_code.unknowable import Builds

_MOST_FIELDS = 500
_MODELS = frozenset({"BaseModel", "RootModel", "BaseSettings", "SQLModel", "GenericModel"})


def build_class(types: Builds, owner: Class, depth: int) -> Any:
    """A class of the tree as a type. Raises UnreadableError, and what pydantic raises for a class that it refuses."""
    _place_words(types, owner)
    last = [name.split(".")[-1] for name in types.evaluator.foundations(owner)]
    if types.evaluator.is_enum(owner):
        return _enum(types, owner, last)
    if _MODELS & set(last):
        return _model(types, owner, depth)
    if "TypedDict" in last:
        return _typed_dict(types, owner, depth)
    if any(_word(decorator) in ("dataclass", "define", "frozen") for decorator in owner.node.decorator_list):
        return _dataclass(types, owner, depth)
    reason = f"has the type `{owner.node.name}`, which is an ordinary class,"
    raise UnreadableError(types.evaluator.unknown(owner.node, owner.scope, reason))


def _enum(types: Builds, owner: Class, last: list[str]) -> Any:
    members = {}
    for position, member in enumerate(types.evaluator.members(owner), 1):
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


def _model(types: Builds, owner: Class, depth: int) -> Any:
    fields: dict[str, Any] = {}
    for name, annotation, default in _fields(types, owner, depth):
        if not name.startswith("_"):
            fields[name] = (annotation, default)
    config = _config(types, owner)
    built = pydantic.create_model(owner.node.name, __config__=config, __doc__=ast.get_docstring(owner.node), **fields)
    built.model_rebuild(raise_errors=False, _types_namespace={owner.node.name: built})
    return built


def _config(types: Builds, owner: Class) -> pydantic.ConfigDict:
    config = pydantic.ConfigDict(arbitrary_types_allowed=True, protected_namespaces=())
    for found in reversed(types.evaluator.lineage(owner)):
        inner = Scope(found.scope.module, found.node, found.scope)
        if "model_config" not in inner.names.bound:
            continue
        value = types.evaluator.lookup("model_config", inner, found.node)
        for key in ("extra", "title", "use_enum_values", "populate_by_name", "use_attribute_docstrings"):
            given = _config_value(types.evaluator, value, key)
            if given is not None:
                config[key] = given
    return config


def _dataclass(types: Builds, owner: Class, depth: int) -> Any:
    fields: list[Any] = []
    for name, annotation, default in _fields(types, owner, depth):
        held = default if isinstance(default, dataclasses.Field) else dataclasses.field(default=default)
        fields.append((name, annotation) if default is ... else (name, annotation, held))
    fields.sort(key=len)
    built = dataclasses.make_dataclass(owner.node.name, fields)
    # Without one, `dataclass` writes the signature there, which pydantic knows to leave out.
    built.__doc__ = ast.get_docstring(owner.node, clean=False) or built.__doc__
    return built


def _typed_dict(types: Builds, owner: Class, depth: int) -> Any:
    total = not any(
        word.arg == "total" and isinstance(word.value, ast.Constant) and word.value.value is False
        for word in owner.node.keywords
    )
    fields = {name: annotation for name, annotation, _ in _fields(types, owner, depth)}
    make: Any = typing_extensions.TypedDict
    built = make(owner.node.name, fields, total=total)
    built.__doc__ = ast.get_docstring(owner.node, clean=False)
    return built


def _fields(types: Builds, owner: Class, depth: int) -> list[tuple[str, Any, Any]]:
    """The fields of a class and its bases in order: name, type, default (`...` for none)."""
    found: dict[str, tuple[str, Any, Any]] = {}
    for current in reversed(types.evaluator.lineage(owner)):
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
                types.known(statement.annotation, inner, pointer, depth),
                _default(types, statement, inner, pointer),
            )
            _place(types, owner, name, statement, inner)
    return list(found.values())


def _place_words(types: Builds, owner: Class) -> None:
    """Where a class says what it is for, which is its schema's description."""
    doc = docstring(owner.node, owner.scope.module)
    if doc is not None:
        types.places.setdefault(owner.node.name, Notes()).place("/description", cleaned(doc).spot)
        types.homes[owner.node.name] = owner


def _place(types: Builds, owner: Class, name: str, statement: ast.AnnAssign, scope: Scope) -> None:
    notes = types.places.setdefault(owner.node.name, Notes())
    types.homes[owner.node.name] = owner
    notes.place(f"/properties/{name}", scope.module.spot(statement))
    text = description_node(types.evaluator, statement.annotation, statement.value, scope)
    if text:
        notes.place(f"/properties/{name}/description", text.spot)


def _default(types: Builds, statement: ast.AnnAssign, scope: Scope, pointer: str) -> Any:
    if statement.value is None:
        return ...
    return types.default(statement.value, scope, pointer)


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
