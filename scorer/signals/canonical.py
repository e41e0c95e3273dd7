"""JSON text exactly as JavaScript's JSON.stringify writes it, with sorted keys: what the registry hashes.

Numbers follow ECMA-262 Number::toString, keys are sorted by UTF-16 code unit, lone surrogates are escaped.
"""

from __future__ import annotations

import json
import math
import re
from json.encoder import encode_basestring

_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
# Where Python and JavaScript may write a number differently. Words in a string can look like one too; that only costs time.
# 2**53 - 1, which Zod writes everywhere, is safe.
_ODD_NUMBER = re.compile(r"[:\[,]-?(?!9007199254740991[,\]}])(?:[0-9]+(?:[.eE]|[0-9]{15})|NaN|Infinity)")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_ABOVE_SURROGATES = re.compile("[\ue000-\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_EXACT_INTEGER = 2**53


def canonical(value: object) -> str:
    """The canonical JSON text of a JSON value, by C code where that gives the same characters."""
    if isinstance(value, str):
        return _string(value)
    if not isinstance(value, (dict, list)):
        return exact(value) if isinstance(value, tuple) else _scalar(value)
    try:
        text = _ENCODER.encode(value)
    except RecursionError:
        return exact(value)
    return exact(value) if _may_differ(text) else text


def _may_differ(text: str) -> bool:
    if _ODD_NUMBER.search(text):
        return True
    if text.isascii():
        return False
    # The two orders of keys part only where a character beyond U+FFFF meets one that sorts after the surrogates.
    mixed = _ASTRAL.search(text) and _ABOVE_SURROGATES.search(text)
    return bool(mixed or _SURROGATE.search(text))


def exact(value: object) -> str:
    """The same text, written here character by character; without recursion, so that no nesting is too deep."""
    parts: list[str] = []
    # What is still to be written, last first: punctuation as (True, text), values as (False, value).
    todo: list[tuple[bool, object]] = [(False, value)]
    while todo:
        ready, item = todo.pop()
        if ready:
            parts.append(str(item))
        elif isinstance(item, dict):
            todo.extend(_members(item))
        elif isinstance(item, (list, tuple)):
            todo.extend(_elements(item))
        else:
            parts.append(_scalar(item))
    return "".join(parts)


def _members(item: dict[object, object]) -> list[tuple[bool, object]]:
    ordered = sorted(((str(key), value) for key, value in item.items()), key=lambda pair: _utf16(pair[0]))
    steps: list[tuple[bool, object]] = [(True, "{")]
    for at, (key, value) in enumerate(ordered):
        steps += [(True, f"{',' if at else ''}{_string(key)}:"), (False, value)]
    return [(True, "}"), *reversed(steps)]


def _elements(item: list[object] | tuple[object, ...]) -> list[tuple[bool, object]]:
    steps: list[tuple[bool, object]] = [(True, "[")]
    for at, value in enumerate(item):
        steps += [(True, "," if at else ""), (False, value)]
    return [(True, "]"), *reversed(steps)]


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass")


def _scalar(item: object) -> str:
    if item is None:
        return "null"
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, (int, float)):
        return number(item)
    if isinstance(item, str):
        return _string(item)
    raise TypeError(f"{type(item).__name__} is not a JSON value")


def _string(text: str) -> str:
    written = encode_basestring(text)
    return written if written.isascii() else _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", written)


def number(value: float) -> str:
    """A number as JavaScript prints the double it would have read: 1.0 is `1`, 1e21 is `1e+21`, 2**63 is `9223372036854776000`."""
    if isinstance(value, int) and abs(value) <= _MAX_EXACT_INTEGER:
        return str(value)
    try:
        double = float(value)
    except OverflowError:
        return "null"
    if not math.isfinite(double):
        return "null"
    return "0" if double == 0 else _shortest(double)


def _shortest(double: float) -> str:
    from decimal import Decimal  # noqa: PLC0415 - rare, and not free to import

    parts = Decimal(repr(abs(double))).normalize().as_tuple()
    digits, sign = "".join(map(str, parts.digits)), "-" if double < 0 else ""
    point = len(digits) + int(parts.exponent)
    if not -6 < point <= 21:
        tail = f".{digits[1:]}" if len(digits) > 1 else ""
        return f"{sign}{digits[0]}{tail}e{point - 1:+d}"
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    whole, fraction = digits[:point].ljust(point, "0"), digits[point:]
    return f"{sign}{whole}.{fraction}" if fraction else sign + whole
