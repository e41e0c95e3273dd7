"""Whether the caller chooses a path on the machine that the server runs on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.risk.circumstances import file_uri
from scorer.risk.cues import names, takes_text
from scorer.risk.naming import is_named, snake
from scorer.risk.subject import of_parameter

if TYPE_CHECKING:
    from scorer.models.signals import Parameter
    from scorer.risk.category import Verdict
    from scorer.risk.subject import Said, Subject

_WORD = re.compile(r"[a-z]+")


def filesystem_path(subject: Subject, _verdict: Verdict) -> Said | None:
    if file_uri(subject) and (uri := next(names(subject, "arbitrary_url"), None)):
        return of_parameter(uri)
    unused = subject.rules.patterns["unused"]
    given = (p for p in names(subject, "filesystem_path") if p.enum is None and takes_text(p))
    found = [p for p in given if not unused.search((p.description or "").lower())]
    if not found:
        return None
    about = {*subject.name_parts, *_WORD.findall(subject.lower[:300])}
    return next((of_parameter(p) for p in found if _is_local(subject, p, about)), None)


def _is_local(subject: Subject, parameter: Parameter, about: set[str]) -> bool:
    rules, text = subject.rules, (parameter.description or "").lower()
    words, name, vague = rules.words, snake(parameter.name), is_named(parameter, "vague_path", rules)
    if parameter.depth > 1 and vague and words["file_thing"].isdisjoint(about):
        return False
    remote = _is_remote(subject)
    local = rules.patterns["local_path"].search(text) is not None
    if name == "repo_path" or (local and (not remote or "local" in text + name)):
        return True
    elsewhere = rules.patterns["remote_path"].search(text) is not None
    if not elsewhere and not words["takes_file"].isdisjoint(about):
        return True
    if remote or elsewhere or ("json" in about and words["disk_thing"].isdisjoint(about)):
        return name.startswith(("local", "output", "save", "download"))
    return not vague or words["remote_thing"].isdisjoint(about)


def _is_remote(subject: Subject) -> bool:
    """Whether an argument places it in a store elsewhere, and it takes no file along."""
    words = subject.rules.words
    keyed = "git" not in subject.name_parts and not words["remote_argument"].isdisjoint(p.name for p in subject.top)
    return keyed and words["takes_file"].isdisjoint(subject.name_parts)
