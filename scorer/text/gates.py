"""The specification's hard gates: definitions that say nothing, by text comparison alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.models.rubric import NO_DESCRIPTION, TAUTOLOGICAL_DESCRIPTION
from scorer.text.unread import description_unread

if TYPE_CHECKING:
    from scorer.models.tool import Tool

# What ECMAScript's String.prototype.trim removes; Python's strip() takes another set.
_JS_SPACE = "\t\n\v\f\r \xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"


def gates(tool: Tool) -> tuple[str, ...]:
    """The flags of the hard gates: () or one of `NO_DESCRIPTION`, `TAUTOLOGICAL_DESCRIPTION`."""
    description = _bare(tool.description)
    if description_unread(tool):
        return ()
    if not description:
        return (NO_DESCRIPTION,)
    title = tool.definition.get("title")
    same = description in (_bare(tool.name), _bare(title if isinstance(title, str) else None))
    return (TAUTOLOGICAL_DESCRIPTION,) if same else ()


def _bare(text: str | None) -> str:
    return (text or "").lower().strip(_JS_SPACE)
