"""Whether any text of a definition tries to take the agent over, wherever it stands and however it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from scorer.text.disguise import hidden_messages, readings
from scorer.text.orders import first_order
from scorer.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.tool import Tool

# What is read of one text, and how many texts at which depth.
_LONGEST, _STRINGS, _DEPTH = 20_000, 4000, 40
_ABOUT, _QUOTE = 200, 160
# No order is shorter.
_SHORTEST = 12
_STOP = re.compile(r"[.!?](?=\s|\Z)|\n")
# Shorter names say nothing to a reader.
_NAME = 16


class Poison(NamedTuple):
    """quote: the order, as it reads. pointer: of the text that gives it; start, end: offsets in it, None where it is hidden or disguised.

    since: offset from which on the text is no evidence of anything.
    """

    quote: str
    pointer: str
    start: int | None
    end: int | None
    since: int


# By identity: the tools that were asked for last, since the facts of a set, those of a tool and its risk all ask.
_known: dict[int, tuple[Tool, tuple[Poison, ...]]] = {}
_MOST = 256


def poisons(tool: Tool) -> tuple[Poison, ...]:
    """The first order of every text that gives one, the description's first."""
    found = _known.get(id(tool))
    if found is None or found[0] is not tool:
        if len(_known) >= _MOST:
            _known.clear()
        found = _known[id(tool)] = (tool, tuple(_poisons(tool)))
    return found[1]


def _poisons(tool: Tool) -> Iterator[Poison]:
    held = {"description": tool.description or "", **tool.definition}
    # Nearly all definitions are honest, and one look at all texts at once shows it; where they stand is asked for afterwards.
    whole = "\n".join(_gathered(held, [], 0))
    if first_order(whole.lower()) is None and not any(True for _ in _odd(whole)):
        return
    name = tool.name.replace("_", " ").replace("-", " ")
    about = f"{name} {tool.title or ''}".lower()
    for pointer, text in ((where, text[:_LONGEST]) for where, text in _some(texts(held))):
        more = "" if pointer == "/description" else f" {pointer} {(tool.description or '')[:_ABOUT]}".lower()
        one = _in_text(text, pointer, about + more)
        if one is not None:
            yield one


def _gathered(value: Any, found: list[str], depth: int) -> list[str]:
    """The texts of `texts` without their places, in a third of the time."""
    if isinstance(value, str):
        if len(value) > _SHORTEST or not value.isascii():
            found.append(value[:_LONGEST])
    elif depth > _DEPTH or len(found) > _STRINGS:
        pass
    elif isinstance(value, dict):
        for key, item in value.items():
            if len(key) > _NAME:
                found.append(key.replace("_", " "))
            _gathered(item, found, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _gathered(item, found, depth + 1)
    return found


def _odd(text: str) -> Iterator[str]:
    """Readings beside the plain one that give an order, and whatever is written in characters without a shape."""
    yield from hidden_messages(text)
    yield from (one for one in readings(text) if first_order(one))


def _in_text(text: str, pointer: str, about: str) -> Poison | None:
    lower = text.lower()
    match = first_order(lower, about) if len(lower) == len(text) else None
    if match is not None:
        end = _sentence_end(text, match.start(), match.end())
        return Poison(text[match.start() : end], pointer, match.start(), end, match.start())
    said = next(_disguised(text, about), None)
    return Poison(said[:_QUOTE], pointer, None, None, _beginning(text)) if said else None


def _disguised(text: str, about: str) -> Iterator[str]:
    yield from hidden_messages(text)
    for reading in readings(text):
        match = first_order(reading, about)
        if match is not None:
            yield reading[match.start() : _sentence_end(reading, match.start(), match.end())]


def _beginning(text: str) -> int:
    """Where the first sentence begins that is not what it seems; the beginning of the text where none is by itself."""
    strange = (one.start for one in sentences(text) if any(True for _ in _odd(one.text)))
    return next(strange, 0)


def _sentence_end(text: str, start: int, end: int) -> int:
    """The end of the sentence that an order ends in, so that a quote says it whole."""
    stop = _STOP.search(text, end - 1, start + _QUOTE)
    return max(end, stop.start() + 1) if stop else min(max(end, start + _QUOTE), len(text))


def texts(value: Any, pointer: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Every text of a definition with its JSON pointer; names of arguments are texts too, at what they name."""
    if depth > _DEPTH:
        return
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for key, item in value.items():
            inner = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            if len(key) > _NAME:
                yield inner, key.replace("_", " ")
            yield from texts(item, inner, depth + 1)
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from texts(item, f"{pointer}/{at}", depth + 1)


def _some(pairs: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return (pair for pair, _ in zip(pairs, range(_STRINGS), strict=False))
