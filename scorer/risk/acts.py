"""The acts that a definition names: a verb, what it acts on, and where that is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scorer.risk.findings import Act, judged
from scorer.risk.subject import Said
from scorer.text.sentences import sentences
from scorer.text.words import split_identifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.models.risk_rules import RiskRules
    from scorer.models.signals import Parameter
    from scorer.risk.subject import Subject

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W\d_]+)*|[,/:(—–|&.;]|->")
# Words behind which a new clause begins: the verb acts on what stands before them.
_TURNS = frozenset(
    """from in on for with using by to into onto at via through as that which who where when if because so than within under over inside
    between among about across per before after during without based given matching your""".split()
)
_JOINS = frozenset(
    {",", "/", "&", "and", "or", "then", "(", ":", "—", "–", "also", "optionally", "|", "either", "both", "->"}
)
_ADVERBS = frozenset(
    "then also optionally completely fully permanently optionally automatically immediately safely directly either".split()
)
_ARTICLES = frozenset(
    "a an the all any its it them this these those one new existing every each your their multiple several another some ".split()
)
# Verbs that are nouns at least as often: behind a comma they count only before an article.
_NOUNISH = frozenset(
    """access action audit back backup batch bid bill bookmark book borrow branch build call capture charge check chat claim click clone close code comment commit
    complete content copy cost count cover credit cut data date deposit design diff display document donation download draft draw drive drop echo edit
    email end entry exit export fill filter fix flag flash follow format form grant graph group guess handle hash heat help highlight history hold home host image
    import index info input insert invoice invite issue join key label launch lead lease lend like limit line link list load loan lock log look mail make map mark mask
    match measure merge message mirror model monitor move name note notes notice number offer open order output own page paint park patch pause pay
    peek pin place plan play plot point poll post power present press preview price print process produce profile program project prompt pull purchase push put query queue quote range rank rate reason
    record refund release rename render reply report request research reserve reset resource rest result return review ride roll route row rule run sale sample save
    scan schedule scope score screen screenshot script search secure select sell send sense set shape share sheet shift ship short show sign signal sort source spin split
    stage stake star start state status step stop store stream structure study subject submit subset sum summary supply support survey swap switch sync tag take talk target task
    test text thread time tip title toggle track trade train transfer translate trash trace tree trigger trim trip turn type update upgrade upload usage use user value
    version view visit vote wait walk watch wipe word work zoom style number indent font color border replay clean clear empty correct complete direct light open live secure own free void cool dim mute short project""".split()
)
_MOST = 60
_ACTS = 12


def acts(subject: Subject) -> tuple[Act, ...]:
    """What the text says that the tool does, most telling first; what the name says where the text is silent or vague."""
    found = [*_leading(subject), *_later(subject)]
    named = _name_act(subject)
    if named is not None and _is_heard(subject, named, found):
        found.append(named)
    return tuple(found[:_ACTS])


def _is_heard(subject: Subject, named: Act, found: Sequence[Act]) -> bool:
    """The name counts where the text says nothing, and where it speaks of loss or money and the text of reading alone."""
    told = [judged(act, subject.rules) for act in found]
    if all(finding is None for finding in told):
        return True
    heavy = judged(named, subject.rules)
    return (
        heavy is not None
        and heavy.category in ("Destructive", "Financial")
        and all(finding is None or finding.category == "Read" for finding in told)
    )


_HERE = frozenset({"here", "this", "it", "when"})
_ASKING = frozenset({"ask", "tell", "request", "instruct", "order", "cause"})


def _leading(subject: Subject) -> Iterator[Act]:
    """The acts of the sentence that says what the tool does."""
    span = _lead(subject)
    if span is None:
        return
    found = list(_clause_acts(subject, *span))
    if found and found[0].verb in ("start", "use", "call", "begin") and not found[0].objects - _HERE:
        return
    if found and found[0].verb in subject.name_parts:
        found[0] = found[0]._replace(objects=found[0].objects | _named_objects(subject, found[0].verb))
    yield from found


_FIRST = re.compile(r"\s*(?:[*_#`>\[(]|this tool\b|tool (?:to|that)\b|will\b)*\s*([a-z]+(?:-[a-z]+)?)\b")


def _lead(subject: Subject) -> tuple[int, int] | None:
    """Where the sentence begins that says what the tool does: at a verb of ours that opens the text, else where the common reading has it."""
    first = next((s for s in sentences(subject.description) if s.kind != "code"), None)
    if first is not None:
        match = _FIRST.match(subject.lower, first.start, first.end)
        if match and match.group(1) in subject.rules.forms and not subject.lower.startswith((":", " |"), match.end()):
            return match.start(1), first.end
    span = subject.signals.actions.text_verb_span
    if span is not None and span[1] <= len(subject.description) and (first is None or span[0] <= first.end):
        return span[0], (subject.signals.actions.resource_span or span)[1]
    inner = _INNER.search(subject.lower, first.start, first.end) if first else None
    if inner and first and inner.group(1) in subject.rules.forms:
        return inner.start(1), first.end
    if span is None or span[1] > len(subject.description):
        return None
    return span[0], (subject.signals.actions.resource_span or span)[1]


# "A tool for adding, formatting and checking text", "Research agent that browses the web".
_INNER = re.compile(r"\b(?:for|that|to|which)\s+(?:\w+ly\s+)?([a-z]+)\b")


_THIRD = re.compile(
    r"\s*(?:(?:this|it|also|the tool|the operation|the call|then|mutating|warning)\b[\s—–:,-]*){0,3}(?:will\s+|can\s+)?(?:(?:also|permanently|optionally|automatically|completely)\s+)*([a-z]+)"
)
_LATER_KINDS = frozenset({"destroy", "money", "deliver"})
_STORES = frozenset({"write", "save", "store"})


def _later(subject: Subject) -> Iterator[Act]:
    """Later sentences that say in the third person, or as what it will do, that something is lost, paid, sent or stored too."""
    rules = subject.rules
    for sentence in sentences(subject.description)[1:14]:
        if sentence.kind == "code" or sentence.section not in ("", "notes"):
            continue
        match = _THIRD.match(subject.lower, sentence.start, sentence.end)
        base = rules.forms.get(match.group(1)) if match else None
        if match is None or base is None or (match.group(1) == base and " will " not in f" {match.group()}"):
            continue
        if rules.kinds.get(base) in _LATER_KINDS or base in _STORES:
            for act in _clause_acts(subject, match.start(1), sentence.end):
                yield act._replace(source="more")
                break


# A wrapped line goes on in lower case; a new one begins with a capital or a mark.
_NEXT_LINE = re.compile(r"\n\s*(?:[A-Z*#`-]|\n)")


def _clause_acts(subject: Subject, start: int, end: int) -> Iterator[Act]:
    """The act that leads a clause and those joined to it in the same form of the verb."""
    rules, lower = subject.rules, subject.lower
    line = _NEXT_LINE.search(subject.description, start, end)
    end = min(end, start + 600, line.start() if line else end)
    tokens = list(_TOKEN.finditer(lower, start, end))[:_MOST]
    if not tokens:
        return
    words = (*(t.group() for t in tokens), *subject.name_parts)
    around = frozenset(variant for word in words for variant in _variants(word))
    verbs = _verbs(tokens, rules)
    for at, index in enumerate(verbs):
        stop = verbs[at + 1] if at + 1 < len(verbs) else len(tokens)
        found = _objects(tokens, index, stop)
        if not found.words and at + 1 < len(verbs):
            found = _objects(tokens, verbs[-1], len(tokens))._replace(
                last=index
            )  # "list, create or close a tab": all act on the tab
        base = rules.forms.get(tokens[index].group(), tokens[index].group())
        if base in _ASKING and (asked := _asked(tokens, index, stop, rules)):
            base = asked
        yield Act(
            base,
            found.words,
            found.heads,
            around,
            subject.said(tokens[index].start(), tokens[found.last].end()),
            "text",
        )


def _asked(tokens: Sequence[re.Match[str]], index: int, stop: int, rules: RiskRules) -> str | None:
    """The verb of "ask it to stop"."""
    for at in range(index + 1, stop - 1):
        if tokens[at].group() == "to" and tokens[at + 1].group() in rules.forms:
            return rules.forms[tokens[at + 1].group()]
    return None


def _verbs(tokens: Sequence[re.Match[str]], rules: RiskRules) -> list[int]:
    """The places of the verbs: the first word, and joined ones of the same form."""
    lead = tokens[0].group()
    third = rules.forms.get(lead, lead) != lead
    found = [0]
    for at in range(1, len(tokens)):
        word = tokens[at].group()
        base = rules.forms.get(word)
        if base is None or (word != base) != third or word.endswith("ing") != lead.endswith("ing"):
            continue
        before = at - 1
        while before > 0 and tokens[before].group() in _ADVERBS and tokens[before - 1].group() in _JOINS:
            before -= 1
        if tokens[before].group() in _JOINS and _reads_as_verb(tokens, at, base, rules):
            found.append(at)
    return found


def _reads_as_verb(tokens: Sequence[re.Match[str]], at: int, base: str, rules: RiskRules) -> bool:
    following = tokens[at + 1].group() if at + 1 < len(tokens) else "."
    if base not in _NOUNISH:
        acts_at_once = base not in rules.kinds or rules.kinds[base] not in ("run", "steer", "device")
        return following not in (".", ":", ")") and (acts_at_once or following in _ARTICLES or at <= 4)
    previous = [t.group() for t in tokens[:at] if t.group() not in _JOINS]
    listed = (
        len(previous) <= 4
        and tokens[at - 1].group() in _JOINS
        and all(t in _NOUNISH or len(previous) <= 2 for t in previous)
    )
    return following in _ARTICLES or (listed and following in (",", "or", "and", "/"))


class _Objects(NamedTuple):
    """What a verb acts on: all words, the nouns, and the place of the last."""

    words: frozenset[str]
    heads: frozenset[str]
    last: int


def _objects(tokens: Sequence[re.Match[str]], index: int, stop: int) -> _Objects:
    """The words between a verb and the next turn."""
    found: set[str] = set()
    heads: set[str] = set()
    last, noun = index, ""
    for at in range(index + 1, stop):
        word = tokens[at].group()
        if word in _ENDS or (word in _TURNS and (noun or at > index + 2)):
            break
        if word in _JOINS:
            heads.update(_variants(noun))
        elif word[0].isalnum() and word not in _ARTICLES and word not in _TURNS:
            noun, last = word, at
            found.update(_variants(word))
    heads.update(_variants(noun))
    return _Objects(frozenset(found - {""}), frozenset(heads - {""}), last)


_ENDS = frozenset({".", ";", ":", "—", "(", "–"})


def _variants(word: str) -> Iterator[str]:
    """A word, its singular, and the parts of a compound."""
    for part in (word, *word.split("-")) if "-" in word else (word,):
        yield part
        if len(part) > 3 and part.endswith("s"):
            yield part[:-1]


def _name_act(subject: Subject) -> Act | None:
    """The verb of the name, wherever it stands, and the other parts as what it acts on."""
    rules, parts = subject.rules, subject.name_parts
    verb = _name_verb(subject)
    if verb is None:
        return None
    rest = [part for part in parts if part != verb]
    heads = frozenset(_variants(rest[-1])) if rest else frozenset()
    around = frozenset(variant for part in parts for variant in _variants(part))
    objects = _named_objects(subject, verb)
    return Act(rules.forms.get(verb, verb), objects, heads, around, Said(subject.tool.name, "/name"), "name")


def _named_objects(subject: Subject, verb: str) -> frozenset[str]:
    return frozenset(variant for part in subject.name_parts if part != verb for variant in _variants(part))


def _name_verb(subject: Subject) -> str | None:
    rules, parts = subject.rules, subject.name_parts
    known = [part for part in parts if part in rules.forms]
    sure = [part for part in known if rules.forms[part] not in _NOUNISH and rules.forms[part] == part]
    heavy = [part for part in sure if rules.kinds.get(part) in ("destroy", "money")]
    leading = [part for part in parts[:2] if part in known]
    return next(iter([*heavy, *sure, *leading, *(part for part in parts[-1:] if part in known)]), None)


def value_acts(subject: Subject, parameter: Parameter) -> Iterator[Act]:
    """The values of a parameter that selects what is done: each as a verb upon what the tool is about."""
    rules = subject.rules
    about = frozenset(variant for part in subject.name_parts for variant in _variants(part))
    for value in (parameter.enum or ())[:40]:
        parts = split_identifier(value) if isinstance(value, str) else ()
        verb = next((part for part in parts if part in rules.forms and rules.forms[part] == part), None)
        if verb is not None:
            objects = (frozenset(parts) - {verb}) or about
            yield Act(
                verb, objects, objects, about | frozenset(parts), Said(str(value), f"{parameter.pointer}/enum"), "value"
            )
