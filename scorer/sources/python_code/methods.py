"""Calls whose result is known without running anything: methods of texts, lists and dictionaries, and a few builtins."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from itertools import count
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code import operators
from scorer.sources.python_code.docstrings import cleaned, docstring
from scorer.sources.python_code.scopes import above
from scorer.sources.python_code.values import Class, External, Function
from scorer.sources.tree.marks import aligned, filled, joined, marked, marks_of, pieces
from scorer.sources.tree.values import Items, Scalar, Table, Unknown, doubtful

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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


def changed(evaluator: Follows, found: Any, changes: Sequence[ast.AST], scope: Scope, depth: int) -> Any:
    """A list or dictionary after the statements of its scope that add to it."""
    if not isinstance(found, Items | Table):
        return found if not isinstance(found, Scalar) else _added_text(evaluator, found, changes, scope, depth)
    held: Any = list(found.items) if isinstance(found, Items) else dict(found.items)
    partial = found.partial
    maybe = set(found.maybe) if isinstance(found, Items) else set()
    for change in changes:
        before = len(held)
        partial = _change(evaluator, held, change, scope, depth) or partial
        if isinstance(held, list) and is_conditional(change, scope):
            maybe |= set(range(before, len(held)))
    return (
        Items(held, found.spot, frozenset(maybe), partial)
        if isinstance(found, Items)
        else Table(held, found.spot, partial)
    )


def _added_text(evaluator: Follows, found: Scalar, changes: Sequence[ast.AST], scope: Scope, depth: int) -> Any:
    parts = [(str(found.value), found.spot)]
    for change in changes:
        more = evaluator.value(change.value, scope, depth) if isinstance(change, ast.AugAssign) else None
        if (
            not isinstance(more, Scalar)
            or not isinstance(more.value, str)
            or not isinstance(found.value, str)
            or is_conditional(change, scope)
        ):
            return evaluator.computed(change, scope)
        parts.append((more.value, more.spot))
    return Scalar("".join(part for part, _ in parts), joined(found.spot, parts))


def _change(evaluator: Follows, held: Any, change: ast.AST, scope: Scope, depth: int) -> Unknown | None:
    if isinstance(change, ast.Assign | ast.AnnAssign):
        return _set(evaluator, held, change, scope, depth)
    name = change.func.attr if isinstance(change, ast.Call) and isinstance(change.func, ast.Attribute) else "extend"
    given = change.args[-1] if isinstance(change, ast.Call) and change.args else getattr(change, "value", None)
    blocks = _around(evaluator, change, scope, depth)
    if given is None or isinstance(blocks, Unknown):
        return evaluator.computed(change, scope)
    gap = None
    for block in blocks:
        gap = _take(evaluator, held, name, evaluator.value(given, block, depth), change, scope) or gap
    return gap


def _take(evaluator: Follows, held: Any, name: str, value: Any, change: ast.AST, scope: Scope) -> Unknown | None:  # noqa: PLR0913, PLR0917 - one change
    if isinstance(held, dict):
        if isinstance(value, Table):
            held |= value.items
            return value.partial
        return evaluator.computed(change, scope)
    if name in ("append", "add", "insert"):
        held.append(value)
        return None
    if isinstance(value, Items):
        held += value.items
        return value.partial
    return evaluator.computed(change, scope)


def _set(evaluator: Follows, held: Any, change: Any, scope: Scope, depth: int) -> Unknown | None:
    target: Any = change.targets[0] if isinstance(change, ast.Assign) else change.target
    blocks = _around(evaluator, change, scope, depth)
    if isinstance(blocks, Unknown) or not isinstance(held, dict):
        return evaluator.computed(change, scope)
    for block in blocks:
        key = operators.text_of(evaluator.value(target.slice, block, depth))
        if key is None:
            return evaluator.computed(change, scope)
        held[key] = evaluator.value(change.value, block, depth)
    return None


def _around(evaluator: Follows, change: ast.AST, scope: Scope, depth: int) -> list[Scope] | Unknown:
    """The turns of the loops around a statement, within its scope."""
    blocks = [scope]
    for loop in reversed(above(change, scope.node)):
        if isinstance(loop, ast.For | ast.AsyncFor):
            turned = []
            for block in blocks:
                values = evaluator.turns(loop.target, loop.iter, block, depth)
                if values is None:
                    return evaluator.computed(loop.iter, scope)
                turned += [block.block(value) for value in values]
            blocks = turned
    return blocks


def is_conditional(node: ast.AST, scope: Scope) -> bool:
    """Whether a statement runs only under a condition of its scope."""
    return scope.node is not None and any(
        isinstance(found, ast.If | ast.While | ast.ExceptHandler | ast.Match) for found in above(node, scope.node)
    )
