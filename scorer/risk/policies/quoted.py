"""Text between double quotes, as YAML and TOML both read it."""

from __future__ import annotations

import json


def quoted(value: object) -> str:
    """A string, number, truth or list; every character that is not plain is escaped, half a surrogate pair becomes U+FFFD."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(quoted(item) for item in value)}]"
    if not isinstance(value, str):
        return json.dumps(value)
    if value.isascii() and value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return '"' + "".join(_escaped(character) for character in value) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    if character in '"\\':
        return f"\\{character}"
    if 0xD800 <= code <= 0xDFFF:
        return "\\uFFFD"
    if character.isprintable() and character not in "\u2028\u2029\ufeff":
        return character
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def commented(text: str) -> str:
    """A text for one line of comment."""
    return (
        "".join(character if character.isprintable() else "?" for character in text).encode("utf-8", "replace").decode()
    )
