"""Bounds on what a definition may hold, so that every later phase can trust its values.

After `tidy` a definition is a tree of plain JSON values: at most `MAX_DEPTH` levels, every string encodes as UTF-8,
every number is one that a double can hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any

from scorer.models.tool import JsonObject, Problem

# Levels of objects and arrays. Real definitions stay below 40; serialisers of the report stop near 250.
MAX_DEPTH = 200

_SURROGATE = re.compile("[\ud800-\udfff]")

_MESSAGES = {
    "too-deep": f"is nested more than {MAX_DEPTH} levels deep, so it was left out",
    "lone-surrogate": "holds half of a surrogate pair, shown as U+FFFD",
    "not-a-number": "holds a number that JSON cannot carry (NaN, an infinity, or beyond 1e308), read as null",
    "not-json": "holds a value that is not JSON, read as text",
}


def tidy(definition: JsonObject) -> tuple[JsonObject, tuple[Problem, ...]]:
    """The definition without what would break a later phase, and a problem for each field that was changed.

    The same object comes back when there is nothing to mend, which is nearly always.
    """
    if not _suspect(definition):
        return definition, ()
    clean: JsonObject = {}
    problems: list[Problem] = []
    for key, value in definition.items():
        codes: set[str] = set()
        name = _text(key, codes)
        if _suspect(value, MAX_DEPTH - 1) == "too-deep":
            codes = {"too-deep"}
        else:
            clean[name] = _clean(value, codes)
        problems += (_problem(code, name) for code in sorted(codes))
    return clean, tuple(problems)


def cut(text: str, limit: int) -> str:
    """At most `limit` characters of a text."""
    return text if len(text) <= limit else text[:limit]


def one_line(text: str, limit: int) -> str:
    """The text's beginning as one line that cannot move a cursor: for names from outside in messages."""
    shown = " ".join(cut(text, 4 * limit).split())
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in shown)
    return shown if len(shown) <= limit else shown[: limit - 3] + "..."


def readable(text: str) -> str:
    """The text with unpaired surrogates replaced, so that it encodes as UTF-8."""
    return _SURROGATE.sub("\ufffd", text) if _broken(text) else text


def token(key: str) -> str:
    """A key as a reference token of an RFC 6901 pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def _problem(code: str, field: str) -> Problem:
    return Problem(code, f"`{one_line(field, 60)}` {_MESSAGES[code]}", pointer=f"/{token(cut(field, 60))}")


def _suspect(value: object, limit: int = MAX_DEPTH) -> str:
    """Why a value needs a closer look, "" when it does not; level by level, since a value may be deeper than the stack."""
    level, depth, odd = [value], 0, ""
    while level:
        below: list[object] = []
        texts: list[str] = []
        for item in level:
            if type(item) is dict:
                texts += item
                below += item.values()
            elif type(item) is list:
                below += item
            elif type(item) is str:
                texts.append(item)
            elif not _plain(item):
                odd = "odd"
        # Scalars make no level of their own.
        depth += any(isinstance(item, dict | list) for item in level)
        if depth > limit:
            return "too-deep"
        odd = odd or ("" if _encodes(texts) else "odd")
        level = below
    return odd


def _plain(item: object) -> bool:
    return item is None or type(item) is bool or (type(item) in (int, float) and _finite(item))


def _encodes(texts: list[str]) -> bool:
    """Whether all of them are text that UTF-8 can carry: one test for a whole level, since it runs on every definition."""
    try:
        return not _broken("".join(texts))
    except TypeError:
        return False


def _finite(number: Any) -> bool:
    try:
        return isfinite(number)
    except OverflowError:
        return False


def _broken(text: str) -> bool:
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _clean(value: Any, codes: set[str]) -> Any:
    if isinstance(value, Mapping):
        return {_text(key, codes): _clean(item, codes) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item, codes) for item in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if _finite(value) else codes.add("not-a-number")
    return _text(value, codes)


def _text(value: object, codes: set[str]) -> str:
    if not isinstance(value, str):
        codes.add("not-json")
    elif _broken(value):
        codes.add("lone-surrogate")
    return readable(str(value))
