"""What to write, begun for this very tool: its own names, arguments and siblings, with blanks where only its author knows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from scorer.scorecard.quoting import one_line
from scorer.text.verbs import SAFE, VAGUE, base_form, classes
from scorer.text.words import name_stems, split_identifier, stem

if TYPE_CHECKING:
    from scorer.models.card import ToolCard
    from scorer.models.signals import Parameter, Siblings, Signals
    from scorer.models.tool import Tool

# Fixes that are begun, the first ones: those that outputs show.
_BEGUN = 5
_LONGEST = 200  # characters
_PURPOSE = frozenset(
    """purpose/no-description purpose/tautological purpose/restates-name purpose/vague-resource purpose/names-verb-and-resource
    purpose/names-scope behavior/names-no-action behavior/fragment concise/names-no-action concise/fragment concise/nothing-but-name
    context/names-no-action context/fragment""".split()
)
_WHEN = frozenset("usage/says-when usage/only-purpose usage/empty-guidance usage/implies-context".split())
_OTHER = frozenset("usage/names-alternative usage/says-when-not purpose/tells-apart purpose/confusable".split())
_ARGUMENTS = frozenset(
    """parameters/undocumented parameters/mostly-undocumented parameters/leaves-guessing parameters/fully-documented
    parameters/restates-name context/parameters-unexplained context/several-unexplained concise/too-short-for-parameters""".split()
)
_HINTS = frozenset("behavior/has-hints behavior/safety-annotated context/has-hints".split())
_RESULT = frozenset("behavior/says-returns context/returns-unknown context/returns-said purpose/names-result".split())
# What a purpose still has to say, by what the verb does to the world.
_BLANKS = {
    "read": ", <which ones, in which order>",
    "create": ", <where, and what comes back>",
    "update": ", <what changes and what stays>",
    "delete": "; <what goes with it, and whether it can be undone>",
    "send": ", <to whom, and what they see>",
}
_BLANK = ", <to what, within which scope>"
_ONE = ", <with which of its parts>"
_NAMING = frozenset("id ids name key slug number index path uri url email code uuid sku isbn".split())
_MASS = frozenset("info information data metadata text content status state config configuration access".split())
# Of so few tools a word in most names may well be the thing.
_FEW = 3
# Names that are looked at for one word: servers may have thousands.
_NEAR = 50
_READS = frozenset("list search find get query browse lookup".split())


def begun(card: ToolCard, tool: Tool, signals: Signals, siblings: Siblings) -> ToolCard:
    """The card with a start in those of its first fixes where something is known to begin with."""
    first = [replace(fix, start=start_of(fix.fact, tool, signals, siblings)) for fix in card.fixes[:_BEGUN]]
    return replace(card, fixes=(*first, *card.fixes[_BEGUN:])) if any(fix.start for fix in first) else card


def start_of(fact: str, tool: Tool, signals: Signals, siblings: Siblings) -> str:
    """What to write so that a fact is mended, on one line; "" where nothing is known to begin with."""
    return one_line(_begin(fact, tool, signals, siblings), _LONGEST)


def _begin(fact: str, tool: Tool, signals: Signals, siblings: Siblings) -> str:
    if fact in _PURPOSE:
        return _purpose(tool, signals)
    if fact in _WHEN:
        other = _neighbour(tool, siblings)
        return (
            f"Use this when <the situation that calls for it>{f'; for <the other case>, use {other}' if other else ''}."
        )
    if fact in _OTHER:
        other = _neighbour(tool, siblings)
        return f"For <the other case>, use {other}." if other else ""
    if fact == "usage/names-prerequisite":
        return _origins(signals, siblings, tool.name)
    if fact in _ARGUMENTS:
        return _argument(signals, siblings, tool.name)
    if fact in _HINTS:
        return _hints(signals)
    return _result(signals) if fact in _RESULT else ""


def _purpose(tool: Tool, signals: Signals) -> str:
    verb, thing = _name(tool.name, signals.actions.name_verb)
    if not (verb and thing):
        return ""
    kind = signals.actions.classes[0] if signals.actions.classes else ""
    by = _by(signals)
    blank = _ONE if kind == "read" and by else _BLANKS.get(kind, _BLANK)
    said = "<Verb>" if verb in VAGUE else verb.capitalize()
    return f"{said} {_article(thing)}{thing}{by}{blank}."


def _name(name: str, verb: str | None) -> tuple[str, str]:
    """The verb of a name, "" for none, and the words for the thing: those behind it, else those before it."""
    parts = split_identifier(name)
    if verb is None or verb not in parts:
        return "", " ".join(parts)
    at = parts.index(verb)
    return base_form(verb) or verb, " ".join(parts[at + 1 :] or parts[:at])


def _article(thing: str) -> str:
    if thing.rsplit(maxsplit=1)[-1] in _MASS:
        return "the "
    return "" if thing.endswith("s") else "an " if thing[0] in "aeiou" else "a "


def _by(signals: Signals) -> str:
    """By which arguments a thing is found: the required ones that name something, two at most."""
    needed = [split_identifier(p.name) for p in signals.parameters if p.depth == 1 and p.required and p.is_leaf]
    words = [" ".join(parts) for parts in needed if parts and parts[-1] in _NAMING]
    return f" by {' and '.join(words[:2])}" if words else ""


def _neighbour(tool: Tool, siblings: Siblings) -> str:
    """The sibling that an agent would most likely take instead: one that overlaps, else one that does the like to the same thing."""
    if siblings.overlaps:
        pair = siblings.overlaps[0]
        return pair.b if pair.a == tool.name else pair.a
    own, kind = _things(tool.name), _effect(tool.name)
    near = Counter(name for one in own for name in _by_thing(siblings.names).get((one, kind), ()) if name != tool.name)
    return min(near, key=lambda name: (-near[name], len(name_stems(name)), name), default="")


@lru_cache(maxsize=16384)
def _effect(name: str) -> str:
    """What a name's verb does to the world; all that changes nothing is one."""
    verb = next((part for part in split_identifier(name) if classes(part)), "")
    found = classes(verb)[0] if verb else ""
    return "none" if found in SAFE else found


@lru_cache(maxsize=16384)
def _things(name: str) -> frozenset[str]:
    """The stems of a name without its verb."""
    parts = split_identifier(name)
    verb = next((at for at, part in enumerate(parts) if base_form(part)), -1)
    return frozenset(stem(part) for at, part in enumerate(parts) if at != verb)


@lru_cache(maxsize=16)
def _by_thing(names: frozenset[str]) -> dict[tuple[str, str], list[str]]:
    """By a stem and an effect: the names that have both, the first ones. A stem that most names have tells no thing from another."""
    count = Counter(one for name in names for one in _things(name))
    found: dict[tuple[str, str], list[str]] = {}
    for name in sorted(names):
        for one in _things(name):
            known = found.setdefault((one, _effect(name)), [])
            if len(known) < _NEAR and (count[one] <= len(names) / 2 or len(names) <= _FEW):
                known.append(name)
    return found


def _origins(signals: Signals, siblings: Siblings, own: str) -> str:
    """Where the first id comes from, when a sibling's name says that it yields such things."""
    for parameter in signals.parameters:
        source = _source(parameter, siblings.names, own)
        if source:
            return f"{parameter.name} comes from {source}."
    return ""


def _source(parameter: Parameter, names: frozenset[str], own: str) -> str:
    """The sibling that lists, finds or gets what an id names; "" for none."""
    parts = split_identifier(parameter.name)
    if len(parts) < 2 or parts[-1] not in _NAMING:
        return ""
    thing = name_stems("_".join(parts[:-1]))
    fit = (
        name for name in _readers(names).get(min(thing, default=""), ()) if name != own and thing <= name_stems(name)
    )
    return next(fit, "")


@lru_cache(maxsize=16)
def _readers(names: frozenset[str]) -> dict[str, list[str]]:
    """By stem: the names of the tools that list, find or get something, the first ones."""
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        for one in name_stems(name) if not _READS.isdisjoint(split_identifier(name)) else ():
            known = found.setdefault(one, [])
            if len(known) < _NEAR:
                known.append(name)
    return found


def _argument(signals: Signals, siblings: Siblings, own: str) -> str:
    """The description of the first argument without one."""
    bare = next((p for p in signals.parameters if p.depth == 1 and not (p.description or "").strip()), None)
    if bare is None:
        return ""
    source = _source(bare, siblings.names, own)
    said = f"<which one>, from {source}" if source else _of_type(bare)
    return f'"{bare.name}": {{..., "description": "{said}"}}'


def _of_type(parameter: Parameter) -> str:
    if parameter.enum:
        return "<what each value means>"
    kinds = {"boolean": "<what true does>", "array": "<what its items are>", "object": "<what it holds>"}
    numbers = dict.fromkeys(("integer", "number"), "<of what, in which unit, within which limits>")
    return next(
        (text for kind, text in (kinds | numbers).items() if kind in parameter.types), "<what it names, in which form>"
    )


def _hints(signals: Signals) -> str:
    """The annotations that verb and text speak for; the author knows whether they are true."""
    actions = signals.actions
    if actions.mutates is None:
        return ""
    if not actions.mutates:
        return '"annotations": {"readOnlyHint": true}'
    lost = "true" if "delete" in actions.classes[:1] else "false"
    return f'"annotations": {{"readOnlyHint": false, "destructiveHint": {lost}}}'


def _result(signals: Signals) -> str:
    fields = [p.name for p in signals.output if p.depth <= 2 and p.is_leaf][:4]
    return f"Returns {', '.join(fields)}." if fields else "Returns <which fields, in which order, how many at most>."
