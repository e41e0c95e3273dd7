"""Code, SQL and commands that the caller supplies: as far as the text bounds where they run and what they may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.findings import Finding
from scorer.risk.naming import snake
from scorer.risk.subject import of_parameter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.risk import Category, Severity
    from scorer.models.signals import Parameter
    from scorer.risk.subject import Said, Subject


def code(subject: Subject, base: Finding | None) -> Iterator[Finding]:
    """What the code can do at worst."""
    said = free_code(subject, base)
    if said is None:
        return
    if subject.says("read_only"):
        yield _finding("Read", "medium", said, "the code that it runs is stated to be read-only")
    elif base is not None and base.category == "Read" and _queries(subject, said):
        yield _finding("Read", "medium", said, "its query language can write, and only the wording says that it reads")
    elif not subject.says("host_reach") and (subject.says("sandboxed") or _in_page(subject, base)):
        yield _finding("Execute", "high", said, "code of the caller runs, and its reach ends with the page or sandbox")
    else:
        yield _finding(
            "Destructive",
            "critical",
            said,
            "code of the caller can delete what it reaches, and nothing stated stops it",
        )


def _finding(category: Category, severity: Severity, said: Said, says: str) -> Finding:
    return Finding(category, severity, said, says, ("arbitrary_code",), None, "code")


def _queries(subject: Subject, said: Said) -> bool:
    return subject.rules.parameters["query_text"].match(said.quote.lower()) is not None


def _in_page(subject: Subject, base: Finding | None) -> bool:
    """A step in a page, or code that the sentence puts into one."""
    around = base.act.around if base and base.act else frozenset(subject.name_parts)
    page = base is not None and base.ruling.startswith("page")
    return page or not subject.rules.words["page_place"].isdisjoint(around)


def runs(subject: Subject) -> bool:
    """Whether name or text lead with a verb that runs what it is given."""
    rules, runners = subject.rules, subject.rules.words["runner"]
    verb = subject.signals.actions.text_verb
    return rules.forms.get(verb or "") in runners or any(
        rules.forms.get(part) in runners for part in subject.name_parts
    )


def free_code(subject: Subject, base: Finding | None) -> Said | None:
    """Where the caller can hand over code that is interpreted; None where it is only looked at."""
    if not subject.top:
        return None
    for parameter in subject.named("code", subject.top):
        if parameter.enum is None and _is_code(subject, parameter, base):
            return of_parameter(parameter)
    if not runs(subject):
        return None
    if subject.says("sql"):
        query = next((p for p in subject.named("query", subject.top) if p.enum is None), None)
        return of_parameter(query) if query else None
    return subject.find("cli")


def _is_other(subject: Subject, parameter: Parameter) -> bool:
    """The name of a script that is stored, or a sum to work out."""
    said, patterns = f"{(parameter.description or '').lower()} {subject.lower[:400]}", subject.rules.patterns
    if patterns["named_script"].search(said):
        return True
    return parameter.name == "expression" and patterns["of_math"].search(said) is not None


def _says_it_runs(subject: Subject, parameter: Parameter, base: Finding | None) -> bool:
    """An argument that says of itself that it is run, or has the language to run it in beside it."""
    if base is not None and base.category != "Execute":
        return False
    languages = subject.rules.words["run_language"]
    beside = any(not languages.isdisjoint(map(str, p.enum or ())) for p in subject.top if p.name == "language")
    said = subject.rules.patterns["of_running"].search((parameter.description or "").lower())
    return said is not None or (beside and parameter.name == "code")


def _is_code(subject: Subject, parameter: Parameter, base: Finding | None) -> bool:
    """A name that can mean nothing else; or one that can, where the tool runs things and speaks of code."""
    name, patterns = snake(parameter.name), subject.rules.parameters
    if base and base.act and base.act.verb in subject.rules.words["looks_at_code"]:
        return False
    if _is_other(subject, parameter):
        return False
    if patterns["surely_code"].match(name) or _says_it_runs(subject, parameter, base):
        return True
    words = f"{(parameter.description or '').lower()} {subject.lower[:400]} {' '.join(subject.name_parts)}"
    if patterns["terminal"].match(name) and subject.rules.patterns["terminal"].search(words):
        return True
    return runs(subject) and subject.rules.patterns["of_code"].search(words) is not None
