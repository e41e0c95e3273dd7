"""What operators give for values that are known; None when that cannot be told. Results are bounded."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from scorer.sources.python_code.values import Class, External, Function, Made, Member
from scorer.sources.tree.marks import filled
from scorer.sources.tree.values import Items, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.sources.python_code.scopes import Scope
    from scorer.sources.tree.values import Spot

# Characters of a text and size of a number that an expression may grow to.
_LONGEST = 400_000
_LARGEST = 10**18


def text_of(value: Any) -> str | None:
    """What an f-string writes for a value, None when that cannot be told."""
    if isinstance(value, Scalar):
        return str(value.value)
    # `str()` of a member differs between Python versions and kinds of enumeration, but not for StrEnum, which these nearly always are.
    if isinstance(value, Member) and isinstance(value.value, Scalar):
        return str(value.value.value)
    if isinstance(value, Items) and not value.partial and all(isinstance(item, Scalar) for item in value.items):
        return str([item.value for item in value.items])
    return None


def truth(value: Any) -> bool | None:
    """Whether a value counts as true."""
    if isinstance(value, Scalar):
        return bool(value.value)
    if isinstance(value, Table | Items):
        held = value.items
        return bool(held) if not value.partial or held else None
    if isinstance(value, Made):
        return True if isinstance(value.callee, Class) else None
    return True if isinstance(value, Function | Member) else None


def unary(node: ast.UnaryOp, value: Any, scope: Scope) -> Scalar | None:
    """`-x`, `+x`, `not x`."""
    spot = scope.module.spot(node)
    if isinstance(node.op, ast.Not):
        test = truth(value)
        return None if test is None else Scalar(not test, spot)
    if isinstance(value, Scalar) and isinstance(value.value, int | float):
        return Scalar(-value.value if isinstance(node.op, ast.USub) else value.value, spot)
    return None


def binary(node: ast.BinOp, left: Any, right: Any, scope: Scope) -> Any:
    """`a + b` and the like for texts, numbers and lists; `a | b` for dictionaries; `"..." % x`."""
    spot = scope.module.spot(node)
    if isinstance(left, Items) and isinstance(right, Items) and isinstance(node.op, ast.Add):
        return Items([*left.items, *right.items], spot, partial=left.partial or right.partial)
    if isinstance(left, Table) and isinstance(right, Table) and isinstance(node.op, ast.BitOr):
        return Table(left.items | right.items, spot, left.partial or right.partial)
    if not isinstance(left, Scalar):
        return None
    a = left.value
    if isinstance(a, str) and isinstance(node.op, ast.Mod):
        return _formatted(left, right, spot)
    if not isinstance(right, Scalar):
        return None
    found = _arithmetic(node.op, a, right.value)
    return None if found is None else Scalar(found, spot)


def _arithmetic(op: ast.operator, a: Any, b: Any) -> Any:
    if isinstance(a, str) and isinstance(b, str) and isinstance(op, ast.Add):
        return a + b if len(a) + len(b) <= _LONGEST else None
    if isinstance(a, str) and isinstance(b, int) and isinstance(op, ast.Mult):
        return a * b if len(a) * max(b, 0) <= _LONGEST else None
    if not (isinstance(a, int | float) and isinstance(b, int | float)) or max(abs(a), abs(b)) > _LARGEST:
        return None
    if isinstance(op, ast.Add | ast.Sub):
        return a + b if isinstance(op, ast.Add) else a - b
    if isinstance(op, ast.Mult):
        return a * b
    if isinstance(op, ast.FloorDiv) and b:
        return a // b
    return a**b if isinstance(op, ast.Pow) and isinstance(b, int) and 0 <= b <= 64 and abs(a) <= 64 else None


def _formatted(left: Scalar, right: Any, spot: Spot) -> Scalar | None:
    text, parts = str(left.value), right.items if isinstance(right, Items) else [right]
    if "*" in text or not all(isinstance(part, Scalar) for part in parts):
        return None
    if any(isinstance(part.value, str) and len(part.value) > _LONGEST // 10 for part in parts) or _wide(text):
        return None
    try:
        found = text % tuple(part.value for part in parts)
    except (TypeError, ValueError, OverflowError):
        return None
    return Scalar(found, filled(spot, text, left.spot, _fields(text, list(parts), left.spot)))


def _fields(text: str, parts: list[Scalar], spot: Spot) -> Iterator[tuple[int, int, str, Spot]]:
    """What stands in the fields of a text before `%`; of a doubled sign, one."""
    for match in re.finditer(r"%.", text):
        if match.group() == "%%":
            yield match.start() + 1, match.end(), "", spot
        else:
            part = parts.pop(0)
            yield *match.span(), match.group() % (part.value,), part.spot


def _wide(text: str) -> bool:
    """Whether a format asks for a width: `%999999999d` would fill the memory."""
    return any(match.group(1) in "0123456789.-+ #" for match in re.finditer(r"%(.)", text))


def part(base: Any, index: Any) -> Any:
    """`base[index]`."""
    if not isinstance(index, Scalar):
        return None
    if isinstance(base, Table):
        return base.items.get(str(index.value))
    if isinstance(base, Items) and isinstance(index.value, int) and -len(base.items) <= index.value < len(base.items):
        return base.items[index.value]
    return None


def compare(node: ast.Compare, sides: list[Any], scope: Scope) -> Scalar | None:
    """One comparison of two values that are known."""
    if len(sides) != 2:
        return None
    left, right, op = sides[0], sides[1], node.ops[0]
    spot = scope.module.spot(node)
    if isinstance(op, ast.Is | ast.IsNot):
        return _identical(left, right, isinstance(op, ast.Is), spot)
    if (
        isinstance(op, ast.In | ast.NotIn)
        and isinstance(left, Scalar)
        and isinstance(right, Items | Table)
        and not right.partial
    ):
        held = (
            right.items
            if isinstance(right, Table)
            else [item.value for item in right.items if isinstance(item, Scalar)]
        )
        return Scalar((left.value in held) == isinstance(op, ast.In), spot)
    if isinstance(left, Scalar) and isinstance(right, Scalar) and isinstance(op, ast.Eq | ast.NotEq):
        return Scalar((left.value == right.value) == isinstance(op, ast.Eq), spot)
    return None


def _identical(left: Any, right: Any, same: bool, spot: Any) -> Scalar | None:  # noqa: FBT001 - `is` or `is not`
    if not (isinstance(right, Scalar) and right.value is None):
        return None
    if isinstance(left, Scalar):
        return Scalar((left.value is None) == same, spot)
    return Scalar(not same, spot) if isinstance(left, Table | Items | Function | Made | External) else None
