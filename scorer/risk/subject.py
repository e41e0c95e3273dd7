"""What a detector sees of one tool: its words with what is no statement blanked out, and its parameters by name."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scorer.risk.naming import kinds_of
from scorer.text.cues import text_keys
from scorer.text.hidden import comments, schema_copies, without
from scorer.text.language import is_english
from scorer.text.sentences import sentences
from scorer.text.words import split_identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.risk_rules import Phrases, RiskRules
    from scorer.models.signals import Parameter, Signals
    from scorer.models.tool import Tool

# Longer descriptions are read up to here; more parameters are not looked at one by one.
_CHARACTERS = 12_000
_PARAMETERS = 300
# Sections that show how results, errors and calls look, and what other tools do.
_NO_STATEMENT = frozenset({"returns", "raises", "examples", "before", "not"})
_NEGATED = re.compile(
    r"(?:\b(?:not|never|no|without|cannot|avoid|instead\s+of|rather\s+than|nor|neither)|n't)(?:\s+[\w`]+){0,2}\s*\Z"
)


class Said(NamedTuple):
    """Words of the definition: the pointer of the string and the offsets in it; (pointer, 0, 0) for a name or a value as a whole."""

    quote: str
    pointer: str
    start: int | None = None
    end: int | None = None


class Subject:
    """One tool under examination."""

    def __init__(self, tool: Tool, signals: Signals, rules: RiskRules) -> None:
        self.tool, self.signals, self.rules = tool, signals, rules
        self.description = (tool.description or "")[:_CHARACTERS]
        self.name_parts = split_identifier(tool.name)
        self.parameters = signals.parameters[:_PARAMETERS]

    @cached_property
    def top(self) -> tuple[Parameter, ...]:
        """The arguments themselves, without what lies inside of them."""
        return tuple(p for p in self.parameters if p.depth == 1)

    @cached_property
    def lower(self) -> str:
        """The description in lower case with code, examples, results and comments blanked, every character at its offset."""
        text = self.description
        spans = [(s.start, s.end) for s in sentences(text) if s.kind == "code" or s.section in _NO_STATEMENT]
        lower = without(text, [*spans, *comments(text), *schema_copies(text)]).lower()
        return lower if len(lower) == len(text) else text

    @cached_property
    def keys(self) -> frozenset[str]:
        return text_keys(self.lower)

    @cached_property
    def parameter_keys(self) -> frozenset[str]:
        """The keys of what is said of all parameters."""
        return text_keys("\n".join(p.description for p in self.parameters if p.description).lower())

    @cached_property
    def english(self) -> bool:
        return is_english(self.description)

    def finds(self, phrases: Phrases | None) -> Iterator[re.Match[str]]:
        """Every place where a phrase stands and is not negated."""
        if phrases is None or not phrases.may_match(self.keys):
            return
        for match in phrases.pattern.finditer(self.lower):
            if not is_negated(self.lower, match.start()):
                yield match

    def find(self, name: str) -> Said | None:
        """The first statement of one of the rules' named phrases."""
        match = next(self.finds(self.rules.phrases[name]), None)
        return self.said(match.start(), match.end()) if match else None

    def says(self, name: str) -> bool:
        return next(self.finds(self.rules.phrases[name]), None) is not None

    def elsewhere(self, name: str) -> Said | None:
        """Where one of the rules' patterns of other languages stands."""
        match = self.rules.patterns[name].search(self.lower) if not self.english else None
        return self.said(match.start(), match.end()) if match else None

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The parts of the name, and neighbours joined: `list_network_requests` has `network-request`."""
        parts = self.name_parts
        pairs = [f"{one}-{other}" for one, other in pairwise(parts)]
        return frozenset([*parts, *pairs, *(pair.removesuffix("s") for pair in pairs)])

    def said(self, start: int, end: int) -> Said:
        """A piece of the description."""
        return Said(self.description[start:end], "/description", start, end)

    def named(self, kind: str, parameters: tuple[Parameter, ...] | None = None) -> Iterator[Parameter]:
        """The parameters whose whole name fits one of the rules' patterns, or shows a signal."""
        rules = self.rules
        return (p for p in (self.parameters if parameters is None else parameters) if kind in kinds_of(p.name, rules))


def is_negated(lower: str, start: int) -> bool:
    """Whether words that begin here are negated by those before."""
    return _NEGATED.search(lower, max(0, start - 40), start) is not None


def of_parameter(parameter: Parameter) -> Said:
    """A parameter, shown by its name."""
    return Said(parameter.path, parameter.pointer)


def of_words(parameter: Parameter, match: re.Match[str]) -> Said:
    """A piece of a parameter's description."""
    text = parameter.description or ""
    return Said(
        text[match.start() : match.end()],
        parameter.description_pointer or parameter.pointer,
        match.start(),
        match.end(),
    )
