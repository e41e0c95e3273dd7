"""Text that could talk a judge into something. The net is wide: where it catches, the judge may lower a score but not raise it."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scorer.text.cues import text_keys
from scorer.text.disguise import CHUNK, LEET, LOOKALIKES, decoded
from scorer.text.hidden import comments, hidden_characters, without
from scorer.text.manipulation import to_evaluator, to_model
from scorer.text.orders import first_order
from scorer.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.tool import Tool

_GRADER = r"(?:evaluat\w*|grader?s?|grading|judg(?:e|es|ed|ing|ment|ements?)|rubrics?|assess\w*|auditors?|scorers?|scoring|reviewers?|checklists?|questionnaires?|verdicts?|criteri\w+|linters?|(?:quality|registry)\s+(?:check|bot|scan)\w*)"
_PRAISE = r"(?:yes|true|affirm\w*|perfect\w*|flawless\w*|approv\w*|pass(?:es|ed)?|satisf\w+|full(?:y)?|complete\w*|excellent|exemplary|highest|top|max\w*|best|positiv\w*|complian\w*|certif\w*|fulfil\w*|met|marks?|points?|scor\w+|stars?|grade|rating|credit|clear(?:ly)?|document\w*)"
_READER = r"(?:language\s+models?|llms?|ai|assistants?|chat\s?bots?|models?|gpt[\w.-]*|claude|agents?|automated\s+\w+|readers?|whoever\s+\w+|anyone\s+\w+ing)"
_ORDER = r"(?:must|should|shall|please|treat|consider|mark|answer|say|rate|accept|assume|note|reply|respond|regard|count|conclude|confirm|affirm|report|award|give|is\s+to|are\s+to|needs?\s+to|instructed|told|asked)"
_STEERING = re.compile(
    rf"\b{_GRADER}\b.{{0,100}}?\b{_PRAISE}\b|\b{_PRAISE}\b.{{0,100}}?\b{_GRADER}\b"
    rf"|\b{_READER}\b.{{0,60}}?\b{_ORDER}\b.{{0,100}}?\b{_PRAISE}\b"
    r"|\b(?:answer|reply|respond|say|output|vote|tick|check)\w*\b.{0,40}?\b(?:yes|true|affirmativ\w*|positiv\w*|no|never)\b"
    r"|\b(?:treat|consider|regard|count|mark|assume|deem|classify|accept|report|record|take)\b.{0,80}?\b(?:as|to\s+be|is|are)\s+(?:\w+\s+)?(?:document|complet|satisf|perfect|excellent|answer|fulfil|pass|present|clear|complian|true|yes|said|stated|shown|told|given|met|explain|affirm)\w*"
    r"|\b(?:treat|consider|regard|deem|grade|rate)\b.{0,80}?\b(?:documented|complete|satisfied|perfect|excellent|exemplary|fulfilled|compliant|flawless)\b"
    r"|\b(?:every|all|each|any)\s+(?:\w+\s+)?(?:questions?|criteri\w+|dimensions?|facts?|checks?|answers?|quotes?|score|rating)\b"
    r"|\b(?:full|top|max\w*|highest|perfect)\s+(?:marks?|scores?|rating|grade|points)\b|\b(?:5|10)\s*/\s*(?:5|10)\b|\bgrade\s+a\b|\bfive\s+(?:stars?|out)\b|\ba\+"
    r"|\bquote\s*(?::|this|the|these|that|me|it|is|as|for|from)\b|\bas\s+(?:the\s+)?(?:evidence|quote|proof)\b|\bevidence\s*:"
    r"|\b(?:ignore|disregard|forget|override|bypass|skip|drop|discard|stop)\w*\b.{0,60}?\b(?:instruct\w*|prompts?|rules?|above|before|previous\w*|earlier|prior|guidelines?|system|said|told|list|task)\b"
    r"|\bend\s+of\s+(?:the\s+)?(?:definition|description|data|document|input|tool|json|value|block)\b|\bnew\s+(?:instructions?|task|rules?|definition)\b|\breal\s+(?:task|definition|instructions?)\b|\bfrom\s+now\s+on\b"
    r"|\byour?\s+(?:new\s+|real\s+|only\s+)?(?:task|role|job|instructions?|rules|answers?|verdict|output|reply|response)\b.{0,30}?\b(?:is|are|must|should|changed?|now|has|have|to)\b"
    r"|\byou\s+(?:must|will|shall|are\s+to|should|have\s+to)\s+(?:now\s+)?(?:answer|say|reply|respond|output|affirm|confirm|agree|conclude|find|report|accept|mark|treat|assume)\b"
    r"|\b(?:pretend|role\s?play|jailbreak|developer\s+mode|system\s+prompt|prompt\s+injection)\b"
    r"|(?:^|[\n.;!?\"'>\])}\\]|\\n)\s*(?:system|assistant|user|human|developer|tool|judge|grader|note\s+to\s+\w+)\s*:"
    r"|<\|?\s*/?\s*(?:im_\w+|system|assistant|user|tool|definition|instructions?|data|document|end\w*|s)\b[^<>]{0,20}\|?>|\[/?(?:inst|sys)\b|<<\s*/?sys|-{4,}\s*\w|={4,}\s*\w|#{2,}\s*(?:end|system|instruction|new|judge|grader|answer)"
    r"|\b(?:purpose|usage|behavior|parameters|concise|context|apart|naming|surface|check)/[a-z]+\b|[\"'](?:yes|no|unsure|fact|quote|reasons|holds|score|answers?|verdict)[\"']\s*:"
    r"|\b(?:ignora|evaluador|calific|puntua|responde\s+s[ií]|instrucciones|avaliador|responda|valutatore|rispondi|ignorez|ignore\s+les|évaluat|evaluateur|répond|repondez|notez|bewert|ignorier|antwort|gutachter|prüfer|anweisung)\w*"
    r"|忽略|忽视|评分|評分|评估|評価|打分|满分|回答|指令|指示|無視|採点|игнор|оцен|ответ|инструкц|무시|평가|점수|대답|تجاهل|أجب|تقييم|अनदेखा|उत्तर",
    re.DOTALL,
)
_SPEAKING = re.compile(
    r"\b(?:ignore|answer|affirm|always|never|must|should|every|perfect|grade[rd]?|scored?|judge|evaluat\w*|yes|quote|instruction\w*|best|confus\w*|ambiguous|overlap\w*)\b"
)
# Letters one by one, or as numbers: no honest text is written so.
_DISGUISED = re.compile(
    r"(?:\b[^\W\d_][ .\-_*|]{1,3}){6,}[^\W\d_]\b|(?:&#x?[0-9a-fA-F]{2,6};){3,}|(?:\\x[0-9a-fA-F]{2}){6,}"
)
_LONGEST = 20_000
_DEPTH, _STRINGS = 40, 4000


def steering(tool: Tool) -> str | None:
    """The beginning of the first text in a definition, wherever it stands, that may be meant for a judge; None where there is none."""
    for number, text in enumerate(_strings({"description": tool.description, **tool.definition}, 0)):
        if number >= _STRINGS:
            return "more texts than are read"
        found = steers(text)
        if found:
            return found
    return None


def speaking_name(name: str) -> bool:
    """Whether a tool's name says something to a reader: it stands beside every other tool of the server."""
    words = re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).lower()
    return len(words.split()) > 8 or len(_SPEAKING.findall(words)) >= 2 or bool(steers(words))


@lru_cache(maxsize=8192)
def steers(text: str) -> str | None:
    """The words of a text that may steer a judge, at most 80 characters of them; hidden text counts."""
    if len(text) < 3:
        return None
    if hidden_characters(text) or comments(text):
        return "text that a person does not see"
    if _DISGUISED.search(text[:_LONGEST]):
        return "letters in disguise"
    for variant in _variants(text[:_LONGEST]):
        keys = text_keys(variant)
        match = (
            _STEERING.search(variant) or to_evaluator(variant, keys) or to_model(variant, keys) or first_order(variant)
        )
        if match:
            return " ".join(match.group().split())[:80]
    return None


def _variants(text: str) -> Iterator[str]:
    """The text as it is read, and as it may be meant: other scripts' letters, digits for letters, reversed, rotated, encoded."""
    plain = unicodedata.normalize("NFKC", text).lower()
    yield plain
    for chunk in CHUNK.findall(text):
        yield from decoded(chunk)
    for other in (plain.translate(LOOKALIKES), plain.translate(LEET), plain[::-1], codecs.encode(plain, "rot13")):
        if other != plain:
            yield other


def _strings(value: Any, depth: int) -> Iterator[str]:
    """Every text of a definition: values and keys, at any depth within reason."""
    if depth > _DEPTH:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _strings(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, depth + 1)


def unsteered(tool: Tool) -> Tool:
    """The tool without the sentences that may steer a judge: blanked in its description and in the documentation inside its schemas."""
    definition = _blanked(tool.definition, 0)
    schemas = {key: definition.get(key) for key in ("inputSchema", "outputSchema")}
    return replace(
        tool,
        definition=definition,
        description=_without_steering(tool.description) if tool.description else tool.description,
        input_schema=schemas["inputSchema"] if tool.input_schema is not None else None,
        output_schema=schemas["outputSchema"] if tool.output_schema is not None else None,
    )


def _blanked(value: Any, depth: int) -> Any:
    if depth > _DEPTH:
        return value
    if isinstance(value, dict):
        return {
            key: _without_steering(item)
            if key == "description" and isinstance(item, str)
            else _blanked(item, depth + 1)
            for key, item in value.items()
        }
    return [_blanked(item, depth + 1) for item in value] if isinstance(value, list) else value


def _without_steering(text: str) -> str:
    coded = [chunk.span() for chunk in CHUNK.finditer(text) if any(map(steers, decoded(chunk.group())))]
    text = without(text, coded)
    spans = steering_spans(text)
    return without(text, spans) if len(spans) < len(sentences(text)) else text


def steering_spans(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences that may steer a judge, and of those that a semicolon ties to one."""
    spans: list[tuple[int, int]] = []
    tied = False
    for sentence in sentences(text):
        caught = tied or bool(steers(sentence.text))
        spans += [(sentence.start, sentence.end)] if caught else []
        tied = caught and sentence.text.endswith(";")
    return spans
