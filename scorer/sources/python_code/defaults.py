"""Defaults and descriptions of parameters and fields, as pydantic takes them."""

from __future__ import annotations

import ast
import dataclasses
from typing import TYPE_CHECKING, Any

import pydantic

from scorer.sources.python_code.fields import field_arguments
from scorer.sources.python_code.unknowable import UNKNOWN, UnreadableError
from scorer.sources.python_code.values import External, Made, Member
from scorer.sources.tree.values import GAP, Notes, Scalar, Unknown, to_json

if TYPE_CHECKING:
    from scorer.sources.python_code.evaluate import Evaluator
    from scorer.sources.python_code.scopes import Scope
    from scorer.sources.python_code.unknowable import Builds


def default_of(types: Builds, node: ast.expr, scope: Scope, pointer: str) -> Any:
    """A default as a value that pydantic takes; `UNKNOWN` where it cannot be told, which is remembered."""
    value = types.evaluator.value(node, scope)
    if isinstance(value, Made) and isinstance(value.callee, External) and value.call:
        name = value.callee.name.split(".")[-1]
        if name == "Field":
            return pydantic.Field(**field_arguments(types.evaluator, value, types.missed, pointer, types))
        if name == "field":
            return _dataclass_field(types, value, pointer)
    return _plain(types, value, node, scope, pointer)


def _plain(types: Builds, value: Any, node: ast.AST, scope: Scope, pointer: str) -> Any:
    """A value of the code as a value of Python."""
    if isinstance(value, Scalar):
        types.missed += [(f"{pointer}/default", value.doubt)] if value.doubt else []
        return value.value
    if isinstance(value, Member):
        try:
            return types.member(value)
        except UnreadableError as error:
            types.missed.append((f"{pointer}/default", error.gap))
            return UNKNOWN
    notes = Notes()
    found = to_json(value, "", notes)
    if found is GAP or notes.unread:
        gap = value if isinstance(value, Unknown) else types.evaluator.computed(node, scope)
        types.missed.append((f"{pointer}/default", gap))
        return UNKNOWN
    return tuple(found) if isinstance(node, ast.Tuple) else found


def _dataclass_field(types: Builds, value: Made, pointer: str) -> Any:
    assert value.call is not None
    given = {word.arg: word.value for word in value.call.keywords}
    if "default" in given:
        return default_of(types, given["default"], value.scope, pointer)
    return dataclasses.field(default_factory=dict) if "default_factory" in given else ...


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
