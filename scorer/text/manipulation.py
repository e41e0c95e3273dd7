"""Text that is not written for the agent that calls the tool: aimed at a grader, or at the model behind the agent."""

from __future__ import annotations

import re

_TO_EVALUATOR = re.compile(
    r"\b(?:evaluators?|graders?|reviewers?|judges?|rubrics?)\b[^.\n]{0,120}\b(?:[1-5]\s*/\s*5|give|award|assign|rate|highest|perfect|certified|full\s+marks?|top\s+(?:score|marks?|rating))\b"
    r"|\b(?:rate|score|grade|mark)\s+this\s+(?:tool|definition|description|server)\b|\bhighest\s+(?:score|rating)\s+(?:in|on)\s+(?:all|every)\b"
    r"|\b(?:give|award|assign|rate)\b[^.\n]{0,60}\b(?:5\s*/\s*5|five\s+(?:out\s+of|stars)|full\s+marks?|perfect\s+scores?|highest\s+(?:score|rating)|top\s+(?:score|marks?|rating)|every\s+dimension)"
    r"|\bignore\s+(?:all\s+|any\s+)?(?:the\s+)?(?:previous|prior|above|earlier|your)\s+(?:instructions?|prompts?|rules|guidelines)|\bdisregard\s+(?:all\s+|any\s+)?(?:the\s+)?(?:previous|prior|above)\b"
    r"|\b(?:scorer|linter|grader|evaluator|reviewer|judge)s?\s+(?:has|have)\s+(?:already\s+)?(?:approved|passed|accepted|certified|cleared)\b|\blint\s+result\s*:"
    r"|\b(?:note|message|attention)\s+to\s+(?:the\s+)?(?:evaluators?|graders?|reviewers?|judges?|llms?|ai)\b|\"score\"\s*:\s*[1-5]|</?(?:description|system|tool|input-schema|definition)>|\bas\s+an?\s+(?:evaluator|grader|judge)\b"
)
_TO_MODEL = re.compile(
    r"\b(?:do\s+not|don'?t|never)\s+(?:tell|inform|mention|reveal|show|disclose)\b[^.\n]{0,40}\b(?:user|human|anyone|person)\b|\byou\s+are\s+(?:now\s+)?(?:an?\s+)?(?:ai|assistant|helpful|allowed)\b|<(?:important|system|secret|hidden|instructions?)>"
    r"|\byou\s+(?:did\s+not|were\s+advised|now\s+have)\b|\blet\s+the\s+user\s+know\s+that\b|\boriginally\s+you\b|\b(?:read|send|include|pass)\b[^.\n]{0,60}(?:\.ssh|id_rsa|\.env\b|credentials\s+file|system\s+prompt|conversation\s+history)"
)
# What a text must have for the patterns to match: by the keys of `text.cues`, what must stand there in full. The patterns are slow.
_GRADERS = ("evaluator", "grader", "reviewer", "judge", "rubric", "scorer")
_MARKS = ("5/5", "5 /", "five ", "full mark", "perfect", "highest", "top ", "every dimension")
_THIS = ("this tool", "this definition", "this description", "this server")
_EVALUATOR_SIGNS = {
    **dict.fromkeys(("eva*", "rev*", "jud*", "rub*"), _GRADERS),
    **dict.fromkeys(("giv*", "awa*", "ass*"), _MARKS),
    **dict.fromkeys(("rat*", "mar*", "gra*", "sco*"), (*_GRADERS, *_MARKS, *_THIS, '"score"')),
    "lin*": ("linter", "lint result"),
    "hig*": ("highest score", "highest rating"),
    "ign*": ("ignore ",),
    "dis*": ("disregard",),
    "llm*": ("to llm", "to the llm"),
    "ai*": ("to ai", "to the ai"),
    "<": ("</", "<system", "<description", "<tool", "<input", "<definition"),
}
_TELL = tuple(
    f"{no} {verb}"
    for no in ("not", "n't", "never")
    for verb in ("tell", "inform", "mention", "reveal", "show", "disclose")
)
_SECRETS = (".ssh", "id_rsa", ".env", "credentials file", "system prompt", "conversation history")
_MODEL_SIGNS = {
    **dict.fromkeys(("tel*", "inf*", "men*", "rev*", "sho*", "dis*"), _TELL),
    **dict.fromkeys(("rea*", "sen*", "inc*", "pas*"), _SECRETS),
    "you*": ("you are now", "you are a", "you did", "you were", "you now"),
    "let*": ("know that",),
    "ori*": ("originally",),
    "<": ("<important", "<system", "<secret", "<hidden", "<instruction"),
}


def _may_stand(lower: str, keys: frozenset[str], signs: dict[str, tuple[str, ...]]) -> bool:
    return any(sign in lower for key in signs.keys() & keys for sign in signs[key])


def to_evaluator(lower: str, keys: frozenset[str]) -> re.Match[str] | None:
    """The first words of a lower-cased text, with its keys, that address whoever grades it, or that try to break out of it."""
    return _TO_EVALUATOR.search(lower) if _may_stand(lower, keys, _EVALUATOR_SIGNS) else None


def to_model(lower: str, keys: frozenset[str]) -> re.Match[str] | None:
    """The first words of a lower-cased text, with its keys, that order the model to do something beside the call."""
    return _TO_MODEL.search(lower) if _may_stand(lower, keys, _MODEL_SIGNS) else None
