"""Where the words behind a card stand in a file: every fact's place and every fix get file, line and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from scorer.models.fact import Place
from scorer.scorecard.edits import with_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.card import Fix, ToolCard
    from scorer.models.fact import Fact
    from scorer.models.tool import FieldPlace, JsonObject, Tool

# Where an edit of a dimension goes when the fact shows no words: the first of these fields that the definition has.
_FIELDS = {"parameter_semantics": ("/inputSchema", "/description", "/name")}
_SEEN = re.compile(r"\S")
_WORDS = ("/description", "/name")


def locate(card: ToolCard, tool: Tool) -> ToolCard:
    """The card with file, line and column in every place, as far as the tool's are known."""
    if tool.origin.file is None and not tool.places:
        return card
    finder = Finder(tool)
    facts = tuple(finder.fact(fact) if fact.place else fact for fact in card.facts)
    shown = {fact.id: fact.place for fact in facts if fact.holds and fact.place and fact.place.pointer}
    placed = replace(card, facts=facts, fixes=tuple(finder.fix(fix, shown) for fix in card.fixes))
    return with_lines(placed, tool.texts) if tool.texts else placed


def locate_set(facts: Sequence[Fact], tools: Sequence[Tool]) -> tuple[Fact, ...]:
    """Facts about the set, each at the name of the first tool that it is about."""
    finders = {tool.name: tool for tool in reversed(tools)}
    return tuple(_at_tool(fact, finders.get(fact.tools[0])) if fact.tools else fact for fact in facts)


def _at_tool(fact: Fact, tool: Tool | None) -> Fact:
    return replace(fact, place=Finder(tool).place(fact.place or Place("/name"))) if tool else fact


class Finder:
    """The places of one tool's fields, by pointer."""

    def __init__(self, tool: Tool) -> None:
        self.tool = tool
        # The last one counts, as it does in an object whose key stands twice.
        self.fields = {field.pointer: field for field in tool.places}

    def fact(self, fact: Fact) -> Fact:
        """The fact with its place in the file."""
        return replace(fact, place=self.place(fact.place)) if fact.place else fact

    def fix(self, fix: Fix, shown: dict[str, Place]) -> Fix:
        """The fix at the words that its fact shows, else at the field that the edit goes to."""
        return replace(fix, place=shown.get(fix.fact) or self.place(Place(self._field(fix.dimension))))

    def place(self, place: Place) -> Place:
        """The place with file, line and column; of the nearest field around it that is known, else of the whole tool."""
        pointer, origin = place.pointer, self.tool.origin
        while pointer and pointer not in self.fields:
            pointer = pointer.rpartition("/")[0]
        field = self.fields.get(pointer)
        if field is None:
            return replace(place, file=origin.file, line=origin.line or 1, column=1)
        if pointer != place.pointer or place.start is None:
            return replace(place, file=field.file, line=field.line, column=field.column)
        file, line, column = self._within(field, self._first_word(place.pointer, place.start))
        return replace(place, file=file, line=line, column=column)

    def _field(self, dimension: str) -> str:
        wanted = _FIELDS.get(dimension, _WORDS)
        return next((name for name in wanted if self.tool.definition.get(name[1:]) is not None), "")

    def _first_word(self, pointer: str, start: int) -> int:
        """The offset of the first character from `start` on that is seen, if there is one."""
        found = _resolved(self.tool.definition, pointer)
        seen = _SEEN.search(found, start) if isinstance(found, str) else None
        return seen.start() if seen else start

    def _within(self, field: FieldPlace, offset: int) -> tuple[str, int, int]:
        """File, line and column of an offset into the field's string; the field's own where the file does not say."""
        if field.verbatim:
            words = self._words(field.pointer, field)[:offset]
            breaks = words.count("\n")
            column = len(words) - words.rfind("\n") if breaks else field.column + offset
            return field.file, field.line + breaks, column
        index = bisect_right(field.marks, offset, key=lambda mark: mark.offset) - 1
        if index >= 0:
            mark = field.marks[index]
            return mark.file or field.file, mark.line, mark.column + (offset - mark.offset if mark.moves else 0)
        return field.file, field.line, field.column + (offset if field.marks else 0)

    def _words(self, pointer: str, field: FieldPlace) -> str:
        """The string at a pointer where it may hold line breaks of the file, else nothing."""
        if field.end_line == field.line:
            return ""
        found = _resolved(self.tool.definition, pointer)
        return found if isinstance(found, str) else ""


def _resolved(definition: JsonObject, pointer: str) -> object:
    value: object = definition
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value
