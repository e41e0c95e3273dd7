"""`Field(...)` and the other metadata of an annotation, rebuilt from what their arguments are known to be."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

import annotated_types
import pydantic

from scorer.sources.python_code.values import Class, External, Function, Made, Member
from scorer.sources.tree.values import GAP, Notes, Scalar, Unknown, to_json

if TYPE_CHECKING:
    from scorer.sources.python_code.evaluate import Evaluator
    from scorer.sources.python_code.scopes import Scope

_SHOWN = frozenset(
    "title description ge le gt lt multiple_of min_length max_length pattern examples json_schema_extra alias validation_alias "
    "serialization_alias deprecated discriminator max_digits decimal_places strict allow_inf_nan field_title_generator".split()
) - {"field_title_generator"}
_CONSTRAINTS = {
    "Ge": "ge",
    "Le": "le",
    "Gt": "gt",
    "Lt": "lt",
    "MinLen": "min_length",
    "MaxLen": "max_length",
    "MultipleOf": "multiple_of",
}


def metadata(
    evaluator: Evaluator, node: ast.expr, scope: Scope, missed: list[tuple[str, Unknown]], pointer: str
) -> Any:
    """What stands behind a type in `Annotated[...]`, as pydantic takes it; None for what says nothing to a schema."""
    value = evaluator.value(node, scope)
    if isinstance(value, Scalar) and isinstance(value.value, str):
        return value.value
    if not isinstance(value, Made) or not isinstance(value.callee, External) or value.call is None:
        return None
    name = value.callee.name.split(".")[-1]
    if name == "Field":
        return pydantic.Field(**field_arguments(evaluator, value, missed, pointer, None))
    if name in _CONSTRAINTS and value.call.args:
        given = evaluator.value(value.call.args[0], value.scope)
        return getattr(annotated_types, name)(given.value) if isinstance(given, Scalar) else None
    if name == "StringConstraints":
        return pydantic.StringConstraints(
            **_named(evaluator, value, frozenset({"min_length", "max_length", "pattern"}), missed, pointer)
        )
    if name == "WithJsonSchema" and value.call.args:
        given = to_json(evaluator.value(value.call.args[0], value.scope), "", Notes())
        return pydantic.WithJsonSchema(given) if isinstance(given, dict) else None
    return None


def field_arguments(
    evaluator: Evaluator, made: Made, missed: list[tuple[str, Unknown]], pointer: str, types: Any
) -> dict[str, Any]:
    """The arguments of a `Field(...)` that a schema shows. missed: takes those that cannot be read."""
    assert made.call is not None
    found = _named(evaluator, made, _SHOWN, missed, pointer)
    given = {word.arg: word.value for word in made.call.keywords}
    default = made.call.args[0] if made.call.args else given.get("default")
    if (
        isinstance(default, ast.expr)
        and not (isinstance(default, ast.Constant) and default.value is ...)
        and types is not None
    ):
        found["default"] = types.default(default, made.scope, pointer)
    if "default_factory" in given and "default" not in found:
        found["default_factory"] = _factory(evaluator, given["default_factory"], made.scope)
    return found


def _factory(evaluator: Evaluator, node: ast.expr, scope: Scope) -> Any:
    """A factory of the same shape; it is never called, and a schema only shows that there is one."""
    value = evaluator.value(node, scope)
    return {"list": list, "dict": dict, "set": set}.get(value.name, dict) if isinstance(value, External) else dict


def _named(
    evaluator: Evaluator, made: Made, wanted: frozenset[str], missed: list[tuple[str, Unknown]], pointer: str
) -> dict[str, Any]:
    assert made.call is not None
    found: dict[str, Any] = {}
    for word in made.call.keywords:
        if word.arg is None or (
            word.arg not in wanted and word.arg not in ("min_items", "max_items", "regex", "example")
        ):
            continue
        name = {"min_items": "min_length", "max_items": "max_length", "regex": "pattern"}.get(word.arg, word.arg)
        value = evaluator.value(word.value, made.scope)
        if isinstance(value, Function | Class):
            continue
        if isinstance(value, Member):
            value = value.value
        notes = Notes()
        plain = to_json(value, "", notes)
        if plain is GAP or notes.unread:
            gap = value if isinstance(value, Unknown) else evaluator.computed(word.value, made.scope)
            missed.append((f"{pointer}/{name}", gap))
        elif plain is not None:
            found[name] = plain
        if plain is not GAP and notes.unread:
            found[name] = plain
    return {key: value for key, value in found.items() if key != "example"}
