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

# `name (type): words`, `- **name** - words`: an entry of a list of parameters. Its words may go on in the next lines.
_ENTRY = re.compile(
    r"^[ \t]*(?:[-*+•][ \t]+|\d+[.)][ \t]+)?[`*\"']*(?P<name>[^\W\d][\w.\[\]-]*)[`*\"']*[ \t]*(?P<type>\([^)\n]{0,80}\))?[`*]*"
    r"[ \t]*(?::|[–—]|(?<=[ \t])-(?=[ \t])|->|→)[`*]*(?:[ \t]+(?P<words>\S[^\n]*))?$",
    re.MULTILINE,
)
_TOKEN = re.compile(r"[^\W\d]\w*")
# What follows a parameter's name where it is explained: "(absolute path)", "=true strips ...", ": words", "is a JSON object".
_FOLLOWS = re.compile(
    r"[`'\"*]*(?:[ \t]*\((?P<aside>[^()\n]{2,200})\)|[ \t]?=[ \t]?(?P<value>[^\n]{1,200})|:[ \t]+(?P<words>[^\n]{2,300})|"
    r"[ \t]+(?P<verb>(?:(?:parameter|param|argument|option|field|flag|value)[ \t]+)?(?:is|are|must|should|can|may|accepts?|takes?|controls?|"
    r"specif\w+|sets?|defines?|contains?|holds?|determines?|selects?|limits?|filters?|means|defaults?|supports?|to|removes?|returns?|"
    r"enables?|disables?)\b[^\n]{3,300}))"
)
_SENTENCE_END = re.compile(r"[.;!?](?=\s|$)|\n")
_QUOTE = "`'\"*"
_PLAIN_WORD = re.compile(r"[a-z]+")
# Types and markers: documentation may consist of them and explain nothing.
_MARKERS = GENERIC | {"str", "int", "bool", "dict", "float", "option", "none", "null", "true", "fals", "mandatori"}


class Explanation(NamedTuple):
    """Where the description explains a parameter: the offsets of the passage, and the words that count."""

    start: int
    end: int
    words: str


def says_something(words: str, name: str) -> bool:
    """Whether words on a parameter tell more than its name and type: `limit: "the limit"` does not.

    Numbers count (a range, a default, an ISO norm); so do words in other scripts, which are taken as they are.
    """
    if sum(c.isalpha() and not c.isascii() for c in words) > 1:
        return True
    return bool(added_stems(words, name)) or any(c.isdigit() for c in words)


def added_stems(words: str, name: str) -> frozenset[str]:
    """The stems that words add to a parameter's name, types and markers aside; "repository" adds nothing to `repo`."""
    known = name_stems(name)
    short = tuple(part for part in split_identifier(name) if len(part) > 2)
    return frozenset(
        s for s in content_stems(words) if s not in known and s not in _MARKERS and not s.startswith(short)
    )


@lru_cache(maxsize=4)
def explained(subject: Subject) -> dict[str, Explanation]:
    """Parameter name -> the passage of the description that explains it; any spelling counts (`page_size`, `pageSize`)."""
    names = {spelled(p.name): p.name for p in subject.parameters}
    found: dict[str, Explanation] = {}
    if names and subject.text:
        for key, place in (*_entries(subject.text), *_inline(subject.text, names)):
            name = names.get(key)
            if name is not None and name not in found and says_something(place.words, name):
                found[name] = place
    return found


def entries(subject: Subject) -> Iterator[tuple[str, int, int]]:
    """(name, start, end) of what is listed under a heading for parameters."""
    for sentence in subject.sentences:
        if sentence.section == "args" and sentence.kind != "code":
            line = subject.text.rfind("\n", 0, sentence.start) + 1
            for match in _ENTRY.finditer(subject.text, line, sentence.end):
                yield match.group("name"), match.start("name"), match.end("name")


def spelled(name: str) -> str:
    """A name in one spelling: `pageSize` and `page-size` are `page_size`."""
    return "_".join(split_identifier(name))


def _entries(text: str) -> Iterator[tuple[str, Explanation]]:
    for match in _ENTRY.finditer(text):
        end = _entry_end(text, match.end())
        start = match.start("words") if match.group("words") else match.end()
        words = f"{match.group('type') or ''} {text[start:end]}"
        yield spelled(match.group("name").rpartition(".")[2]), Explanation(match.start("name"), end, words)


def _entry_end(text: str, end: int) -> int:
    """The end of an entry: indented lines that start no entry of their own go on."""
    while end < len(text):
        stop = text.find("\n", end + 1)
        line = text[end + 1 : stop if stop >= 0 else len(text)]
        if not line.strip() or not line[0].isspace() or _ENTRY.match(line):
            break
        end += 1 + len(line)
    return end


def _inline(text: str, names: dict[str, str]) -> Iterator[tuple[str, Explanation]]:
    tokens: defaultdict[str, list[re.Match[str]]] = defaultdict(list)
    for match in _TOKEN.finditer(text):
        if (key := spelled(match.group())) in names:
            tokens[key].append(match)
    for key, matches in tokens.items():
        for match in matches[:20]:
            place = _passage(text, match)
            if place is not None:
                yield key, place


def _passage(text: str, match: re.Match[str]) -> Explanation | None:
    """The words on a parameter in running text. A plain English word is meant as a parameter only in quotes or before `=` or `:`."""
    quoted = text[match.start() - 1 : match.start()] in _QUOTE if match.start() else False
    after = _FOLLOWS.match(text, match.end())
    kind = after.lastgroup if after else None
    if after and kind and (quoted or kind in ("value", "words") or not _PLAIN_WORD.fullmatch(match.group())):
        end = after.end(kind) if kind == "aside" else _clause_end(text, after.start(kind), after.end(kind))
        return Explanation(match.start(), end, text[after.start(kind) : end])
    if quoted:
        start = max(0, match.start() - 300)
        start = max((stop.end() for stop in _SENTENCE_END.finditer(text, start, match.start())), default=start)
        end = _clause_end(text, match.end(), min(len(text), match.end() + 300))
        return Explanation(start, end, f"{text[start : match.start()]} {text[match.end() : end]}")
    return None


def _clause_end(text: str, start: int, end: int) -> int:
    stop = _SENTENCE_END.search(text, start, end)
    return stop.start() if stop else end
