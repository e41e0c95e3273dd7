"""Methods of texts, lists and dictionaries whose result is known without running anything."""

from __future__ import annotations

import ast
import re
from itertools import count
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code import operators
from scorer.sources.python_code.values import Class
from scorer.sources.tree.marks import aligned, filled, joined, marked, marks_of, pieces
from scorer.sources.tree.values import Items, Scalar, Table, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.sources.python_code.scopes import Scope
    from scorer.sources.python_code.values import Follows
    from scorer.sources.tree.values import Spot

_TEXT = frozenset(
    "strip lstrip rstrip lower upper title capitalize replace removeprefix removesuffix splitlines split format join swapcase".split()
)
_LONGEST = 400_000


def call(evaluator: Follows, base: Any, node: ast.Call, scope: Scope, depth: int) -> Any:
    """A method of a value that is known; None when this is no such call."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if isinstance(base, Scalar) and isinstance(base.value, str) and name in _TEXT:
        return _text(evaluator, base, name, node, scope, depth)
    if isinstance(base, Table):
        return _table(evaluator, base, name, node, scope, depth)
    if isinstance(base, Items) and name == "copy":
        return base
    if isinstance(base, Class) and name in ("model_json_schema", "schema"):
        return Unknown(f"is made by `{name}()` at {scope.module.file}:{node.lineno}", scope.module.spot(node))
    return None


def _text(evaluator: Follows, base: Scalar, name: str, node: ast.Call, scope: Scope, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - the call and where it stands
    text, given = str(base.value), [evaluator.value(arg, scope, depth) for arg in node.args]
    passed = [_plain(value) for value in given]
    words = {word.arg or "": evaluator.value(word.value, scope, depth) for word in node.keywords}
    named = {key: _plain(value) for key, value in words.items()}
    if any(part is None for part in (*passed, *named.values())) or (name == "format" and not _simple(text)):
        return evaluator.computed(node, scope)
    if (
        sum(len(str(part)) for part in (*passed, *named.values()))
        * (text.count("{") + text.count(str(passed[0]) if passed else "\0") + 1)
        > _LONGEST
    ):
        return evaluator.computed(node, scope)
    try:
        found = getattr(text, name)(
            *(part[0] for part in passed if part), **{key: part[0] for key, part in named.items() if part}
        )
    except (TypeError, ValueError, LookupError, AttributeError):
        return evaluator.computed(node, scope)
    spot = scope.module.spot(node)
    if isinstance(found, list):
        spots = pieces(spot, found, text, base.spot)
        return Items([Scalar(part, at) for part, at in zip(found, spots, strict=True)], spot)
    return Scalar(found, _placed(name, found, base, given, words, spot))


def _placed(name: str, found: str, base: Scalar, given: list[Any], named: dict[str, Any], spot: Spot) -> Spot:  # noqa: PLR0913, PLR0917 - the call and its result
    """Where the characters of a method's result stand."""
    text = str(base.value)
    if name == "join":
        return joined(spot, _between(given[0].items if isinstance(given[0], Items) else [], base))
    if name == "replace" and len(given) == 2:
        old, new = (str(part.value) for part in given)
        fields = [(*match.span(), new, given[1].spot) for match in re.finditer(re.escape(old), text)]
        return filled(spot, text, base.spot, fields)
    if name == "format":
        return filled(spot, text, base.spot, _fields(text, given, named, base.spot))
    if name in ("strip", "lstrip", "rstrip", "removeprefix", "removesuffix"):
        return aligned(spot, found, text, base.spot)
    return marked(spot, marks_of(text, base.spot)) if len(found) == len(text) else spot


_FIELD = re.compile(r"\{\{|\}\}|\{(\w*)\}")


def _fields(text: str, given: list[Any], named: dict[str, Any], spot: Spot) -> Iterator[tuple[int, int, str, Spot]]:
    """What stands in a format's fields; of a doubled brace, one."""
    numbers = count()
    for match in _FIELD.finditer(text):
        key = match.group(1)
        if key is None:
            yield match.start() + 1, match.end(), "", spot
            continue
        value = named[key] if key in named else given[int(key) if key else next(numbers)]
        yield *match.span(), str((_plain(value) or ("",))[0]), value.spot


def _between(items: list[Any], sign: Scalar) -> Iterator[tuple[str, Spot]]:
    for index, item in enumerate(items):
        if index:
            yield str(sign.value), sign.spot
        yield str(item.value), item.spot


def _plain(value: Any) -> tuple[Any] | None:
    """A text, number or list of texts, wrapped so that None stays a value."""
    if isinstance(value, Scalar):
        return (value.value,)
    if isinstance(value, Items) and not value.partial and all(isinstance(item, Scalar) for item in value.items):
        return ([item.value for item in value.items],)
    return None


def _simple(text: str) -> bool:
    """Whether a format only names its parts: widths and attributes are left alone."""
    return not any(mark in piece.split("}")[0] for piece in text.split("{")[1:] for mark in ":!.[")


def _table(evaluator: Follows, base: Table, name: str, node: ast.Call, scope: Scope, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - the call and where it stands
    spot = scope.module.spot(node)
    if name == "get" and node.args:
        found = operators.part(base, evaluator.value(node.args[0], scope, depth))
        if found is None and len(node.args) > 1 and not base.partial:
            return evaluator.value(node.args[1], scope, depth)
        return found if found is not None else evaluator.computed(node, scope)
    if name == "copy":
        return base
    keys = [Scalar(key, spot) for key in base.items]
    rows: dict[str, list[Any]] = {
        "keys": keys,
        "values": list(base.items.values()),
        "items": [Items([key, value], spot) for key, value in zip(keys, base.items.values(), strict=True)],
    }
    return Items(rows[name], spot, partial=base.partial) if name in rows else None
