"""Names that a text tells the agent to call although no tool is called so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.facts.mentions import CAMEL, spellings
from scorer.text.verbs import BASES
from scorer.text.words import split_identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.facts.subject import Subject

# Where a name stands as something to call. The name must go on past a separator or a capital to be one.
_CALLED = re.compile(
    r"(?:\b(?:[Cc]all(?:s|ing)?|[Uu]s(?:e|ing)|via|from|by|[Ss]ee|[Pp]refer|[Rr]un|[Ii]nvoke|[Tt]ry|then|tool)\s+(?:the\s+|of\s+)?|(?:->|→)\s*)[`'\"*]*([A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+|[a-z][a-z0-9]*(?:[A-Z][a-z0-9]+)+)(?![\w*/-])"
)


def missing_names(subject: Subject) -> Iterator[tuple[str, str, int, int]]:
    """(pointer, text, start, end) of every name that a text tells the agent to call although no tool is called so.

    Only names that look like tools are meant: two parts or more, one of them a verb, in a place where a tool would stand.
    """
    if "_" in subject.text or CAMEL.search(subject.text):
        yield from _missing_in(subject, "/description", subject.text)
    for parameter in subject.parameters:
        if parameter.description and "_" in parameter.description:
            yield from _missing_in(subject, parameter.description_pointer or parameter.pointer, parameter.description)


def _missing_in(subject: Subject, pointer: str, text: str) -> Iterator[tuple[str, str, int, int]]:
    known = spellings(subject.siblings.names)
    for match in _CALLED.finditer(text):
        token = match.group(1)
        parts = split_identifier(token)
        if _like_a_tool(token, parts) and "_".join(parts) not in known and token not in subject.vocabulary:
            yield pointer, text, match.start(1), match.end(1)


def _like_a_tool(token: str, parts: tuple[str, ...]) -> bool:
    """`get_order`, `listUsers`; not `read-only`, not `example.com`, not `max_results`."""
    if len(parts) < 2 or "-" in token or "." in token or token.isupper():
        return False
    return parts[0] in BASES or (parts[-1] in BASES and "_" in token)
