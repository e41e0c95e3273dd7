"""Sentences: a description cut into prose, items, fields and code, each with its place and section."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["prose", "item", "code"]

_LINE = re.compile(r"[^\n]*\n?")
_FENCE = re.compile(r"\s*(```|~~~)")
_ITEM = re.compile(r"\s*(?:[-*+•‣–]|\d{1,2}[.)])\s+")
_HASHES = re.compile(r"\s*#{1,6}\s+")
# A sentence ends at . ! ? ; (or their East Asian forms) before white space or the end, but not inside "e.g. " or "i.e. ".
_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)(?<!\bapprox)(?<!\bno)(?<!\bmax)(?<!\bmin)[.!?]+[)\"'”’`*]*(?=\s|$)|;(?=\s)|[。！？]"
)

# Docstring and Markdown headings that say what the lines below them are about.
_SECTIONS = {
    "args": r"args?|arguments?|param(?:eter)?s?|inputs?|input parameters|keyword args|kwargs|options",
    "returns": r"returns?|output|outputs|response|yields|result|return value|returned data|response format",
    "raises": r"raises?|errors?|error handling|exceptions?|error codes",
    "examples": r"examples?|example usage|usage examples?|sample|prompt examples?|example prompts?",
    "when": r"when to use(?: this(?: tool)?)?|use (?:this (?:tool )?|it )?(?:when|if|for|to)(?: (?:you|the user|users?)(?: (?:need|want|have|would like|asks?|needs|wants))?(?: to)?)?|use cases?|best for|use for|usage|recommended for|ideal for",
    "not": r"when not to use(?: this(?: tool)?)?|do not use (?:this (?:tool )?|it )?(?:when|for|if)|don'?t use (?:this tool )?(?:when|for|if)|not recommended for|not for|avoid(?: when)?|common mistakes?",
    "notes": r"notes?|important|warnings?|caution|limitations?|limits|constraints|rate limits?|side effects?|behaviou?r|details|requirements|permissions|authentication|security",
    "before": r"prerequisites?|requires|workflow|before you use|next steps?|related tools?|see also|alternatives?",
}
_NAMES = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _SECTIONS.items()).replace(" ", "[ \\t]+")
# A heading ends in a colon; one without stands behind # marks or between stars, or it is only a wrapped line.
_SECTION = re.compile(
    rf"(?P<mark>\s*(?:#{{1,6}}\s*)?[*_]{{0,2}})(?:[^\w\s*]{{1,2}}\s*)?(?:{_NAMES})\s*[*_]{{0,2}}\s*(?::\s*[*_]{{0,2}}|(?P<bare>$))",
    re.IGNORECASE,
)

# No heading is longer.
_HEADING = 70


class Sentence(NamedTuple):
    """One sentence, list item or code line.

    text: its words without surrounding white space; start, end: offsets of `text` in the description.
    kind: prose, item (a bullet or numbered line) or code (fenced, or JSON). section: "" or the heading it stands under
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
    return tuple(_Cutter(text).run())


class _Cutter:
    """Goes through a text line by line and gives its sentences; holds the open block, the section and the fence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.section = ""
        self.fenced = False
        self.block = (-1, -1)

    def run(self) -> Iterator[Sentence]:
        for match in _LINE.finditer(self.text):
            if match.group():
                yield from self._line(match.group(), *match.span())
        yield from self._close()

    def _line(self, line: str, start: int, end: int) -> Iterator[Sentence]:
        if _FENCE.match(line):
            yield from self._close()
            self.fenced = not self.fenced
        elif self.fenced:
            yield from _one(self.text, start, end, "code", self.section)
        elif heading := _heading(line):
            yield from self._close()
            self.section = _name(heading)
            self.block = (start + heading.end(), end)
        elif item := _ITEM.match(line):
            yield from self._close()
            yield from self._split(start + item.end(), end, "item")
        elif _HASHES.match(line) or not line.strip():
            yield from self._close()
            self._leave_section(line)
        else:
            self.block = (start if self.block[0] < 0 else self.block[0], end)

    def _leave_section(self, line: str) -> None:
        """A blank line ends guidance and notes; parameters, results and examples may have gaps."""
        if line.strip() or self.section not in ("args", "returns", "raises", "examples"):
            self.section = ""

    def _close(self) -> Iterator[Sentence]:
        """The sentences of the open block."""
        start, end = self.block
        self.block = (-1, -1)
        return self._split(start, end, "prose") if start >= 0 else iter(())

    def _split(self, start: int, end: int, kind: Kind) -> Iterator[Sentence]:
        for match in _END.finditer(self.text, start, end):
            yield from self._sentence(start, match.end(), kind)
            start = match.end()
        yield from self._sentence(start, end, kind)

    def _sentence(self, start: int, end: int, kind: Kind) -> Iterator[Sentence]:
        """One sentence; a heading in front of it ("Returns: ...") counts as one on a line of its own would."""
        colon = self.text.find(":", start, start + _HEADING)
        heading = _SECTION.match(self.text, start, end) if colon >= 0 else None
        if heading and ":" in heading.group():
            self.section, start = _name(heading), heading.end()
        yield from _one(self.text, start, end, kind, self.section)


def _heading(line: str) -> re.Match[str] | None:
    """The heading that opens a line, if there is one; most lines show at once that there is none."""
    if len(line) >= _HEADING and ":" not in line[:_HEADING]:
        return None
    found = _SECTION.match(line)
    return None if found is None or (found["bare"] is not None and not found["mark"].strip()) else found


def _name(heading: re.Match[str]) -> str:
    """Which section a heading opens."""
    return next(name for name in _SECTIONS if heading[name] is not None)


def _one(text: str, start: int, end: int, kind: Kind, section: str) -> Iterator[Sentence]:
    raw = text[start:end]
    bare = raw.strip()
    if bare:
        begin = start + raw.index(bare)
        yield Sentence(bare, begin, begin + len(bare), "code" if _is_json(bare) else kind, section)


def _is_json(text: str) -> bool:
    return text.startswith('{"') or text.count('":') >= 2
