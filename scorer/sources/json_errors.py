"""What is wrong with a text that is not JSON: in one line, with the place, and with a tip that fits the mistake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.errors import InputError
from scorer.sources.json_text import column_of, line_of
from scorer.sources.numbers import BadNumberError

if TYPE_CHECKING:
    from json import JSONDecodeError

_TRAILING = re.compile(r",\s*+[}\]]")

# How the text goes on where the parser stopped -> what that is, and what to do.
_MISTAKES = (
    (_TRAILING, "a comma before a closing bracket", "Remove that comma: JSON allows none after the last element."),
    (re.compile(r"//|/\*|#"), "a comment", "Remove the comments: JSON has none."),
    (re.compile(r"'"), "a single quote", "Put strings and keys in double quotes."),
    (re.compile(r"(True|False|None|undefined)\b"), "a word that is not JSON", "Write true, false or null."),
    (re.compile(r"```"), "a Markdown fence", "Keep only the JSON between the fences."),
    (re.compile(r"[“”„]"), "a typographic quote", 'Put strings and keys in straight double quotes (").'),
)
# What the parser says -> what to do.
_MESSAGES = (
    ("Unterminated", "The file seems to be cut off: save it again whole."),
    ("Invalid control", "Write a line break inside a string as \\n, a tab as \\t."),
    ("Invalid \\", "Write a backslash inside a string as \\\\."),
    ("Extra data", "Keep one JSON document in a file, or one tool on each line."),
    ("Expecting property name", "Put every key in double quotes."),
    ("Expecting ','", "Put a comma between two elements, and a backslash before a double quote inside a string."),
    ("Expecting ':'", "Put a colon between a key and its value."),
)
_DEFAULT_TIP = "Give a tools/list result as JSON; a JSON validator shows the place."


def explain(
    error: JSONDecodeError | BadNumberError | RecursionError, text: str, name: str, line: int = 1
) -> InputError:
    """The error as the user's: line and column are 1-based; `line` is where `text` begins in the file called `name`."""
    if isinstance(error, RecursionError):
        return InputError(
            f"{name} is nested too deeply to be read", "No tool needs such depth: look for a generator in a loop."
        )
    what, pos, tip = _mistake(error, text)
    where = f"line {line_of(text, pos) + line - 1}, column {column_of(text, pos)}"
    return InputError(f"{name} is not valid JSON: {what} at {where}", tip)


def _mistake(error: JSONDecodeError | BadNumberError, text: str) -> tuple[str, int, str]:
    if isinstance(error, BadNumberError):
        return f"{error} is not a number that JSON can carry", error.pos, "Write null, or a finite number below 1e308."
    pos = _comma_before(text, error.pos)
    for pattern, what, tip in _MISTAKES:
        if pattern.match(text, pos):
            return what, pos, tip
    if not text[error.pos : error.pos + 4096].strip():
        return (
            "the text ends too early",
            min(error.pos, len(text.rstrip())),
            "The file seems to be cut off: save it again whole.",
        )
    tip = next((tip for start, tip in _MESSAGES if error.msg.startswith(start)), _DEFAULT_TIP)
    return error.msg[:1].lower() + error.msg[1:].removesuffix(" at"), error.pos, tip


def _comma_before(text: str, pos: int) -> int:
    """The offset of the comma that makes a closing bracket wrong; Python 3.13 points at the comma, earlier ones behind it."""
    if text[pos : pos + 1] not in ("}", "]"):
        return pos
    before = text[max(0, pos - 4096) : pos].rstrip()
    return max(0, pos - 4096) + len(before) - 1 if before.endswith(",") else pos
