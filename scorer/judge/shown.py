"""A definition as the judge is shown it: one JSON value in which nothing is invisible and nothing can end it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from scorer.text.hidden import hidden_characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorer.models.signals import Signals
    from scorer.models.tool import Tool

# What an agent sees and what is judged; the rest of an entry (icons, `_meta`) is for programs.
_FIELDS = ("name", "title", "description", "inputSchema", "outputSchema", "annotations")
# Line ends that JSON leaves as they are, and halves of a surrogate pair.
_ALSO = re.compile("[\u0085\u2028\u2029\ud800-\udfff]")
_SAFE_NAME = re.compile(r"[A-Za-z0-9_.\-]{1,64}")
_BEGINNING, _PARAMETERS = 160, 12


def as_json(value: Any) -> str:
    """Compact JSON on one line; characters that a person cannot see, and those that turn text around, as escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _ALSO.sub(lambda match: _escaped(match.group()), _without_hidden(text))


def _without_hidden(text: str) -> str:
    parts, last = [], 0
    for start, end in hidden_characters(text):
        parts += [text[last:start], *(_escaped(char) for char in text[start:end])]
        last = end
    return "".join((*parts, text[last:]))


def _escaped(char: str) -> str:
    code = ord(char)
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def shown_definition(tool: Tool) -> str:
    """The fields of a definition that an agent sees."""
    return as_json({key: tool.definition[key] for key in _FIELDS if key in tool.definition})


def safe_names(names: Iterable[str], refused: Iterable[str], most: int) -> tuple[list[str], int]:
    """The names of a server's tools that may stand beside another tool's definition, sorted, and how many are withheld.

    A name is a stranger's text, too: one that is no plain identifier, or that speaks, could reach its siblings' judgements.
    """
    wanted, bad = sorted(set(names)), set(refused)
    shown = [name for name in wanted if _SAFE_NAME.fullmatch(name) and name not in bad][:most]
    return shown, len(wanted) - len(shown)


def shown_set(tools: Sequence[Tool], signals: Sequence[Signals]) -> str:
    """All tools of a server in outline, for the questions about the set."""
    return as_json([_outline(tool, counted) for tool, counted in zip(tools, signals, strict=True)])


def _outline(tool: Tool, counted: Signals) -> dict[str, Any]:
    names = [p.name for p in counted.parameters if p.depth == 1][:_PARAMETERS]
    return {"name": tool.name, "description": (tool.description or "")[:_BEGINNING], "parameters": names}
