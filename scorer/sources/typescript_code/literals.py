"""Strings, templates and numbers as the values that they stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.marks import joined
from scorer.sources.tree.values import Scalar, Unknown, doubt_of
from scorer.sources.typescript_code.operators import text_of
from scorer.sources.typescript_code.texts import unescaped

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.tree.values import Spot
    from scorer.sources.typescript_code.module import Module
    from scorer.sources.typescript_code.values import (
        Env,
        Follows,
    )


def string(evaluator: Follows, node: Node, module: Module, env: Env, depth: int) -> Any:
    """A string literal."""
    del evaluator, env, depth
    raw = module.raw(node)[1:-1]
    text = unescaped(raw)
    if raw == text:
        return Scalar(text, module.spot(node, inside=True, verbatim=True))
    return Scalar(*module.literal(node, node.start_byte + 1, node.end_byte - 1))


def template(evaluator: Follows, node: Node, module: Module, env: Env, depth: int) -> Any:
    """A template string, with what its holes give."""
    raw = module.raw(node)[1:-1]
    if not any(mark in raw for mark in ("\\", "$", "\r")):
        return Scalar(raw, module.spot(node, inside=True, verbatim=True))
    parts: list[tuple[str, Spot]] = []
    position, doubt = node.start_byte + 1, None
    for child in node.named_children:
        if child.type != "template_substitution":
            continue
        parts.append(module.literal(node, position, child.start_byte))
        value = evaluator.value(child.named_children[0] if child.named_children else None, module, env, depth)
        text = text_of(value)
        if text is None or (isinstance(value, Scalar) and value.value is None and value.doubt):
            return value if isinstance(value, Unknown) else doubt_of(value) or evaluator.computed(child, module)
        parts.append((text, value.spot))
        doubt = doubt or doubt_of(value)
        position = child.end_byte
    parts.append(module.literal(node, position, node.end_byte - 1))
    whole = module.spot(node, inside=True)
    return Scalar("".join(text for text, _ in parts), joined(whole, parts), doubt)


def number(evaluator: Follows, node: Node, module: Module, env: Env, depth: int) -> Any:
    """A number; one that is whole is an integer."""
    del env, depth
    text = module.raw(node).replace("_", "")
    try:
        value: float = int(text, 0) if re.match(r"0[xobXOB]", text) else float(text)
    except ValueError:
        return evaluator.computed(node, module)
    whole = abs(value) < 2**53 and value == int(value)
    return Scalar(int(value) if whole else value, module.spot(node))
