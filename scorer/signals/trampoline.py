"""Recursion without Python's stack, so that hostile nesting costs time and memory but never an error."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

T = TypeVar("T")
# A recursive function written as a generator: it yields the calls it needs, is sent their results, and returns its own.
Steps = Generator[Any, Any, T]


def run(call: Steps[T]) -> T:
    """The return value of `call`, with every generator it yields run in turn."""
    stack: list[Steps[Any]] = [call]
    value: Any = None
    while stack:
        try:
            child = stack[-1].send(value)
        except StopIteration as stop:
            stack.pop()
            value = stop.value
        else:
            stack.append(child)
            value = None
    result: T = value
    return result
