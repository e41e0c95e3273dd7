"""Sentences that the tools of a server share word by word."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scorer.text.sentences import sentences
from scorer.text.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.tool import Tool

_MIN_WORDS = 5
_MIN_TOOLS = 3
_REFERENCE = frozenset({"args", "returns", "raises", "examples"})


def boilerplate(tools: Sequence[Tool]) -> frozenset[str]:
    """Sentences of at least five words that at least three tools share, normalised: lower-case words joined by single spaces.

    Code, and what documents arguments, results and errors, is repeated for good reason and left out.
    """
    if len(tools) < _MIN_TOOLS:
        return frozenset()
    counts = Counter(text for tool in tools for text in _own(tool.description or ""))
    # Only what looks alike in capitals and spaces too is normalised: to do that with every sentence would cost more than all else.
    found = (" ".join(word.lower for word in words(text)) for text, times in counts.items() if times >= _MIN_TOOLS)
    return frozenset(text for text in found if text.count(" ") >= _MIN_WORDS - 1)


def _own(text: str) -> set[str]:
    return {s.text for s in sentences(text) if s.kind != "code" and s.section not in _REFERENCE and " " in s.text}
