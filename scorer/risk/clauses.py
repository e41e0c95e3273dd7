"""A clause cut into acts: the verb that leads it, those joined to it, and what each acts on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.risk.findings import Act
from scorer.risk.objects import ARTICLES, JOINS, objects, variants

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.models.risk_rules import RiskRules
    from scorer.risk.subject import Subject

    Tokens = Sequence[re.Match[str]]

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W\d_]+)*|[,/:(—–|&.;]|->")
_ADVERBS = frozenset(
    "then also optionally completely fully permanently optionally automatically immediately safely directly either".split()
)
_ASKING = frozenset({"ask", "tell", "request", "instruct", "order", "cause"})
# A wrapped line goes on in lower case; a new one begins with a capital or a mark.
_NEXT_LINE = re.compile(r"\n\s*(?:[A-Z*#`-]|\n)")
_CHARACTERS, _TOKENS = 600, 60


def clause_acts(subject: Subject, start: int, end: int) -> Iterator[Act]:
    """The act that leads a clause and those joined to it in the same form of the verb. start: where its verb stands."""
    rules, tokens = subject.rules, _tokens(subject, start, end)
    words = (*(token.group() for token in tokens), *subject.name_parts)
    around = frozenset(variant for word in words for variant in variants(word))
    verbs = _verbs(tokens, rules) if tokens else []
    for at, index in enumerate(verbs):
        stop = verbs[at + 1] if at + 1 < len(verbs) else len(tokens)
        found = objects(tokens, index, stop)
        if not found.words and index != verbs[-1]:
            # "list, create or close a tab": all of them act on the tab
            found = objects(tokens, verbs[-1], len(tokens))._replace(last=index)
        said = subject.said(tokens[index].start(), tokens[found.last].end())
        yield Act(_base(tokens, index, stop, rules), found.words, found.heads, around, said, "text")


def _tokens(subject: Subject, start: int, end: int) -> Tokens:
    line = _NEXT_LINE.search(subject.description, start, end)
    return list(_TOKEN.finditer(subject.lower, start, min(end, start + _CHARACTERS, line.start() if line else end)))[
        :_TOKENS
    ]


def _base(tokens: Tokens, index: int, stop: int, rules: RiskRules) -> str:
    """The verb in its base form; of "ask it to stop" the second."""
    base = rules.forms.get(tokens[index].group(), tokens[index].group())
    for at in range(index + 1, stop - 1) if base in _ASKING else ():
        if tokens[at].group() == "to" and tokens[at + 1].group() in rules.forms:
            return rules.forms[tokens[at + 1].group()]
    return base


def _verbs(tokens: Tokens, rules: RiskRules) -> list[int]:
    """The places of the verbs: the first word, and joined ones of the same form."""
    lead = tokens[0].group()
    third = rules.forms.get(lead, lead) != lead
    found = [0]
    for at in range(1, len(tokens)):
        word = tokens[at].group()
        base = rules.forms.get(word)
        if base is None or base == "new" or (word != base) != third or word.endswith("ing") != lead.endswith("ing"):
            continue
        if _is_joined(tokens, at) and _reads_as_verb(tokens, at, base, rules):
            found.append(at)
    return found


def _is_joined(tokens: Tokens, at: int) -> bool:
    """Whether a comma, "and" or the like stands before a word, adverbs between them or not."""
    before = at - 1
    while before > 0 and tokens[before].group() in _ADVERBS and tokens[before - 1].group() in JOINS:
        before -= 1
    return tokens[before].group() in JOINS


def _reads_as_verb(tokens: Tokens, at: int, base: str, rules: RiskRules) -> bool:
    """Whether a joined word is a second verb: surely so beside the first, where an article follows, or in a list of verbs."""
    following = tokens[at + 1].group() if at + 1 < len(tokens) else "."
    if _is_bracketed(tokens, at) and following not in ARTICLES and rules.kinds.get(_lemma(tokens, rules)) != "vague":
        return False  # "the phase (setup/drill/mock)": values, not acts
    if at == 2 and tokens[1].group() in ("or", "and", "/") and following not in (".", ":", ")", "of"):
        return True  # "Preview or set ...": the two stand side by side
    nounish = rules.words["nounish"]
    if base not in nounish:
        at_once = rules.kinds.get(base) not in ("run", "steer", "device")
        return following not in (".", ":", ")") and (at_once or following in ARTICLES or at <= 4)
    previous = [token.group() for token in tokens[:at] if token.group() not in JOINS]
    listed = len(previous) <= 2 or (len(previous) <= 4 and nounish.issuperset(previous))
    return following in ARTICLES or (
        listed and tokens[at - 1].group() in JOINS and following in (",", "or", "and", "/")
    )


def _lemma(tokens: Tokens, rules: RiskRules) -> str:
    """The leading verb in its base form."""
    return rules.forms.get(tokens[0].group(), "")


def _is_bracketed(tokens: Tokens, at: int) -> bool:
    """Whether a word stands in brackets behind the leading verb, in a list with strokes."""
    text, start, end = tokens[at].string, tokens[0].start(), tokens[at].start()
    inside = text.rfind("(", start, end) > text.rfind(")", start, end)
    return inside and "/" in (tokens[at - 1].group(), tokens[at + 1].group() if at + 1 < len(tokens) else "")
