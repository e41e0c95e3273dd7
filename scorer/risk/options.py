"""Losses that the text states beside its leading act, and what options open: flags, files, actions to choose from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.risk.acts import value_acts
from scorer.risk.findings import Finding, judged
from scorer.risk.naming import snake
from scorer.risk.subject import Said, of_parameter, of_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.signals import Parameter
    from scorer.risk.subject import Subject

_WORD = re.compile(r"\w+")
_LOSES = re.compile(
    r"\b(?:delet|destroy|drop|overwrit|eras|purg|wip|truncat|clobber)\w*|\b(?:replac|remov|clear)\w*\s+(?:an?\s+|the\s+|any\s+|all\s+)?(?:existing|original|previous|current|whole|entire|file|source|data|all)"
)
_FORCES = re.compile(r"\b(?:delet|remov|overwrit|discard)")
# How the description of a flag begins that does something when set.
_ACTS = re.compile(
    r"(?:if|when|set\s+to|whether\s+to|true\s+to|also|permanently|force\w*|delet\w+|overwrit\w+|replac\w+|drop\w*|purg\w+|remov\w+)\b"
)
_SAVES = re.compile(
    r"\b(?:sav(?:e|es|ed|ing)|writ(?:e|es|ten|ing)|stor(?:e|ed|ing)|download\w*|export\w*|output|dump)\b[^.]{0,60}\b(?:to|as|file|disk|path|into|in)\b|\boutput\s+(?:file|path|dir)"
)
_FLAG = "a flag removes or overwrites what was there"


def stated_losses(subject: Subject, base: Finding | None) -> Iterator[Finding]:
    """Sentences that say that something is lost; what is kept, and parts of a thing, are another matter."""
    if (base and base.category == "Read") or subject.says("trashed"):
        return
    for name in ("destroys", "overwrites"):
        for match in subject.finds(subject.rules.phrases[name]):
            if _is_loss(subject, match, named=name == "overwrites"):
                yield _loss(subject, match)
                break


def _is_loss(subject: Subject, match: re.Match[str], *, named: bool) -> bool:
    """named: the words must say that a whole thing goes."""
    near = {*_WORD.findall(subject.lower[match.end() : match.end() + 40])[:3], *_WORD.findall(match.group())}
    words = subject.rules.words
    if not words["contained"].isdisjoint(near):
        return False
    return not named or "completely" in near or not words["whole_thing"].isdisjoint(near)


def _loss(subject: Subject, match: re.Match[str]) -> Finding:
    """A loss; one that a flag brings about where the sentence says so."""
    said, lower = subject.said(match.start(), match.end()), subject.lower
    if re.search(r"\b(?:if|when)\b|=\s*true|\boption\w*", lower[max(0, match.start() - 60) : match.start()]):
        return Finding("Destructive", "medium", said, _FLAG, ("destructive_option",), None, "flag")
    sudden = "without" in lower[match.end() : match.end() + 40]
    return Finding("Destructive", None, said, "old content is lost without a copy", ("irreversible",) if sudden else ())


def flag(subject: Subject, parameter: Parameter, name: str, base: Finding | None) -> Iterator[Finding]:
    """An opt-in flag that removes or overwrites."""
    if (parameter.types and "boolean" not in parameter.types) or (base and base.ruling == "derived-built"):
        return
    patterns, text = subject.rules.parameters, (parameter.description or "").lower()
    milder = base is None or base.category in ("Write", "Execute")
    if patterns["flag_destroy"].match(name):
        yield from _destroying(parameter, name, base)
    elif milder and base and base.category == "Execute" and patterns["flag_force"].match(name) and _FORCES.search(text):
        yield base._replace(signals=("destructive_option",), opening="flag")  # what it forces, the call puts back
    elif milder and patterns["flag_overwrite"].match(name) and _overwrites(subject, text):
        yield Finding("Destructive", "medium", of_parameter(parameter), _FLAG, ("destructive_option",), None, "flag")
    elif milder and (lost := _LOSES.search(text)) and _ACTS.match(text) and not _is_harmless(subject, text):
        yield Finding("Destructive", "medium", of_words(parameter, lost), _FLAG, ("destructive_option",), None, "flag")


def _destroying(parameter: Parameter, name: str, base: Finding | None) -> Iterator[Finding]:
    """The removal of a merged source branch loses nothing; as a setting for later it is no option of this call."""
    if "source_branch" not in name:
        yield Finding("Destructive", "medium", of_parameter(parameter), _FLAG, ("destructive_option",), None, "flag")
    elif base and base.category == "Execute":
        yield base._replace(signals=("destructive_option",), opening="flag")


def _overwrites(subject: Subject, text: str) -> bool:
    says = not text or "exist" in text or _LOSES.search(text) is not None
    return says and subject.rules.words["contained"].isdisjoint(_WORD.findall(text))


def _is_harmless(subject: Subject, text: str) -> bool:
    """Flags about what is shown, about the trash, and those that keep something from being lost."""
    words = _WORD.findall(text)
    return (
        not subject.rules.words["harmless_flag"].isdisjoint(words)
        or "without deleting" in text
        or "source branch" in text
    )


def file(subject: Subject, parameter: Parameter, name: str, base: Finding | None) -> Iterator[Finding]:
    """A file that is written where the caller says, although the tool reads."""
    if (base is not None and base.category != "Read") or (parameter.types and "string" not in parameter.types):
        return
    patterns, text = subject.rules.parameters, (parameter.description or "").lower()
    saves = patterns["saves_if_said"].match(name) is not None and _SAVES.search(text) is not None
    if saves or patterns["output"].match(name):
        said, says = of_parameter(parameter), "it can write a file where the caller says"
        yield Finding(
            "Write", "medium" if parameter.required else "low", said, says, ("filesystem_path",), None, "file"
        )


def values(subject: Subject, parameter: Parameter, name: str, base: Finding | None) -> Iterator[Finding]:
    """The values of a parameter that selects what is done, each as an act of its own."""
    patterns, kinds = subject.rules.parameters, subject.rules.kinds
    if (
        parameter.enum is None
        or not patterns["action"].match(name)
        or _answers(parameter)
        or _filters(subject, parameter, base)
    ):
        return
    yield from _whole(subject, parameter, base)
    plain = patterns["plain_action"].match(name) is not None
    for act in value_acts(subject, parameter):
        found = judged(act, subject.rules)
        kind = kinds.get(act.verb)
        if found is None or (
            plain and (kind not in _PLAIN or ("_" not in snake(act.said.quote) and kind != "destroy"))
        ):
            continue
        if plain and kind == "destroy":
            yield found._replace(signals=("destructive_option",), opening="flag")
        else:
            yield found._replace(opening="value")


# What a parameter that is merely called `type` or `mode` must say to be read as an act.
_PLAIN = frozenset({"create", "change", "destroy", "observe"})


def _answers(parameter: Parameter) -> bool:
    """Accept or dismiss: two answers, one act."""
    return bool({"accept", "dismiss"} & {value.lower() for value in parameter.enum or () if isinstance(value, str)})


def _filters(subject: Subject, parameter: Parameter, base: Finding | None) -> bool:
    """A list's parameter that says which actions are listed."""
    rules = subject.rules
    if base is None or base.category != "Read" or base.act is None or base.act.verb not in rules.words["looks"]:
        return False
    verbs = (rules.forms.get(snake(v).split("_")[0], "") for v in parameter.enum or () if isinstance(v, str))
    return all(rules.kinds.get(verb) != "observe" for verb in verbs)


def _whole(subject: Subject, parameter: Parameter, base: Finding | None) -> Iterator[Finding]:
    """A value that overwrites everything, by the words beside the values or by its name."""
    if base is None or base.category == "Read":
        return
    said = subject.rules.phrases["overwrites"].pattern.search((parameter.description or "").lower())
    if said and base.category == "Write":
        yield Finding(
            "Destructive", None, of_words(parameter, said), "one of its actions overwrites the whole", (), None, "value"
        )
    if "hard" in (parameter.enum or ()):
        hard = Said("hard", f"{parameter.pointer}/enum")
        yield Finding(
            "Destructive", "medium", hard, "its hard mode throws changes away", ("destructive_option",), None, "flag"
        )
