"""What parameters open beyond the leading act: code, destroying flags, output files, actions to choose from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.risk.acts import value_acts
from scorer.risk.findings import Finding, judged
from scorer.risk.subject import Said, of_parameter, of_words, snake

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.signals import Parameter
    from scorer.risk.subject import Subject

_LOSES = re.compile(
    r"\b(?:delet|destroy|drop|overwrit|eras|purg|wip|truncat|clobber)\w*|\b(?:replac|remov|clear)\w*\s+(?:an?\s+|the\s+|any\s+|all\s+)?(?:existing|original|previous|current|whole|entire|file|source|data|all)"
)
_WRITES = re.compile(
    r"\b(?:sav(?:e|es|ed|ing)|writ(?:e|es|ten|ing)|stor(?:e|ed|ing)|download\w*|export\w*|output|dump)\b[^.]{0,60}\b(?:to|as|file|disk|path|into|in)\b|\boutput\s+(?:file|path|dir)"
)
_SWITCH = frozenset({"boolean"})


def openings(subject: Subject, base: Finding | None) -> Iterator[Finding]:
    """Everything that an argument opens, given what the tool does by itself."""
    yield from _code(subject, base)
    yield from _stated_losses(subject, base)
    for parameter in subject.top:
        name = snake(parameter.name)
        yield from _flag(subject, parameter, name, base)
        yield from _file(subject, parameter, name, base)
        yield from _values(subject, parameter, name, base)


def _code(subject: Subject, base: Finding | None) -> Iterator[Finding]:
    """Code, SQL or a command of the caller: as far as the text bounds where it runs and what it may do."""
    said = free_code(subject, base)
    if said is None:
        return
    if subject.says("read_only"):
        yield Finding(
            "Read", "medium", said, "it runs code that is stated to be read-only", ("arbitrary_code",), None, "code"
        )
    elif base is not None and base.category == "Read" and _QUERIES.search(said.quote.lower()):
        yield Finding(
            "Read",
            "medium",
            said,
            "its query language can write, and only the wording says that it reads",
            ("arbitrary_code",),
            None,
            "code",
        )
    elif subject.says("sandboxed") or _in_page(subject, base):
        yield Finding(
            "Execute",
            "high",
            said,
            "code of the caller runs, and its reach ends with the page or sandbox",
            ("arbitrary_code",),
            None,
            "code",
        )
    else:
        yield Finding(
            "Destructive",
            "critical",
            said,
            "code of the caller can delete whatever it reaches, and nothing stated stops it",
            ("arbitrary_code",),
            None,
            "code",
        )


_QUERIES = re.compile(r"query|queries|sql|pipeline|statement|cypher|filter|expression|sparql|gremlin|kql")


def _in_page(subject: Subject, base: Finding | None) -> bool:
    """A step in a page, or code that the lead puts into one."""
    around = base.act.around if base and base.act else frozenset(subject.name_parts)
    return (base is not None and base.ruling.startswith("page")) or not around.isdisjoint(
        {"page", "browser", "tab", "webpage"}
    )


RUNNERS = frozenset("run execute eval exec invoke evaluate perform call".split())
_RUN_WORDS = frozenset("run execute eval exec evaluate".split())
_NO_CODE = frozenset(
    "format lint validate explain analyze analyse parse highlight review check summarize search find convert minify beautify count tokenize compile get read list describe save store create update write add generate document calculate compute solve render draw simulate translate show fetch".split()
)


def _runs(subject: Subject) -> bool:
    verbs = {subject.rules.forms.get(part, part) for part in subject.name_parts}
    verb = subject.signals.actions.text_verb
    return bool(verbs & _RUN_WORDS) or (verb is not None and subject.rules.forms.get(verb, verb) in RUNNERS)


def free_code(subject: Subject, base: Finding | None) -> Said | None:
    """Where the caller can hand over code that is interpreted; None where it is only looked at."""
    for parameter in subject.named("code", subject.top):
        if parameter.enum is None and _is_code(subject, parameter, base):
            return of_parameter(parameter)
    if _runs(subject):
        for parameter in subject.named("query", subject.top):
            if parameter.enum is None and subject.says("sql"):
                return of_parameter(parameter)
    return subject.find("cli") if subject.top and _runs(subject) and subject.says("cli") else None


_ALWAYS = frozenset(
    "sql sql_query javascript js js_code python python_code cli_command shell_command bash cypher cypher_query init_script pipeline lua eval csharp_code gremlin sparql raw_query sql_statement".split()
)
_SPEAKS = re.compile(
    r"\b(?:code|script|sql|javascript|python|command|shell|statement|expression|function|bash|cypher|pipeline|lua|program)s?\b"
)


def _is_code(subject: Subject, parameter: Parameter, base: Finding | None) -> bool:
    """A name that can mean nothing else; or one that can, where the tool runs things and speaks of code."""
    name = snake(parameter.name)
    verb = base.act.verb if base and base.act else ""
    if verb in _NO_CODE and not (
        name in _ALWAYS and verb in ("get", "list", "read", "search", "find", "fetch", "show")
    ):
        return False
    if name in _ALWAYS:
        return True
    words = f"{(parameter.description or '').lower()} {subject.lower[:300]} {' '.join(subject.name_parts)}"
    return _runs(subject) and _SPEAKS.search(words) is not None


def _stated_losses(subject: Subject, base: Finding | None) -> Iterator[Finding]:
    """Sentences that say that something is lost: kept content and parts are another matter."""
    words = subject.rules.words
    kept = subject.says("trashed")
    for name in ("destroys", "overwrites"):
        for match in subject.finds(subject.rules.phrases[name]):
            after = re.findall(r"\w+", subject.lower[match.end() : match.end() + 40])[:3]
            inside = re.findall(r"\w+", match.group())
            if kept or (base and base.category == "Read") or words["contained"] & {*after, *inside}:
                continue
            if name == "overwrites" and not words["whole_thing"] & {*after, *inside} and "completely" not in inside:
                continue
            yield Finding(
                "Destructive",
                None,
                subject.said(match.start(), match.end()),
                "old content is lost without a copy",
                ("irreversible",) if "without" in subject.lower[match.end() : match.end() + 40] else (),
            )
            break


def _flag(subject: Subject, parameter: Parameter, name: str, base: Finding | None) -> Iterator[Finding]:
    """An opt-in flag that removes or overwrites."""
    rules = subject.rules.parameters
    if parameter.types and not _SWITCH.intersection(parameter.types):
        return
    text = (parameter.description or "").lower()
    says = "a flag removes or overwrites what was there"
    if base and base.category in ("Read", "Destructive", "Financial") and not rules["flag_destroy"].match(name):
        return
    if base and base.ruling == "derived-built":
        return
    if rules["flag_destroy"].match(name):
        restored = "source_branch" in name
        if restored and base and base.category == "Write":
            return
        yield Finding(
            "Execute" if restored and base and base.category == "Execute" else "Write" if restored else "Destructive",
            None if restored else "medium",
            of_parameter(parameter),
            says,
            ("destructive_option",),
            None,
            "flag",
        )
    elif (
        rules["flag_overwrite"].match(name)
        and (not text or _LOSES.search(text) or "exist" in text)
        and not subject.rules.words["contained"] & set(re.findall(r"\w+", text))
    ):
        yield Finding("Destructive", "medium", of_parameter(parameter), says, ("destructive_option",), None, "flag")
    elif (
        (match := _LOSES.search(text))
        and text.startswith(
            (
                "if true",
                "if set",
                "delete",
                "overwrite",
                "replace",
                "whether to",
                "drop",
                "purge",
                "force",
                "set to true",
                "when true",
                "also",
                "remove",
                "permanently",
                "true to",
            )
        )
        and not _harmless(text)
    ):
        yield Finding("Destructive", "medium", of_words(parameter, match), says, ("destructive_option",), None, "flag")


def _harmless(text: str) -> bool:
    """Flags about what is shown, about the trash, and those that keep something from being lost."""
    return any(
        word in text
        for word in (
            "trash",
            "restore",
            "include",
            "show",
            "source branch",
            "deleted items",
            "list deleted",
            "return deleted",
            "without deleting",
            "format",
            "cell",
            "header",
            "heading",
            "blank",
            "empty rows",
            "duplicates",
            "whitespace",
        )
    )


def _file(subject: Subject, parameter: Parameter, name: str, base: Finding | None) -> Iterator[Finding]:
    """A file that is written where the caller says, although the tool reads."""
    if base is not None and base.category != "Read":
        return
    if parameter.types and not {"string"}.intersection(parameter.types):
        return
    rules, text = subject.rules.parameters, (parameter.description or "").lower()
    writes = rules["output"].match(name) is not None and not text.startswith(("json path", "jsonpath"))
    if not writes and rules["saves_if_said"].match(name):
        writes = _WRITES.search(text) is not None or (parameter.required and False)
    if writes:
        required = parameter.required
        yield Finding(
            "Write",
            "medium" if required else "low",
            of_parameter(parameter),
            "it can write a file where the caller says",
            ("filesystem_path",),
            None,
            "file",
        )


def _values(subject: Subject, parameter: Parameter, name: str, base: Finding | None) -> Iterator[Finding]:
    """The values of an action parameter, each as an act of its own."""
    if parameter.enum is None or not subject.rules.parameters["action"].match(name):
        return
    if any(isinstance(v, str) and v.lower() in ("accept", "dismiss") for v in parameter.enum):
        return
    values = [subject.rules.forms.get(snake(v).split("_")[0]) for v in parameter.enum if isinstance(v, str)]
    looks = (
        base
        and base.category == "Read"
        and base.act
        and base.act.verb in ("list", "search", "find", "get", "count", "query")
    )
    if looks and not any(subject.rules.kinds.get(v or "") == "observe" for v in values):
        return
    whole = subject.rules.phrases["overwrites"].pattern.search((parameter.description or "").lower())
    if whole and base and base.category == "Write":
        yield Finding(
            "Destructive",
            None,
            of_words(parameter, whole),
            "one of its actions overwrites the whole",
            (),
            None,
            "value",
        )
    if "hard" in parameter.enum and base and base.category != "Read":
        yield Finding(
            "Destructive",
            "medium",
            Said("hard", f"{parameter.pointer}/enum"),
            "its hard mode throws changes away",
            ("destructive_option",),
            None,
            "flag",
        )
    plain = name in ("type", "mode", "event", "state", "task", "run_type", "update_type", "change_type")
    for act in value_acts(subject, parameter):
        found = judged(act, subject.rules)
        if found is None or (plain and "_" not in snake(act.said.quote) and found.category != "Destructive"):
            continue
        if plain and subject.rules.kinds.get(act.verb) == "destroy":
            found = found._replace(signals=("destructive_option",), opening="flag")
        yield found._replace(opening=found.opening or "value")
