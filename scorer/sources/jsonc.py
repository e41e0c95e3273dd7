"""JSON with comments, as editors let people write their settings: `//`, `/* */`, and a comma before a closing bracket."""

from __future__ import annotations

import re

# An open string or comment runs to the end of its line or text, so that broken text costs no more time than sound text.
_COMMENT = r"//[^\r\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?"
_NOT_JSON = re.compile(rf"""(?P<string>"(?:[^"\\\n]|\\.)*+"?)|{_COMMENT}|,(?=(?:\s|{_COMMENT})*+[}}\]])""", re.DOTALL)
_PRINTED = re.compile(r"[^\r\n]")


def blank_comments(text: str) -> str:
    """The text as plain JSON of the same length: comments and trailing commas become spaces, so that every place stays."""
    return _NOT_JSON.sub(lambda found: found["string"] or _PRINTED.sub(" ", found.group()), text)
