"""Fields of definitions that the code around them assigns anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.sources.typescript_code.reader import Reader, depends

if TYPE_CHECKING:
    from tree_sitter import Node

    from scorer.sources.tree.found import Found
    from scorer.sources.typescript_code.module import Module


_CHANGED = re.compile(
    rb"(?<![\w$.])(?!this|exports|module|option|program|command)[\w$]+\.(description|inputSchema|annotations)\s*(?:\+|\?\?|\|\|)?=(?![=>])"
)


def forget_changed(reader: Reader, found: Found, module: Module) -> None:
    """A field that code around the definitions assigns anew is not known any more."""
    for path in sorted({module.path, *reader.open}):
        home = reader.modules.parse(path)
        if home is None or len(home.text) > 500_000:
            continue
        for word in home.at(_CHANGED):
            key = home.raw(word)
            if key in found.definition and _is_passing(reader, word, home):
                del found.definition[key]
                found.notes.unread = [gap for gap in found.notes.unread if not gap.pointer.startswith(f"/{key}")]
                found.notes.miss(f"/{key}", reader.evaluator.unknown(word, home, "is assigned anew"), key)


def _is_passing(reader: Reader, word: Node, module: Module) -> bool:
    """Whether what is assigned to is a loop's variable or a parameter, so that any definition may be meant."""
    member = module.parent(word)
    value = reader.evaluator.value(member.child_by_field_name("object") if member is not None else None, module, {})
    return depends(value)
