"""Behavior: what the call does to the world, beyond what the annotations say."""

from __future__ import annotations

from scorer.facts.amount import (
    fragment,
    has_hints,
    names_no_action,
    simple_and_said,
    tells,
    vague_action,
)
from scorer.facts.roles import Trait, documents_parameter, find_trait, informative, trait
from scorer.facts.subject import NO, OTHER_LANGUAGE, Answer, Check, Subject, at, does_not_apply
from scorer.text.cues import Cue
from scorer.text.verbs import base_form, classes

PREFIX = "behavior"
# So many things told beyond the name are no silence.
_SPOKEN = 6

tells_much = tells(8, "tells_much", "The text tells at least eight things that the name does not.")

_CONSEQUENCE = trait(
    r"""permanent(ly)? irreversibl* can(not|'t|\snot)_be_(undone|recovered|reversed|restored|recalled|reverted|cancell?ed) no_undo undo overwrit+ replaces?_(the|any|all|existing|whole|entire|its)
    cascad+ also_(deletes?|removes?|updates?|creates?|closes?|cancels?) discard* soft.?delet* hard.?delet* moves?_(\w+_){0,3}to_(the_)?(trash|deleted|bin) recycle
    revok+ terminat+ destroy* wip(es|ed) restart* side_effects?: sends?_(an?_)?(email|notification|message) notif(y|ies) trigger* automatically arbitrary causes?
    immediately appends? in.?place persist*""",
    "side effect none no",
)
_UNAFFECTED = trait(
    r"""(does_not|doesn'?t|do_not|don'?t|never|without)_(actually_|also_)?(modif|chang|delet|affect|touch|remov|alter|send|creat|overwrit|execut|run|writ|includ|abort|fail|block|return|support|follow|download|persist|sav|start|requir)\w*
    preserv+ unchanged unaffected untouched remains? kept keeps left_(as|intact) stays? intact only_the no-op""",
    "modify change anything state effect not any system",
)
_LIMIT = trait(
    r"""limited_to_(one|two|three) once_(a|an|per|every)_(second|minute|hour|day|week|month|call)
    (up_to|at_most|max(imum)?(_of)?:?|min(imum)?(_of)?:?|limit(ed)?_(to|of)|no_more_than|cap(ped)?_(at|of)|hard_cap|first|top|last|within|every|default(s)?(_to|_is|:)?|timeout*|after)\s*([`(]?\d+|`)
    \d[\d,.]{0,12}\s*(k|m)?\s*(results?|items?|records?|rows?|entries|requests?|calls?|seconds?|secs?|minutes?|mins?|ms|s|kb|mb|gb|bytes|chars?|characters|tokens|days?|hours?|pages?|files?|messages?|per)
    \d+\s*%""",
    "limit maximum default",
)
_ACCESS = trait(
    r"""permissions? scopes? oauth api.?keys? credentials? admin(istrator)?s? allowed_director+ (access|private|secret|public).(key|token)
    (requires?|needs?|must_(be|have)|only|valid|without|no)_([\w'-]+_){0,3}(auth|role|token|log(ged)?.?in|account|subscription|plan|owner|env|sign(ed)?.in)\w*""",
    "auth authentication authorize authorization permission scope role token key login log credential access account required apply",
)
_COST = trait(
    r"""rate.?limit* quota* throttl* 429 credits? costs? billed charges? paid free(?![-]) expensive cheap* per_(minute|second|hour|day|call|request) cach(es|ed|ing) slow
    may_take takes?_(up_to|about|several|a_few|\d) concurren+ parallel sequential* asynchron* background queued? poll(ing)?""",
    "rate limit quota cost fast slow applies apply",
)
_FAILURE = trait(
    r"""fail(s|ed|ure|ures)? errors?(?!\s+message) raises? throws? reject(s|ed)? not_found invalid missing does_not_exist already_exists? 404 40\d 5\d\d time[sd]?_out
    returns?_(an?_)?(null|none|empty|false|nothing) otherwise refuses? skipped skips? ignored? retry retries fallback falls_back""",
    "fail failure error raise throw invalid exception message occur something wrong happen go",
    least=2,
)
_RETURNS = trait(
    r"""returns? returning responds?_with (response|results?|output|reply|report)_(is|are|include*|contain*|ha(s|ve)) yields outputs? produces? provides? gives? includ(es|ing)
    along_with reports? shows? → ->""",
    "return response result output yield give provide message json object list string dict text data content status",
    least=2,
)
_ORDERING = trait(
    r"""sorted ordered newest oldest latest most_recent descending ascending chronological* pagina+ paged? pages?_(via|through|of) next.?(page|cursor|token) cursor offset
    truncat+ batch* chunk* stream*""",
    "page pagination support",
)
_CONDITION = trait(
    r"""if when unless otherwise by_default defaults?_to omit* except only_(if|when|for|the|works|one|within|on|in|after|once) instead depending in_which_case whether even_if regardless must whole entire exactly_once
    =\s*(true|false)""",
    "default behavior must only",
    least=2,
)
_READ_ONLY = Cue(
    "read.?only no_side_effects? does_not_(modify|change|write|alter) non.?destructive safe_to_(call|run|retry|repeat) idempotent"
)
_HANDLE = Cue("session handle connection sandbox lease instance cursor job subscription")
_LIFETIME = Cue(
    "expires? expir+ ttl lifetime valid_for until lasts? timeout idle closed?_(after|with|by) released? reaped"
)
_EMPTY = Cue(
    r"""returns?_(a|the|an)?\s*(results?|response|data|output|object|value)\s*([.;,]|$) rate_limits?_(may_)?appl(y|ies)\s*([.;,]|$) requires?_auth*\s*([.;,]|$)
    authentication_(is_)?required\s*([.;,]|$) returns?_an?_error(_(if|when)_(it|something|the_\w+)_(fails?|goes_wrong))?\s*([.;,]|$) limitations?:\s*(some|none|various)"""
)


def _discloses(name: str, doc: str, wanted: Trait) -> Check:
    """The check of that name: whether some sentence says what the trait is about."""

    def check(subject: Subject) -> Answer:
        if not subject.english:
            return OTHER_LANGUAGE
        sentence = find_trait(subject, wanted)
        return NO if sentence is None else subject.says(sentence)

    check.__name__, check.__doc__ = name, doc
    return check


says_consequence = _discloses(
    "says_consequence", "What is changed for good, replaced, sent or set going by the call.", _CONSEQUENCE
)
says_what_stays = _discloses(
    "says_what_stays", "What the call leaves alone, or does not do although one might expect it.", _UNAFFECTED
)
says_limit = _discloses("says_limit", "A number that bounds the call: how many, how large, how long.", _LIMIT)
says_access = _discloses("says_access", "Which permission, scope, role, key or account it needs, by name.", _ACCESS)
says_cost = _discloses("says_cost", "What a call costs in money, quota or time, or that it runs on by itself.", _COST)
says_failure = _discloses("says_failure", "A failure by its cause, and what comes back then.", _FAILURE)
says_returns = _discloses("says_returns", "What comes back, in particulars.", _RETURNS)
says_order_or_paging = _discloses(
    "says_order_or_paging", "In which order and in which portions results come.", _ORDERING
)
says_condition = _discloses(
    "says_condition", "How the behaviour depends on a condition, a default or an option.", _CONDITION
)


def _working(subject: Subject) -> list[int]:
    """Indices of the sentences beyond the purpose that say how the tool behaves, not how to fill its parameters."""
    return [
        index
        for index, sentence in enumerate(subject.sentences)
        if sentence is not subject.purpose
        and sentence.kind != "code"
        and sentence.section not in ("args", "examples", "when")
        and not documents_parameter(subject, sentence)
        and informative(subject, sentence) >= 2
    ]


def explains_working(subject: Subject) -> Answer:
    """At least one sentence beyond the purpose tells something of how the tool works."""
    if not subject.english:
        return OTHER_LANGUAGE
    found = _working(subject)
    return subject.says(subject.sentences[found[0]]) if found else NO


def explains_more(subject: Subject) -> Answer:
    """At least two such sentences, one not the other again."""
    if not subject.english:
        return OTHER_LANGUAGE
    found = {subject.sentences[i].text.lower(): i for i in _working(subject)}
    last = list(found.values())[-1:]
    return (
        subject.says(subject.sentences[last[0]], f"{len(found)} sentences on how it works") if len(found) >= 2 else NO
    )


TRAITS = (
    *(says_consequence, says_what_stays, says_limit, says_access, says_cost, says_failure),
    *(says_returns, says_order_or_paging, says_condition),
)


def safety_annotated(subject: Subject) -> Answer:
    """The annotations say whether the tool changes anything, and if so whether it destroys."""
    hints = subject.signals.context.annotation_values
    if (
        hints.read_only is True
        or (hints.read_only is False and hints.destructive is not None)
        or hints.destructive is True
    ):
        key = "readOnlyHint" if hints.read_only is not None else "destructiveHint"
        return at(f"/annotations/{key}", key)
    return NO


def claims_read_only(subject: Subject) -> Answer:
    """Where no annotation says it, the text says that nothing is changed, and the verb agrees."""
    if subject.signals.context.annotation_values.read_only is not None:
        return does_not_apply("the annotations say so")
    if subject.signals.actions.mutates is not False:
        return does_not_apply("the tool is not known to be a reading one")
    claims = [match for match, _ in subject.matches(_READ_ONLY)]
    # One claim is a statement; four in a row are a list of keywords.
    return subject.here(*claims[0].span()) if 0 < len(claims) <= 2 else NO


def silent_effect(subject: Subject) -> Answer:
    """A tool that changes something, without annotations, with little text and no word on the consequences."""
    actions, hints = subject.signals.actions, subject.signals.context
    if not actions.mutates:
        return does_not_apply("the tool is not known to change anything")
    if hints.has_annotations or not subject.english or len(subject.told) >= _SPOKEN:
        return NO
    for wanted in (_CONSEQUENCE, _UNAFFECTED, _FAILURE, _CONDITION, _ACCESS):
        if find_trait(subject, wanted) is not None:
            return NO
    return at("/name", subject.tool.name) if actions.text_verb_span is None else subject.here(*actions.text_verb_span)


# Verbs that cannot be done without changing something; "generate", "export" or "start" can.
_WRITES = frozenset(
    "create add insert delete remove drop destroy purge erase truncate update edit modify write rename replace set upload assign move patch send post archive".split()
)
_DESTROYS = frozenset("delete destroy purge erase wipe truncate".split())
_IS_READ_ONLY = Cue("this_is_a_read-only read-only_(operation|tool)")
_SAYS_FOR_GOOD = Cue("permanent(ly)? irreversibl* cannot_be_undone")


def contradicts_annotations(subject: Subject) -> Answer:
    """Text and annotations cannot both be true: a deleting tool that says read-only, a read-only text on a destructive hint."""
    hints, actions = subject.signals.context.annotation_values, subject.signals.actions
    verb = base_form(actions.text_verb or "") or ""
    if actions.text_verb_span is None or not subject.english:
        return NO
    agrees = (
        actions.name_verb is None
        or classes(actions.name_verb)[:1] == classes(verb)[:1]
        or base_form(actions.name_verb) in _WRITES
    )
    if hints.read_only is True and verb in _WRITES and agrees:
        return subject.here(
            *actions.text_verb_span, f"says {actions.text_verb}, the annotations say readOnlyHint: true"
        )
    if (
        hints.destructive is False
        and hints.read_only is not True
        and verb in _DESTROYS
        and subject.first(_SAYS_FOR_GOOD)
    ):
        return subject.here(
            *actions.text_verb_span, f"says {actions.text_verb}, the annotations say destructiveHint: false"
        )
    return _denied_read_only(subject)


def _denied_read_only(subject: Subject) -> Answer:
    hints = subject.signals.context.annotation_values
    match = subject.first(_IS_READ_ONLY)
    if hints.read_only is False and hints.destructive is True and match:
        return subject.here(*match.span(), "says read-only, the annotations say destructiveHint: true")
    return NO


def empty_claim(subject: Subject) -> Answer:
    """A sentence in the form of a disclosure that discloses nothing: "Returns a result", "Rate limit applies"."""
    if not subject.english:
        return OTHER_LANGUAGE
    for match, _ in subject.matches(_EMPTY):
        return subject.here(*match.span())
    return NO


def says_lifetime(subject: Subject) -> Answer:
    """A tool that opens something with a life of its own says how long it lives (asked for since MCP 2026-07-28)."""
    if subject.signals.actions.classes[:1] not in (("create",), ("execute",)) or not subject.first(_HANDLE):
        return does_not_apply("it opens nothing that has a life of its own")
    match = subject.first(_LIFETIME)
    return subject.here(*match.span()) if match else NO


CHECKS: tuple[Check, ...] = (
    contradicts_annotations,
    safety_annotated,
    claims_read_only,
    says_consequence,
    says_what_stays,
    says_limit,
    says_access,
    says_cost,
    says_failure,
    says_returns,
    says_order_or_paging,
    says_condition,
    says_lifetime,
    explains_working,
    explains_more,
    tells_much,
    has_hints,
    simple_and_said,
    names_no_action,
    vague_action,
    fragment,
    silent_effect,
    empty_claim,
)
