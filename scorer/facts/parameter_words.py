"""What the words of a definition tell about each parameter: documentation that says something, and explanations in the text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from scorer.text.words import GENERIC, content_stems, name_stems, split_identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.facts.subject import Subject

# `name (type): words`, `- **name** - words`: an entry of a list of parameters. Its words may go on in the next lines.
_ENTRY = re.compile(
    r"^[ \t]*+(?:[-*+•][ \t]++|\d{1,3}[.)][ \t]++)?+[`*\"']*+(?P<name>[^\W\d][\w.\[\]-]*+)[`*\"']*+[ \t]*+(?P<type>\([^)\n]{0,80}\))?+[`*]*+"
    r"[ \t]*+(?::|[–—]|(?<=[ \t])-(?=[ \t])|->|→)[`*]*+(?:[ \t]++(?P<words>\S[^\n]*+))?+$",
    re.MULTILINE,
)
# What follows a parameter's name where it is explained: "(absolute path)", "=true strips ...", ": words", "is a JSON object".
_FOLLOWS = re.compile(
    r"[`'\"*]*+(?:\s*+\((?P<aside>[^()]{2,200})\)|\s{0,3}=\s{0,3}(?P<value>[^,)]{1,200})|:[ \t]++(?P<words>.{2,300})|"
    r"\s++(?P<verb>(?:(?:parameter|param|argument|option|field|flag|value)\s+)?(?:is|are|must|should|can|may|accepts?|takes?|controls?|"
    r"specif\w+|sets?|defines?|contains?|holds?|determines?|selects?|limits?|filters?|means|defaults?|supports?|to|removes?|returns?|"
    r"enables?|disables?)\b.{3,300}))",
    re.DOTALL,
)
_FOREIGN_LETTER = re.compile(r"(?![\x00-\x7f])[^\W\d_]")
_GIVEN = re.compile(r"\d|\b[Dd]efaults?\b(?:\s+(?:to|is|value))?[:=\s]+['\"]?\w|\[[^\[\]\n]{0,80},[^\[\]\n]{0,80}\]")
# "Customer id, from list_customers": where a value comes from.
_ORIGIN = re.compile(
    r"\b(?:from|by|via|see|use|call|calling)\s+[`'\"]?(?:[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+|[a-z]+[A-Z]\w+)"
)
_LITERAL = re.compile(r"[`'\"][\w./-]{2,}[`'\"]")
# A line end ends a sentence only before an empty line, a bullet or the next entry; text is wrapped at any width.
_SENTENCE_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)[.;!?](?=\s|$)|\n(?=[ \t]*+(?:\n|$|[-*+•#]|\d{1,3}[.)]|[`*\"']*+[\w.\[\]-]++[`*\"']*+[ \t]*+(?:\([^)\n]{0,80}\)[ \t]*+)?:))"
)
_MAX_CLAUSE, _MAX_PLACES = 300, 20
# A clause that says what leaving a parameter out, or giving it, does.
_OMITTED = re.compile(
    r"(?:if|when)\s+(?:omitted|not\s+(?:given|provided|set|specified)|provided|given|set|specified|empty)\b|optionally\b|omit\b"
)
_ASIDE = re.compile(r"\((?:e\.g\.|for example|such as|like)[^()\n]{3,200}\)")
# "by email, username or code": what the one text that the tool asks for may be.
_BY_CHOICE = re.compile(
    r"\sby\s+(?:[\w'-]++\s+){0,2}[\w'-]++(?:,\s+(?:[\w'-]++\s+){0,2}[\w'-]++){0,8},?\s+or\s+(?:[\w'-]++\s+){0,2}[\w'-]++"
)
_QUOTE = "`'\"*"
_PLAIN_WORD = re.compile(r"[A-Za-z][a-z]*|[A-Z]+")
# Types and markers: documentation may consist of them and explain nothing.
_MARKERS = GENERIC | {"str", "int", "bool", "dict", "float", "option", "none", "null", "true", "fals", "mandatori"}


class Explanation(NamedTuple):
    """Where the description explains a parameter: the offsets of the passage, and the words that count."""

    start: int
    end: int
    words: str


@lru_cache(maxsize=16384)
def says_something(words: str, name: str) -> bool:
    """Whether words on a parameter tell more than its name and type: `limit: "the limit"` does not.

    Numbers, defaults, a choice of quoted values and the tool that yields the value count; so do words in other scripts, taken as they are.
    """
    if not words.isascii() and len(_FOREIGN_LETTER.findall(words)) > 1:
        return True
    return (
        bool(added_stems(words, name))
        or _GIVEN.search(words.replace(name, "")) is not None
        or _ORIGIN.search(words.replace(name, "")) is not None
        or len(set(_LITERAL.findall(words))) > 1
    )


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
    for key, place in _explanations(subject, names) if names and subject.text else ():
        name = names.get(key)
        if name is not None and name not in found and says_something(place.words, name):
            found[name] = place
    return found


def _explanations(subject: Subject, names: dict[str, str]) -> Iterator[tuple[str, Explanation]]:
    text, lower = subject.text[: subject.honest_end], subject.lower[: subject.honest_end]
    yield from _entries(text)
    yield from _inline(text, lower, names)
    yield from _in_passing(text, lower, names)
    needed = [p for p in subject.top_parameters if p.required]
    if len(needed) == 1 and "string" in needed[0].types and (choice := _BY_CHOICE.search(text)):
        yield spelled(needed[0].name), Explanation(choice.start(), choice.end(), choice.group())


def entries(subject: Subject) -> Iterator[tuple[str, int, int]]:
    """(name, start, end) of what is listed under a heading for parameters, sub-lists left out; less indented lines end the list."""
    first = next((s for s in subject.sentences if s.section == "args" and s.kind != "code"), None)
    if first is None:
        return
    own: int | None = None
    for match in _ENTRY.finditer(subject.text, subject.text.rfind("\n", 0, first.start) + 1, subject.honest_end):
        indent = len(match.group()) - len(match.group().lstrip())
        if match.start("name") < first.start:
            continue
        own = indent if own is None else own
        if indent < own:
            return
        if indent == own:
            yield match.group("name"), match.start("name"), match.end("name")


@lru_cache(maxsize=16384)
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


def _inline(text: str, lower: str, names: dict[str, str]) -> Iterator[tuple[str, Explanation]]:
    """Explanations in running text, by any spelling of the name."""
    for key, name in names.items():
        for spelling in dict.fromkeys((name.lower(), key, key.replace("_", ""))):
            for start in _places(lower, spelling):
                place = _passage(text, start, start + len(spelling))
                if place is not None:
                    yield key, place


def _places(lower: str, name: str) -> Iterator[int]:
    """Where a lower-case name stands as a whole word; the first twenty places."""
    at = lower.find(name) if name else -1
    for _ in range(_MAX_PLACES):
        if at < 0:
            return
        before, behind = lower[at - 1 : at] if at else "", lower[at + len(name) : at + len(name) + 1]
        if not (before.isalnum() or before == "_" or behind.isalnum() or behind == "_"):
            yield at
        at = lower.find(name, at + 1)


def _passage(text: str, start: int, end: int) -> Explanation | None:
    """The words on a parameter whose name stands there. A plain word before a verb is meant as a parameter only in quotes."""
    before, behind = text[start - 1 : start] if start else "", text[end : end + 1]
    after = _FOLLOWS.match(text, end)
    kind = after.lastgroup if after else None
    quoted = before != "" and before in _QUOTE
    if after and kind and (quoted or kind != "verb" or not _PLAIN_WORD.fullmatch(text, start, end)):
        stop = after.end(kind) if kind == "aside" else _clause_end(text, after.start(kind), after.end(kind))
        # "empty author = all" is read as a whole; in an example of a call only the value tells something.
        begin = _clause_start(text, start) if kind == "value" and not _in_brackets(text, start) else start
        return Explanation(start, stop, f"{text[begin:start]} {text[end:stop]}")
    if quoted or (before == "(" and behind == ")"):
        begin, stop = _clause_start(text, start), _clause_end(text, end, end + _MAX_CLAUSE)
        return Explanation(begin, stop, f"{text[begin:start]} {text[end:stop] if quoted else ''}")
    return None


def _in_brackets(text: str, at: int) -> bool:
    start = max(0, at - _MAX_CLAUSE)
    return text.rfind("(", start, at) > text.rfind(")", start, at)


def _in_passing(text: str, lower: str, names: dict[str, str]) -> Iterator[tuple[str, Explanation]]:
    """Explanations that do not give the name as such: "or all motors if omitted", "any part (e.g. 'word/document.xml')"."""
    stems = {s: key for key, name in names.items() for s in name_stems(name) if s not in _MARKERS and len(s) > 2}
    for cue in _OMITTED.finditer(lower):
        start, end = _clause_start(text, cue.start()), _clause_end(text, cue.end(), cue.end() + _MAX_CLAUSE)
        for key in dict.fromkeys(stems[s] for s in content_stems(text[start:end]) if s in stems):
            yield key, Explanation(start, end, text[start:end])
    for aside in _ASIDE.finditer(text):
        noun = content_stems(text[max(0, aside.start() - 40) : aside.start()])
        if noun and noun[-1] in stems:
            yield stems[noun[-1]], Explanation(aside.start(), aside.end(), aside.group())


def _clause_start(text: str, at: int) -> int:
    start = max(0, at - _MAX_CLAUSE)
    start = max((stop.end() for stop in _SENTENCE_END.finditer(text, start, at)), default=start)
    return start + len(text[start:at]) - len(text[start:at].lstrip())


def _clause_end(text: str, start: int, end: int) -> int:
    stop = _SENTENCE_END.search(text, start, end)
    return stop.start() if stop else end
