"""Sentences: a description cut into prose, items, fields and code, each with its place and section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["prose", "item", "code"]

_LINE = re.compile(r"[^\n]*\n?")
_FENCE = re.compile(r"\s*(```|~~~)")
_ITEM = re.compile(r"\s*(?:[-*+•‣–]|\d{1,2}[.)])\s+")
_HASHES = re.compile(r"\s*#{1,6}\s+")
# A sentence ends at . ! ? (or their East Asian forms) before white space or the end, but not inside "e.g. " or "i.e. ".
_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)(?<!\bapprox)(?<!\bno)(?<!\bmax)(?<!\bmin)[.!?]+[)\"'”’`*]*(?=\s|$)|[。！？]")

# Docstring and Markdown headings that say what the lines below them are about.
_SECTIONS = {
    "args": r"args?|arguments?|param(?:eter)?s?|inputs?|input parameters|keyword args|kwargs|options",
    "returns": r"returns?|output|outputs|response|yields|result|return value|returned data|response format",
    "raises": r"raises?|errors?|error handling|exceptions?|error codes",
    "examples": r"examples?|example usage|usage examples?|sample|prompt examples?|example prompts?",
    "when": r"when to use(?: this(?: tool)?)?|use (?:this tool )?when|use cases?|best for|use for|usage|recommended for|ideal for",
    "not": r"when not to use(?: this(?: tool)?)?|do not use (?:this tool )?(?:when|for|if)|don'?t use (?:this tool )?(?:when|for|if)|not recommended for|not for|avoid(?: when)?|common mistakes?",
    "notes": r"notes?|important|warnings?|caution|limitations?|limits|constraints|rate limits?|side effects?|behaviou?r|details|requirements|permissions|authentication|security",
    "before": r"prerequisites?|requires|workflow|before you use|next steps?|related tools?|see also|alternatives?",
}
_SECTION = re.compile(
    r"\s*(?:#{1,6}\s*)?(?:[*_]{1,2})?(?:[^\w\s*]{1,2}\s*)?(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _SECTIONS.items())
    + r")\s*(?:[*_]{1,2})?\s*(?::\s*(?:[*_]{1,2})?|$)",
    re.IGNORECASE,
)


class Sentence(NamedTuple):
    """One sentence, list item or code line.

    text: its words without surrounding white space; start, end: offsets of `text` in the description.
    kind: prose, item (a bullet or numbered line) or code. section: "" or the heading it stands under
    ("args", "returns", "raises", "examples", "when", "not", "notes", "before").
    """

    text: str
    start: int
    end: int
    kind: Kind
    section: str


@lru_cache(maxsize=8192)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a description, in order. Headings are dropped, their section is kept."""
    return tuple(_walk(text))


def _walk(text: str) -> Iterator[Sentence]:
    section, fenced, block_start, block_end = "", False, -1, -1
    for match in _LINE.finditer(text):
        line, start = match.group(), match.start()
        if not line:
            break
        heading = None if fenced else _SECTION.match(line)
        item = None if fenced else _ITEM.match(line)
        if heading or item or fenced or not line.strip() or _FENCE.match(line) or _HASHES.match(line):
            yield from _split(text, block_start, block_end, section)
            block_start = -1
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            yield from _one(text, start, match.end(), "code", section)
        elif heading:
            section = str(heading.lastgroup)
            block_start, block_end = start + heading.end(), match.end()
        elif item:
            yield from _items(text, start + item.end(), match.end(), section)
        elif _HASHES.match(line):
            section = ""
        elif line.strip():
            block_start = start if block_start < 0 else block_start
            block_end = match.end()
        elif section not in ("args", "returns", "raises", "examples"):
            section = ""
    yield from _split(text, block_start, block_end, section)


def _items(text: str, start: int, end: int, section: str) -> Iterator[Sentence]:
    for sentence in _split(text, start, end, section):
        yield sentence._replace(kind="item")


def _split(text: str, start: int, end: int, section: str) -> Iterator[Sentence]:
    if start < 0:
        return
    at = start
    for match in _END.finditer(text, start, end):
        yield from _one(text, at, match.end(), "prose", section)
        at = match.end()
    yield from _one(text, at, end, "prose", section)


def _one(text: str, start: int, end: int, kind: Kind, section: str) -> Iterator[Sentence]:
    raw = text[start:end]
    bare = raw.strip()
    if bare:
        begin = start + raw.index(bare)
        yield Sentence(bare, begin, begin + len(bare), kind, section)
