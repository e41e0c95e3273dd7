"""Usage Guidelines: when to use the tool, when not, and what else to use then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorer.facts.behavioral_transparency import explains_working
from scorer.facts.missing import missing_names
from scorer.facts.roles import documents_parameter, informative
from scorer.facts.subject import NO, OTHER_LANGUAGE, Answer, Check, Subject, at, cannot_tell, does_not_apply
from scorer.text.cues import Cue
from scorer.text.words import CLAIMS, content_stems, novel_stems, telling_stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.text.sentences import Sentence

PREFIX = "usage"
# A condition is no longer than this; what follows belongs to something else.
_CLAUSE = 300

_WHEN = Cue(
    r"""(use|call|run|invoke|choose|pick|prefer|try|used)_((this|it|the)_([\w-]+_){0,2}?|only_|rarely,?_|mainly_|first_)*(when(ever)?|if|for|to|before|after|as|once|during|in_case|where|unless)
    (useful|helpful|ideal|best|good|great|suitable|perfect|designed|intended|recommended|suited|meant|optimi[sz]ed|handy|appropriate|needed|necessary)_(for|when|if|to|in|before|after)
    (when|whenever|if)_(you|the_(user|caller|agent|task|question)|users?|someone|a_user|they)_(\w+_)?(need|want|ask|have|know|already|only|say|mention|provide|request|are|is)s?
    helps?_(you_)?(to_)?(understand|decide|determine|choose|find|identify|diagnose)"""
)
_NOT = Cue(
    r"""(do_not|don'?t|never|not)_(use|call|invoke|run|rely) (is|are)_not_(meant|intended|suitable|recommended|designed|for) not_(meant|intended|suitable|recommended|designed|for)
    avoid_(using|calling|this|for) only_(use|call|run) (use|call)_(this_)?only should_not_be_used (use|prefer|call)_[^.;\n]{0,60}(instead_of|rather_than) not_needed last_resort
    rarely does_not_(support|work|cover|include|handle) use_not only_(for|when|if|available|needed)"""
)
_INSTEAD = Cue(
    r"""instead rather_than prefer alternativ* otherwise see_also unlike compared_to (better|cheaper|faster|more_\w+)_than (for|to|if|when)_[^.;\n]{3,80}[,:]?_(use|call|try|choose)
    use_\S+_(for|if|when|on|to) last_resort not_use"""
)
_PREREQUISITE = Cue(
    r"""first before beforehand prior prerequisite must_(first|be|have|already) requires?_(an?_|that_|the_|at_least_)? after once needs?_(an?_|to_)
    (returned|provided|given|obtained|found|produced)_(by|from|via|with) from_(a_|the_)?(previous|prior|earlier) workflow step_\d then next already discover find → ->"""
)
_ORDER = Cue(
    r"""(always|must)_(be_)?(call|use|run|invoke)(ed|d)?_(this|it)?(_tool)?\s*(first|before_(any|every|all|using_any|calling_any|each|anything)|for_(every|any|all)|every_time|at_the_start)
    call_this(_tool)?_(first_)?before_(any|every|all) before_(using|calling)_any_other_tool always_(default_to|prefer)_(using_)?this"""
)
# Words of guidance itself, which add nothing to it.
_CUE_STEMS = frozenset(
    content_stems(
        "use when need want avoid prefer instead alternative other choose situation appropriate applicable purpose scenario condition"
    )
)
_OUTSIDE = re.compile(r"[`'\"]([\w.+/ -]{2,40})[`'\"]|(?<=[a-z,])\s+([A-Z][\w+.-]*(?: [A-Z][\w+.-]*)*)")


def _conditions(subject: Subject, pattern: Cue, section: str) -> Iterator[tuple[str, Sentence]]:
    """(the words that the cue introduces, the sentence) for guidance in prose and under a heading for it."""
    for match, sentence in subject.matches(pattern):
        if sentence.section in ("args", "returns", "raises", "examples"):
            continue
        if sentence is subject.purpose and match.group().endswith(" to"):
            continue
        yield subject.text[match.end() : min(sentence.end, match.end() + _CLAUSE)], sentence
    for sentence in subject.sentences:
        if sentence.section == section and sentence.kind != "code":
            yield sentence.text, sentence


def _says_something(subject: Subject, words: str, least: int) -> bool:
    """Whether a condition says at least so much that the name does not, and is not the purpose over again."""
    beyond_name = novel_stems(words, subject.name_stems, _CUE_STEMS, CLAIMS)
    return len(beyond_name) >= least and (least == 1 or bool(beyond_name - subject.known_stems))


def says_when(subject: Subject) -> Answer:
    """A condition for using the tool that says something which name and purpose do not."""
    if not subject.english:
        return OTHER_LANGUAGE
    for words, sentence in _conditions(subject, _WHEN, "when"):
        if _says_something(subject, words, 2):
            return subject.says(sentence)
    return NO


def says_when_not(subject: Subject) -> Answer:
    """A case in which the tool is the wrong one, said so that one can tell the case."""
    if not subject.english:
        return OTHER_LANGUAGE
    for words, sentence in _conditions(subject, _NOT, "not"):
        if _says_something(subject, words, 1) and not _is_empty(subject, sentence):
            return subject.says(sentence)
    return NO


_ALONE = does_not_apply("there is no other tool to name")


def names_alternative(subject: Subject) -> Answer:
    """Another tool to use in the other case: a real sibling, or a program outside the server named by its name."""
    for mention in subject.mentions:
        sentence = subject.sentence_at(mention.start)
        if (
            sentence is not None
            and sentence.section not in ("args", "examples", "returns")
            and _INSTEAD.pattern.search(sentence.text.lower())
        ):
            return subject.says(sentence, f"names {mention.tool}")
    if not subject.english:
        return NO
    found = _outside_program(subject)
    return found if found.holds or subject.siblings_known else _ALONE


_OUTSIDE_CUE = Cue("instead rather_than prefer alternatively use")


def _outside_program(subject: Subject) -> Answer:
    """A line such as "use `grep` instead" or "prefer the AWS console": a proper name or a quoted one where guidance stands."""
    seen = None
    for match, sentence in subject.matches(_OUTSIDE_CUE):
        if sentence is seen or (match.group() == "use" and "instead" not in sentence.text.lower()):
            continue
        seen = sentence
        for named in _OUTSIDE.finditer(sentence.text[:_CLAUSE]):
            if _is_program(subject, named):
                return subject.says(sentence, f"names {named.group(1) or named.group(2)}")
    return NO


def _is_program(subject: Subject, named: re.Match[str]) -> bool:
    """A name that is no shouted word, no value of a parameter, not the tool's own, and no sibling that does not exist."""
    name = named.group(1) or named.group(2)
    if (named.group(2) and name.isupper() and len(name) < 6) or name in subject.vocabulary:
        return False
    return bool(novel_stems(name, subject.name_stems)) and not _unknown_tool(subject, name)


def _unknown_tool(subject: Subject, name: str) -> bool:
    """Whether a name looks like a sibling that does not exist."""
    return subject.siblings_known and ("_" in name or "(" in name)


def names_prerequisite(subject: Subject) -> Answer:
    """What must be there before the call, by name: a sibling to call first, a state, where an id comes from."""
    for mention in subject.mentions:
        sentence = subject.sentence_at(mention.start)
        if sentence is not None and _PREREQUISITE.pattern.search(sentence.text.lower()):
            return subject.says(sentence, f"names {mention.tool}")
    if not any(_ID.search(p.name) for p in subject.parameters):
        return _NO_ID
    return _prerequisite_in_parameters(subject)


_NO_ID = does_not_apply("it takes no id that another tool would have to give")
_ID = re.compile(r"(?:^|[_-])(?:id|ids|key|token|slug|cursor|handle|ref|hash|uuid|number)s?$|[a-z]Ids?$", re.IGNORECASE)


def _prerequisite_in_parameters(subject: Subject) -> Answer:
    names = subject.siblings.names if subject.siblings_known else frozenset()
    for parameter in subject.parameters:
        text = parameter.description
        if text and names and "_" in text:
            for token in re.findall(r"\w+_\w+", text):
                if token in names and token != subject.tool.name:
                    return at(parameter.description_pointer or parameter.pointer, text, f"names {token}")
    return NO


_STATE = Cue(
    r"""must_(first_|already_)?(be|have|exist) requires?_(an?|that|the|at_least|prior|having)\s needs_an?\s only_works?_(when|if|with|on|in) prerequisites?
    (before|after)_(calling|using|running|edits?|making|starting)"""
)


def says_precondition(subject: Subject) -> Answer:
    """A state that must hold before the call, without a tool's name: "the invoice must be finalized before"."""
    if not subject.english:
        return OTHER_LANGUAGE
    for match, sentence in subject.matches(_STATE):
        if sentence.section not in ("args", "examples") and _says_something(
            subject, subject.text[match.end() : sentence.end], 1
        ):
            return subject.says(sentence)
    return NO


_CONTEXT = Cue(
    r"""for_(later|debugging|reviewing|auditing|planning|quick|bulk|large|small|each|every|interactive)
    to_(help|understand|verify|check|preview|avoid|see|confirm|inspect|compare|ensure|debug|diagnose|troubleshoot) so_that in_order_to before_\w+ing after_\w+ing great_for
    common_use such_as_when works_(with|across|for) combine_with pair_with part_of"""
)


def implies_context(subject: Subject) -> Answer:
    """A use, an audience or a moment is hinted at, though not as guidance."""
    if not subject.english:
        return OTHER_LANGUAGE
    for match, sentence in subject.matches(_CONTEXT):
        if (
            sentence.section not in ("args", "examples", "returns")
            and len(
                novel_stems(subject.text[match.start() : min(sentence.end, match.end() + _CLAUSE)], subject.name_stems)
            )
            >= 2
        ):
            return subject.says(sentence)
    return NO


def _is_empty(subject: Subject, sentence: Sentence) -> bool:
    """Guidance that would fit any tool: "use other tools instead", "when you should not"."""
    if any(sentence.start <= mention.start < sentence.end for mention in subject.mentions):
        return False
    return not telling_stems(sentence.text) - subject.name_stems - _CUE_STEMS


def implied_by_working(subject: Subject) -> Answer:
    """How the tool works is told, so that one can infer when it fits."""
    return subject.ask(explains_working)


def only_purpose(subject: Subject) -> Answer:
    """There is a purpose line and nothing that would help to choose."""
    if not subject.english:
        return OTHER_LANGUAGE
    if not subject.text or any(
        informative(subject, s) for s in subject.sentences if not documents_parameter(subject, s)
    ):
        return NO
    return subject.whole()


_CASE = Cue(r"(if|to|for|when|with)\b[^.;\n]{4,90}?[,:]?_(use|call|try|prefer|choose)\s")


def distinguishes_cases(subject: Subject) -> Answer:
    """A case in which another tool is to be used is described, whatever that tool: "to filter by user, use ..."."""
    if not subject.english:
        return OTHER_LANGUAGE
    for match, sentence in subject.matches(_CASE):
        if (
            sentence.section not in ("args", "examples", "returns")
            and sentence is not subject.purpose
            and _says_something(subject, match.group(), 1)
        ):
            return subject.says(sentence)
    return NO


def empty_guidance(subject: Subject) -> Answer:
    """A sentence in the form of guidance that says nothing: "Use this tool when you need to use it"."""
    if not subject.english:
        return OTHER_LANGUAGE
    for pattern in (_WHEN, _NOT):
        for _, sentence in subject.matches(pattern):
            if sentence.section != "" or sentence is subject.purpose or sentence.text.endswith(":"):
                continue
            if _is_empty(subject, sentence):
                return subject.says(sentence)
    return NO


def names_missing_tool(subject: Subject) -> Answer:
    """A text sends the agent to a tool that does not exist on this server."""
    if not subject.siblings_known:
        return cannot_tell("its siblings are not known")
    for pointer, text, start, end in missing_names(subject):
        detail = f"no tool of this server is called {text[start:end]}"
        return subject.here(start, end, detail) if pointer == "/description" else at(pointer, text[start:end], detail)
    return NO


def forces_order(subject: Subject) -> Answer:
    """The text claims precedence over every other tool: "always call this first"."""
    for match, sentence in subject.matches(_ORDER):
        return subject.here(match.start(), min(match.end(), sentence.end))
    return NO


CHECKS: tuple[Check, ...] = (
    says_when,
    says_when_not,
    names_alternative,
    names_prerequisite,
    says_precondition,
    distinguishes_cases,
    implies_context,
    implied_by_working,
    only_purpose,
    empty_guidance,
    names_missing_tool,
    forces_order,
)
