"""The rules by which risk is read, as `rubrics/risk.yaml` writes them, ready to be applied."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, Protocol

from scorer.models.base import model
from scorer.models.risk import Category, Severity


class Phrases(Protocol):
    """Phrases to look for in lower-cased text; a `text.cues.Cue`."""

    pattern: re.Pattern[str]

    def may_match(self, keys: frozenset[str]) -> bool:
        """Whether a text with these keys can contain one."""


@model
class CategoryRule:
    """A category: what it means, what its tools may do and how many of them are counted, what to do about it, where severity starts."""

    id: Category
    means: str
    does: str
    counts: str
    advice: str
    severity: Severity


@model
class Ruling:
    """A boundary case. It decides an act whose verb is in `verbs` when `objects` (what the verb acts on), `heads` (the nouns among that) and
    `needs` (any word of name or sentence) each share a word with it, where they are not empty, and `unless` shares none.

    severity: "" leaves it to the category. signals: those that come with it. says: the clause that explains it.
    """

    id: str
    verbs: frozenset[str]
    objects: frozenset[str]
    heads: frozenset[str]
    needs: frozenset[str]
    unless: frozenset[str]
    category: Category
    severity: Severity | None
    signals: tuple[str, ...]
    says: str


# What the code works out about a tool, for the severity (see `rubrics/risk.yaml`).
Circumstance = Literal[
    "file-uri", "dry-by-default", "ruled", "critical", "milder-by-default", "destroys-all", "takes-all", "capped"
]  # fmt: skip


class Condition(NamedTuple):
    """kind: `signal`, `verb`, `object`, `about`, `argument`, `text`, `ruling`, `by` or `is`. name: of what is looked for. holds: whether it must."""

    kind: str
    name: str
    holds: bool


@model
class SeverityRow:
    """One step of severity: where all conditions hold, this is the severity, for this reason."""

    when: tuple[Condition, ...]
    severity: Severity
    because: str


@model
class SignalRule:
    """A signal: its words for people; what shows it in the description, what says otherwise, and which parameter names do."""

    id: str
    label: str
    means: str
    advice: str
    cues: Phrases | None = None
    unless: Phrases | None = None
    names: re.Pattern[str] | None = None


@model
class Rate:
    """At most `calls` in a `window` (`minute`, `hour` or `day`)."""

    calls: int
    window: str


@model
class BoundText:
    """What an agent is told of a bound on an argument, with `{argument}` and `{values}` in it, and what a person must fill in, "" for nothing. filled: what the agent
    is told once that is done, "" where it stays the same.
    """

    says: str
    fill: str
    filled: str = ""


@model
class SqlRules:
    """What a statement that only reads does not say: words that write, names of functions with effects or how they begin."""

    words: tuple[str, ...]
    functions: tuple[str, ...]


@model
class PolicyRules:
    """What is recommended. rates: by what a call costs. bounds: on arguments. messages: what an agent is told. profiles: what each is for."""

    rates: dict[str, tuple[Rate, ...]]
    bounds: dict[str, BoundText]
    sql: SqlRules
    messages: dict[str, str]
    profiles: dict[str, str]


@model
class RiskRules:
    """All rules.

    categories: the worst first. forms: every form of a known verb to its base. kinds: base to the kind of act; kind_category, kind_severity:
    what a kind is by default. rulings: by verb, in order. severities: what moves one, in order. phrases, parameters, patterns: by name.
    """

    version: str
    categories: dict[Category, CategoryRule]
    forms: dict[str, str]
    kinds: dict[str, str]
    kind_category: dict[str, Category]
    kind_severity: dict[str, Severity]
    rulings: dict[str, tuple[Ruling, ...]]
    severities: dict[Category, tuple[SeverityRow, ...]]
    words: dict[str, frozenset[str]]
    phrases: dict[str, Phrases]
    signals: dict[str, SignalRule]
    parameters: dict[str, re.Pattern[str]]
    patterns: dict[str, re.Pattern[str]]
    policies: PolicyRules
