"""Methods of texts: `trim`, `replace`, `split` and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorer.sources.tree.marks import aligned, joined, marked, marks_of, pieces
from scorer.sources.tree.values import Items, Scalar

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.typescript_code.module import Module
    from scorer.sources.typescript_code.values import Env, Follows

METHODS = frozenset(
    "trim trimStart trimEnd toLowerCase toUpperCase replace replaceAll join concat split slice toString".split()
)


def method(evaluator: Follows, base: Scalar, name: str, node: Node, module: Module, env: Env, depth: int) -> Any:  # noqa: PLR0913, PLR0917 - as above
    text, spot = str(base.value), module.spot(node)
    given = [evaluator.value(argument, module, env, depth) for argument in evaluator.arguments(node)]
    plain = [value.value for value in given if isinstance(value, Scalar)]
    if len(plain) != len(given):
        return evaluator.computed(node, module)
    simple: dict[str, Any] = {
        "trim": str.strip,
        "trimStart": str.lstrip,
        "trimEnd": str.rstrip,
        "toLowerCase": str.lower,
        "toUpperCase": str.upper,
    }
    if name == "toString" and not plain:
        return base
    if name in simple and not plain:
        found = simple[name](text)
        at = aligned(spot, found, text, base.spot) if "trim" in name else marked(spot, marks_of(text, base.spot))
        return Scalar(found, at)
    if name == "concat":
        parts = [(text, base.spot), *((str(value.value), value.spot) for value in given)]
        return Scalar("".join(part for part, _ in parts), joined(spot, parts))
    if name in ("replace", "replaceAll") and len(plain) == 2 and all(isinstance(part, str) for part in plain):
        return Scalar(text.replace(str(plain[0]), str(plain[1]), -1 if name == "replaceAll" else 1), spot)
    if name == "split" and len(plain) == 1 and isinstance(plain[0], str) and plain[0]:
        found = text.split(plain[0])
        spots = pieces(spot, found, text, base.spot)
        return Items([Scalar(part, at) for part, at in zip(found, spots, strict=True)], spot)
    return evaluator.computed(node, module)
