"""Characters that a reader cannot see."""

from __future__ import annotations

import re

# Zero-width and formatting characters, bidirectional controls, tag characters, variation selectors supplement, soft hyphen.
# A zero-width joiner or a variation selector inside an emoji is usual, and is left alone.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e0fff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)

# What Markdown and HTML renderers do not show, so that a person who reviews the page does not see it either.
_COMMENT = re.compile(
    r"<!--.*?(?:-->|\Z)|^[ \t]*\[[^\]\n]*\]:\s*(?:#|<>)\s*(?:\([^)\n]*\)|\"[^\"\n]*\"|'[^'\n]*')[ \t]*$",
    re.DOTALL | re.MULTILINE,
)

_BRACE = re.compile(r"[{}]")


def comments(text: str) -> list[tuple[int, int]]:
    """The spans of HTML and Markdown comments."""
    return [m.span() for m in _COMMENT.finditer(text)] if "<!--" in text or "]:" in text else []


# The beginning of a JSON Schema written into prose.
_SCHEMA = re.compile(r"\{\s*\"(?:type|properties|\$schema|\$defs|required|additionalProperties)\"\s*:")


def schema_copies(text: str) -> list[tuple[int, int]]:
    """The spans of JSON Schema in a text, from its first brace to the one that closes it."""
    found: list[tuple[int, int]] = []
    for match in _SCHEMA.finditer(text) if '":' in text or '" :' in text else ():
        if not found or match.start() >= found[-1][1]:
            found.append((match.start(), _closing(text, match.start())))
    return found


def _closing(text: str, start: int) -> int:
    depth = 0
    for match in _BRACE.finditer(text, start):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.end()
    return len(text)


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with some spans blanked, every other character at its own offset."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def hidden_characters(text: str) -> list[tuple[int, int]]:
    """The spans of single characters that a person cannot see or that reorder what follows."""
    return [] if text.isascii() and text.isprintable() else [m.span() for m in _HIDDEN.finditer(text)]
