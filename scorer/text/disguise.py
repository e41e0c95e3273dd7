"""Text as it is meant where it is written so that a reader passes it over: other scripts' letters, gaps, codes, characters without a shape."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from typing import TYPE_CHECKING

from scorer.text.hidden import hidden_characters

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = re.compile(r"[A-Za-z0-9+/_-]{20,}={0,2}|(?:[0-9a-fA-F]{2}[\s:]?){16,}")
# Nearly no text has a chunk, and these show it in a third of the time.
_LONG = re.compile(r"(?<![\w+/-])(?=[A-Za-z+/_-]*[0-9=])[\w+/-]{24}")
# A long name has no digit among capitals, or none at all.
_CODED = re.compile(r"[A-Z][a-z]*[0-9]|[0-9][a-z]*[A-Z]|[0-9a-fA-F]{2}[\s:][0-9a-fA-F]{2}[\s:]|[0-9a-f]{32}|==?\Z")
_PAIRS = re.compile(r"(?<![0-9a-fA-F])(?:[0-9a-fA-F]{2}[\s:]){15}")
LEET = str.maketrans("0134578@$", "oieastbas")
# Letters of other scripts that look like Latin ones.
LOOKALIKES = str.maketrans("аеорсухіѕјһкмтвнԁɡνοαερικτυ", "aeopcyxisjhkmtbhdgvoaepikту"[:27])
# A Latin letter beside one of another script that looks like one.
_MIXED = re.compile("[a-z][\u0251-\u0280\u03b1-\u03c9\u0430-\u0501]|[\u0251-\u0280\u03b1-\u03c9\u0430-\u0501][a-z]")
# Letters one by one, with as many signs between words as one pleases.
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_][ \u00a0.\-_*|]){5,}[^\W\d_](?![^\W_])")
# Nearly no text has letters one by one, and this shows it in a third of the time.
_ONE_BY_ONE = re.compile(r"\b[a-z](?:[ .\-_*|][a-z]){5}")
_DIGITS = 15
_GAP = re.compile(r"[ \u00a0.\-_*|]")
# What nobody hides words in: Latin letters, visible signs and pictures, and scripts without a letter that looks like a Latin one.
_STRANGE = re.compile(
    "[^\x00-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u23ff\u2500-\u27bf\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3\U0001f300-\U0001faff]"
)
# A subdivision's flag ends in tag characters too.
_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0020-\U000e007e]{4,}")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}")
_BITS = re.compile("[\u200b\u200c\u2060-\u2064\ufeff\u200d]{24,}")
_LETTERS = re.compile(r"[^\W\d_]{3}")


def readings(text: str) -> Iterator[str]:
    """What else a text says, in lower case: without characters that nobody sees, with Latin letters for their doubles, closed up, decoded.

    Nothing for most texts, which say nothing else.
    """
    plain, found = text.lower(), list[str]()
    strange = _is_strange(text)
    if strange:
        plain = unicodedata.normalize("NFKC", unseen_removed(text)).lower()
        doubles = [plain.translate(LOOKALIKES)] if _MIXED.search(plain) else []
        found = [plain, *doubles, *(message.lower() for message in hidden_messages(text))]
    if (strange or _ONE_BY_ONE.search(plain)) and _SPACED.search(plain):
        found.append(_SPACED.sub(lambda match: _GAP.sub("", match.group()), plain))
    for chunk in CHUNK.findall(text) if _may_be_coded(text) else ():
        if _CODED.search(chunk):
            found += decoded(chunk)
    known = {text.lower()}
    for one in found:
        if one not in known:
            known.add(one)
            yield one


def _may_be_coded(text: str) -> bool:
    """Whether there may be hexadecimal digits or Base64: hexadecimal letters have a digit each, and Base64 has one or an equals sign."""
    digits = sum(map(text.count, "0123456789"))
    return bool((digits or "=" in text) and (_LONG.search(text) or (digits >= _DIGITS and _PAIRS.search(text))))


def _is_strange(text: str) -> bool:
    """Whether there is a character that may hide something, or be taken for another one."""
    return not text.isascii() and _STRANGE.search(text) is not None


def unseen_removed(text: str) -> str:
    """The text without the characters that a person does not see."""
    for start, end in reversed(hidden_characters(text)):
        text = text[:start] + text[end:]
    return text


def hidden_messages(text: str) -> Iterator[str]:
    """What is written in characters without a shape: tag characters, variation selectors, two zero-width signs as bits."""
    if not _is_strange(text):
        return
    for run in _TAGS.findall(text):
        yield from _speaking("".join(chr(ord(one) - 0xE0000) for one in run))
    for run in _SELECTORS.findall(text):
        values = [ord(one) - (0xFE00 if ord(one) < 0xFFFF else 0xE0100 - 16) for one in run]
        yield from _speaking(bytes(values).decode("utf-8", "replace"))
    for run in _BITS.findall(text):
        yield from _bits(run)


def _bits(run: str) -> Iterator[str]:
    signs = sorted(set(run))
    for one in signs if len(signs) == 2 else ():
        digits = "".join("1" if sign == one else "0" for sign in run)
        yield from _speaking("".join(chr(int(digits[at : at + 8], 2)) for at in range(0, len(digits) - 7, 8)))


def _speaking(message: str) -> Iterator[str]:
    """A message that has a word and is printable; other runs are noise."""
    if _LETTERS.search(message) and sum(char.isprintable() for char in message) > 0.9 * len(message):
        yield message


def decoded(chunk: str) -> Iterator[str]:
    """A run of hexadecimal digits or Base64 as the text that it holds, in lower case."""
    digits = re.sub(r"[\s:]", "", chunk)
    if re.fullmatch(r"(?:[0-9a-fA-F]{2})+", digits):
        yield bytes.fromhex(digits).decode("utf-8", "replace").lower()
    try:
        raw = base64.b64decode(chunk.replace("-", "+").replace("_", "/") + "=" * (-len(chunk) % 4), validate=True)
    except (binascii.Error, ValueError):
        return
    text = raw.decode("utf-8", "replace")
    if sum(char.isprintable() for char in text) > 0.9 * len(text):
        yield text.lower()
