"""What no output may pass on as it came: control, bidirectional and invisible characters, and text without an end."""

from __future__ import annotations

import re

# Controls, surrogates, noncharacters and what Unicode calls default-ignorable (DerivedCoreProperties.txt), with three exceptions
# that belong to honest writing: tab and line feed, joiners between letters of scripts that join, and the emoji selector after a symbol.
_JOINING = "[\u0600-\u109f]"
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    f"|(?<!{_JOINING})[\u200c\u200d]|[\u200c\u200d](?!{_JOINING})"
    "|(?<![#*0-9\u00a9-\ufdff\U0001f000-\U0001faff])\ufe0f"
)
# Where Markdown, the site that shows it or a template engine would see more than text: mentions, addresses, issue numbers, braces.
_LIVE = re.compile(
    r"(?<=@)(?=\w)|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=#)(?=\d)|(?<=\bgh-)(?=\d)|(?<=\{)(?=[{%#])|(?<=[}%#])(?=\})",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[\\`*\[\]{}#~!$^]|(?<![^\W_])_|_(?![^\W_])|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|(?<=^\d\d\d)[.)]")
# A backtick is escaped by then, so the backslash before it is always its own.
_TICKS = re.compile(r"\\`([^`]+?)\\`")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "\u200b": "&#8203;"})
_NEWLINE = re.compile(r"\r\n?")
_SPACE = re.compile(r"\s+")


def visible(text: str) -> str:
    r"""The text with every character that hides or moves others written out (`\u202e`, `\u{e0041}`); tabs and line breaks stay."""
    return _HIDDEN.sub(_written_out, _NEWLINE.sub("\n", text))


def folded(text: str, limit: int = 600) -> str:
    """One visible line of at most `limit` characters: white space folded into single spaces, a cut shown by an ellipsis."""
    # Folding shortens, so more than `limit` is read; but never the whole of a text that may have megabytes.
    head = text[: 8 * limit]
    line = _SPACE.sub(" ", visible(head)).strip()
    return clipped(line, limit) if len(head) == len(text) else clipped(f"{line} …".strip(), limit)


def margin(text: str) -> str:
    """The indentation of a line of source code, in spaces."""
    return " " * min(len(text) - len(text.lstrip(" \t")), 40)


def clipped(text: str, limit: int) -> str:
    """The text cut to at most `limit` characters, the last of them an ellipsis if something was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def markdown_text(text: str, limit: int = 600) -> str:
    """The text as one line of Markdown that shows it and does nothing else: no link, mention, markup, table cell or HTML."""
    return _MARKUP.sub(r"\\\g<0>", _apart(text, limit)).translate(_ENTITIES)


def markdown_sentence(text: str, limit: int = 600) -> str:
    """Likewise a sentence of ours, with what stands between backticks as code."""
    return _TICKS.sub(r"<code>\1</code>", markdown_text(text, limit))


def html_text(text: str, limit: int = 600) -> str:
    """Likewise as one line of HTML inside Markdown, where backslashes would show."""
    return _apart(text, limit).translate(_ENTITIES)


def _apart(text: str, limit: int) -> str:
    # `folded` leaves no zero-width space, so each one is ours.
    return _LIVE.sub("\u200b", folded(text, limit))


def _written_out(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\u{{{code:x}}}"
