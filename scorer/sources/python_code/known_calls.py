"""Calls of Python's own functions whose result is known without running anything: `dedent(...)`, `list(...)`, `os.getenv(...)`."""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code.docstrings import cleaned, docstring
from scorer.sources.python_code.values import Class, External, Function
from scorer.sources.tree.marks import aligned
from scorer.sources.tree.values import Items, Scalar, Table, Unknown, doubtful

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorer.sources.python_code.scopes import Scope
    from scorer.sources.python_code.values import Follows
    from scorer.sources.tree.values import Spot


def builtin(evaluator: Follows, callee: External, node: ast.Call, scope: Scope, depth: int) -> Any:
    """`dedent(...)`, `dict(...)`, `list(...)`, `str(...)`, `enumerate(...)` of what is known; None for any other call."""
    spot = scope.module.spot(node)
    if callee.name == "dict" and not node.args:
        named = {word.arg: evaluator.value(word.value, scope, depth) for word in node.keywords if word.arg}
        return Table(named, spot, None if len(named) == len(node.keywords) else evaluator.computed(node, scope))
    if callee.name in ("os.getenv", "os.environ.get") and node.args:
        return _of_environment(evaluator, node, scope, depth)
    if callee.name in ("list", "tuple", "set", "frozenset") and not node.args:
        return Items([], spot)
    if not node.args:
        return None
    first = evaluator.value(node.args[0], scope, depth)
    if callee.name in ("textwrap.dedent", "inspect.cleandoc", "str") and isinstance(first, Scalar):
        work: Any = {"textwrap.dedent": textwrap.dedent, "inspect.cleandoc": inspect.cleandoc, "str": str}[callee.name]
        return _without_margin(work, first, spot)
    if callee.name in ("int", "float", "bool") and isinstance(first, Scalar):
        return _number(callee.name, first, spot)
    if callee.name in ("typing.cast", "cast") and len(node.args) == 2:
        return evaluator.value(node.args[1], scope, depth)
    if callee.name.split(".")[-1] in ("deepcopy", "MappingProxyType") or callee.name == "dict":
        return first if isinstance(first, Table | Items) else None
    if callee.name == "inspect.getdoc" and isinstance(first, Function) and not isinstance(first.node, ast.Lambda):
        doc = docstring(first.node, first.scope.module)
        return cleaned(doc) if doc else Scalar(None, spot)
    return _listed(evaluator, callee.name, first, spot)


def _without_margin(work: Callable[[str], str], first: Scalar, spot: Spot) -> Scalar:
    """`dedent(...)` and the like."""
    text = str(first.value)
    found = work(text)
    same = found == text and isinstance(first.value, str)
    return Scalar(found, first.spot if same else aligned(spot, found, text, first.spot), first.doubt)


def _number(name: str, first: Scalar, spot: Any) -> Scalar | None:
    try:
        return Scalar({"int": int, "float": float, "bool": bool}[name](first.value), spot, first.doubt)
    except (TypeError, ValueError, OverflowError):
        return None


def _of_environment(evaluator: Follows, node: ast.Call, scope: Scope, depth: int) -> Any:
    """What a variable of the environment is when nobody sets it; that it may be set is its doubt."""
    name = (
        str(node.args[0].value)
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
        else "a variable"
    )
    spot = scope.module.spot(node)
    doubt = Unknown(f"depends on {name} in the environment at {spot.file}:{spot.line}", spot)
    given = (
        node.args[1]
        if len(node.args) > 1
        else next((word.value for word in node.keywords if word.arg == "default"), None)
    )
    value = evaluator.value(given, scope, depth) if given is not None else Scalar(None, spot)
    return doubtful(value, doubt) if isinstance(value, Scalar) else doubt


def _listed(evaluator: Follows, name: str, first: Any, spot: Any) -> Any:
    if name not in ("list", "tuple", "set", "frozenset", "enumerate", "sorted", "len", "reversed", "asyncio.gather"):
        return None
    if isinstance(first, Class) and evaluator.is_enum(first):
        first = Items(list(evaluator.members(first)), first.spot)
    if isinstance(first, Table):
        first = Items([Scalar(key, spot) for key in first.items], spot, partial=first.partial)
    if not isinstance(first, Items) or (first.partial and name == "len"):
        return None
    if name == "len":
        return Scalar(len(first.items), spot)
    if name == "enumerate":
        return Items(
            [Items([Scalar(i, spot), item], spot) for i, item in enumerate(first.items)], spot, partial=first.partial
        )
    if name == "sorted":
        return _sorted(first, spot)
    return Items(list(reversed(first.items)), spot) if name == "reversed" else first


def _sorted(first: Items, spot: Any) -> Any:
    values: list[Any] = [item.value for item in first.items if isinstance(item, Scalar)]
    if len(values) != len(first.items) or len({type(value) for value in values}) > 1:
        return None
    return Items([Scalar(value, spot) for value in sorted(values)], spot)
