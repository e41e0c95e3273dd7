"""A docstring with its place, and its sections as FastMCP reads them.

Source of the rules: `parse_docstring` of the `fastmcp` package, 4.2.
"""

from __future__ import annotations

import ast
import inspect
import logging
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.marks import aligned
from scorer.sources.tree.values import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorer.sources.python_code.scopes import Module

_STYLES = ("google", "numpy", "sphinx")
# Headings that end the description although griffe has no kind of its own for them.
_HEADINGS = frozenset(
    "attention caution danger error example hint important note notes raise references return see-also tip todo warning yield".split()
)


def docstring(node: ast.AST, module: Module) -> Scalar | None:
    """The docstring of a function, class or module as the source holds it."""
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else None
    held = first.value if isinstance(first, ast.Expr) else None
    if isinstance(held, ast.Constant) and isinstance(held.value, str):
        return Scalar(held.value, module.spot(held))
    return None


def cleaned(doc: Scalar) -> Scalar:
    """The docstring without its indentation."""
    text = str(doc.value)
    clean = inspect.cleandoc(text)
    return Scalar(clean, aligned(doc.spot, clean, text, doc.spot))


def sections(text: str | None) -> tuple[str | None, dict[str, str]]:
    """What a docstring says before its sections, and what it says of each parameter, in the first style that has sections."""
    if not text or not (clean := inspect.cleandoc(text)):
        return None, {}
    from griffe import Docstring  # noqa: PLC0415 - only for FastMCP

    logging.getLogger("griffe").setLevel(logging.CRITICAL)
    for style in _STYLES:
        found = Docstring(clean, lineno=1, parser=style).parse()  # type: ignore[arg-type]
        if any(_is_structure(section) for section in found):
            return _description(found), _parameters(found)
    return clean, {}


def _is_structure(section: Any) -> bool:
    if section.kind.value == "admonition":
        return section.value.kind in _HEADINGS
    return bool(section.kind.value != "text")


def _description(found: Iterable[Any]) -> str | None:
    return next((section.value for section in found if section.kind.value == "text"), None)


def _parameters(found: Iterable[Any]) -> dict[str, str]:
    return {
        parameter.name: parameter.description
        for section in found
        if section.kind.value == "parameters"
        for parameter in section.value
    }
