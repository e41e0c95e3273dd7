"""What operators of JavaScript give for values that are known."""

from __future__ import annotations

from typing import Any

from scorer.sources.tree.values import Items, Scalar, Table
from scorer.sources.typescript_code.values import Class, Function, Zod

_LONGEST = 400_000


def text_of(value: Any) -> str | None:
    """What a template writes for a value, None when that cannot be told."""
    if not isinstance(value, Scalar):
        return None
    if isinstance(value.value, bool):
        return "true" if value.value else "false"
    return "undefined" if value.value is None else str(value.value)


def truth(value: Any) -> bool | None:
    """Whether a value counts as true."""
    if isinstance(value, Scalar):
        return bool(value.value)
    return True if isinstance(value, Table | Items | Function | Class | Zod) else None


def calculated(sign: str, a: Any, b: Any) -> Any:
    """What an operator gives for two plain values, None when that cannot be told."""
    if sign in ("===", "=="):
        return a == b
    if sign in ("!==", "!="):
        return a != b
    if sign == "+" and (isinstance(a, str) or isinstance(b, str)):
        text = "".join("undefined" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for v in (a, b))
        return text if len(text) <= _LONGEST else None
    if isinstance(a, int | float) and isinstance(b, int | float) and max(abs(a), abs(b)) < 1e15:
        return {"+": a + b, "-": a - b, "*": a * b}.get(sign)
    return None
