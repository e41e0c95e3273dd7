"""What options open: files to write, actions to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.acts import value_acts
from scorer.risk.findings import Finding, judged
from scorer.risk.naming import is_named, snake
from scorer.risk.subject import Said, of_parameter, of_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.risk import Severity
    from scorer.models.signals import Parameter
    from scorer.risk.findings import Act
    from scorer.risk.subject import Subject


def file(subject: Subject, parameter: Parameter, base: Finding | None) -> Iterator[Finding]:
    """A file that is written where the caller says, although the tool reads."""
    reads = base is None or base.category == "Read"
    if not reads or (parameter.types and "string" not in parameter.types):
        return
    rules, text = subject.rules, (parameter.description or "").lower()
    captures = bool(base and base.act and base.act.verb in rules.words["captures"] and not text)
    saves = is_named(parameter, "saves_if_said", rules) and (
        captures or rules.patterns["saves"].search(text) is not None
    )
    if (saves or is_named(parameter, "output", rules)) and not rules.patterns["unused"].search(text):
        severity: Severity = "medium" if parameter.required else "low"
        says = "it can write a file where the caller says"
        yield Finding("Write", severity, of_parameter(parameter), says, ("filesystem_path",), None, "file")


def values(subject: Subject, parameter: Parameter, base: Finding | None) -> Iterator[Finding]:
    """The values of a parameter that selects what is done, each as an act of its own."""
    if parameter.enum is None or not is_named(parameter, "action", subject.rules):
        return
    if _answers(parameter) or _filters(subject, parameter, base):
        return
    yield from _whole(subject, parameter, base)
    plain = is_named(parameter, "plain_action", subject.rules)
    for act in value_acts(subject, parameter):
        found, kind = judged(act, subject.rules), subject.rules.kinds.get(act.verb)
        if found is None or (plain and not _is_act(act, kind)):
            continue
        flag = plain and kind == "destroy"
        yield (
            found._replace(signals=("destructive_option",), opening="flag") if flag else found._replace(opening="value")
        )


def _is_act(act: Act, kind: str | None) -> bool:
    """Whether a value of a `type` or `mode` says what is done: a loss always, another act where it is more than a word."""
    return kind == "destroy" or (kind in _PLAIN and "_" in snake(act.said.quote))


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
