"""What the words of a definition tell about each parameter: documentation that says something, and explanations in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from scorer.text.words import GENERIC, content_stems, name_stems, split_identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.facts.subject import Subject
    from scorer.models.signals import Parameter

# `name (type): words`, `- **name** - words`: an entry of a list of parameters. The words may go on in the next lines.
_ENTRY = re.compile(
    r"^[ \t]*(?:[-*+•][ \t]+|\d+[.)][ \t]+)?[`*\"']*(?P<name>[^\W\d][\w.\[\]-]*)[`*\"']*[ \t]*(?P<type>\([^)\n]{0,80}\))?[`*]*[ \t]*"
    r"(?::|[–—]|[ \t]-(?=[ \t])|->|→)[`*]*[ \t]*(?P<words>\S[^\n]*)?$",
    re.MULTILINE,
)
_TOKEN = re.compile(r"[^\W\d]\w*(?:-\w+)*")
# What may follow a parameter's name where it is explained: "(absolute path)", "=true strips ...", ": words", "is a JSON object".
_FOLLOWS = re.compile(
    r"[`'\"*]*(?:\s*\((?P<aside>[^()]{2,200})\)|\s*=\s*(?P<value>[^\n]{1,200})|\s*:\s+(?P<words>[^\n]{2,300})|"
    r"\s+(?P<verb>(?:parameter|param|argument|option|field|flag|value)?\s*(?:is|are|must|should|can|may|accepts?|takes?|controls?|specif\w+|sets?|"
    r"defines?|contains?|holds?|determines?|selects?|limits?|filters?|means|defaults?|supports?|to|for|removes?|returns?|enables?|disables?)\b[^\n]{3,300}))"
)
_SENTENCE_END = re.compile(r"[.;!?](?:\s|$)|\n")
_QUOTED = re.compile(r"[`'\"*]$")
_QUOTES = re.compile(r"[`'\"*]")
# Types and markers that an explanation may consist of without explaining anything.
_MARKERS = GENERIC | {
    "str",
    "int",
    "bool",
    "dict",
    "float",
    "option",
    "none",
    "null",
    "true",
    "fals",
    "mandatori",
    "e.g",
}
_PLAIN = re.compile(r"[a-z]+")


class Explanation(NamedTuple):
    """Where the description explains a parameter: offsets of the words, and the words."""

    start: int
    end: int
    words: str


def says_something(words: str, name: str) -> bool:
    """Whether documentation tells more than the parameter's own name and type do. Words in other scripts count if there are any."""
    if not words.isascii() and sum(c.isalpha() and not c.isascii() for c in words) > 1:
        return True
    return bool(_added(words, name)) or any(c.isdigit() for c in words)


def _added(words: str, name: str) -> frozenset[str]:
    known = name_stems(name)
    short = tuple(part for part in split_identifier(name) if len(part) > 2)
    return frozenset(
        s for s in content_stems(words) if s not in known and s not in _MARKERS and not s.startswith(short)
    )


def added_stems(words: str, parameter: Parameter) -> frozenset[str]:
    """Stems that the words add to a parameter's name and to its own documentation."""
    return _added(words, parameter.name) - frozenset(content_stems(parameter.description or ""))


@lru_cache(maxsize=4)
def explained(subject: Subject) -> dict[str, Explanation]:
    """Parameter name -> where the description explains it; names in any spelling (`page_size`, `pageSize`)."""
    names = {_key(p.name): p.name for p in subject.parameters}
    found: dict[str, Explanation] = {}
    if names and subject.text:
        for key, place in (*_entries(subject.text), *_inline(subject.text, names.keys())):
            name = names.get(key)
            if name is not None and name not in found and says_something(place.words, name):
                found[name] = place
    return found


def entries(subject: Subject) -> Iterator[tuple[str, int, int]]:
    """(name, start, end) of the entries that stand under a heading for parameters."""
    for sentence in subject.sentences:
        if sentence.section == "args" and sentence.kind != "code":
            line_start = subject.text.rfind("\n", 0, sentence.start) + 1
            for match in _ENTRY.finditer(subject.text, line_start, sentence.end):
                yield match.group("name"), match.start("name"), match.end("name")


def _key(name: str) -> str:
    return "_".join(split_identifier(name))


def _entries(text: str) -> Iterator[tuple[str, Explanation]]:
    for match in _ENTRY.finditer(text):
        end = _entry_end(text, match.end())
        start = match.start("words") if match.group("words") else match.end()
        words = f"{match.group('type') or ''} {text[start:end]}"
        yield _key(match.group("name").rpartition(".")[2]), Explanation(match.start("name"), end, words)


def _entry_end(text: str, end: int) -> int:
    """Where an entry ends: lines that start no entry of their own and no paragraph go on."""
    while end < len(text):
        line_end = text.find("\n", end + 1)
        line = text[end + 1 : line_end if line_end >= 0 else len(text)]
        if not line.strip() or not line[0].isspace() or _ENTRY.match(line):
            break
        end += 1 + len(line)
    return end


def _inline(text: str, names: object) -> Iterator[tuple[str, Explanation]]:
    """Explanations in running text. A plain English word counts as a parameter only in quotes or before `=` or `:`."""
    tokens: defaultdict[str, list[re.Match[str]]] = defaultdict(list)
    for match in _TOKEN.finditer(text):
        tokens[_key(match.group())].append(match)
    for key in names if isinstance(names, (dict, type({}.keys()))) else ():
        for match in tokens.get(key, ())[:20]:
            place = _explanation(text, match)
            if place is not None:
                yield key, place


def _explanation(text: str, match: re.Match[str]) -> Explanation | None:
    quoted = bool(_QUOTED.search(text, max(0, match.start() - 1), match.start()))
    after = _FOLLOWS.match(text, match.end())
    plain = _PLAIN.fullmatch(match.group()) is not None and not quoted
    if after and not (plain and after.group("verb")):
        kind = after.lastgroup or "verb"
        end = after.end(kind) if kind == "aside" else _clause_end(text, after.start(kind), after.end(kind))
        return Explanation(match.start(), end, text[after.start(kind) : end])
    if quoted:
        start, end = _around(text, match)
        return Explanation(start, end, text[start : match.start()] + text[match.end() : end])
    return None


def _clause_end(text: str, start: int, end: int) -> int:
    stop = _SENTENCE_END.search(text, start, end)
    return stop.start() + (text[stop.start()] != "\n") if stop else end


def _around(text: str, match: re.Match[str]) -> tuple[int, int]:
    starts = [stop.end() for stop in _SENTENCE_END.finditer(text, max(0, match.start() - 300), match.start())]
    return starts[-1] if starts else max(0, match.start() - 300), _clause_end(
        text, match.end(), min(len(text), match.end() + 300)
    )
