"""Asking a model for a better definition: the request, and the draft that comes back."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from scorer.judge.answers import InvalidAnswerError
from scorer.judge.prompt import TEMPLATES, digest
from scorer.judge.protocol import Block, Request
from scorer.judge.shown import as_json, shown_definition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.judge_rules import DraftRules
    from scorer.models.signals import Signals
    from scorer.models.tool import Tool

HINTS = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")
_STRICT = ConfigDict(strict=True, extra="forbid")
Hint = Literal["true", "false", "unknown"]


@checked(config=_STRICT, frozen=True)
class NewWords:
    """The documentation of one parameter. pointer: of its schema in the definition."""

    pointer: str
    description: str


@checked(config=_STRICT, frozen=True)
class Draft:
    """A better definition as proposed. confirm: what a person must answer, each opening with "?"."""

    description: str
    parameters: list[NewWords]
    annotations: dict[str, Hint]
    confirm: list[str]


_ADAPTER = TypeAdapter(Draft)


def draft_schema(pointers: Sequence[str]) -> dict[str, Any]:
    """JSON Schema of a draft."""
    pointer = {"type": "string", **({"enum": list(pointers)} if pointers else {})}
    hint = {"type": "string", "enum": ["true", "false", "unknown"]}
    return _closed(
        {
            "description": {"type": "string"},
            "parameters": {"type": "array", "items": _closed({"pointer": pointer, "description": {"type": "string"}})},
            "annotations": _closed(dict.fromkeys(HINTS, hint)),
            "confirm": {"type": "array", "items": {"type": "string"}},
        }
    )


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def draft_request(  # noqa: PLR0913 - what a draft is made from
    tool: Tool,
    signals: Signals,
    rules: DraftRules,
    *,
    names: Sequence[str],
    fixes: Sequence[str],
    budget: int,
    source: str = "",
    problem: str = "",
) -> Request:
    """The request for one draft. names: of the siblings, safe to show. fixes: what would raise the score. budget: in tokens."""
    pointers = {p.pointer: p.description or "" for p in signals.parameters}
    material: Any = json.loads(shown_definition(tool))
    if source:
        material = {"definition": material, "source": source[: rules.source_characters]}
    words = {
        "names": json.dumps(list(names)),
        "parameters": as_json(pointers),
        "fixes": as_json(list(fixes)),
        "problem": problem,
        "source": bool(source),
        "nonce": secrets.token_hex(8),
        "definition": as_json(material),
    }
    system = TEMPLATES.get_template("draft.system.j2").render(budget=budget)
    text = TEMPLATES.get_template("draft.user.j2").render(words)
    key = digest(system, *(str(words[name]) for name in words if name != "nonce"))
    return Request(key, system, (Block(text),), draft_schema(tuple(pointers)), rules.reply_tokens)


def parse_draft(text: str, signals: Signals) -> Draft:
    """The draft in a reply. Raises InvalidAnswerError."""
    try:
        draft = _ADAPTER.validate_json(text)
    except ValidationError as error:
        raise InvalidAnswerError(f"the draft does not fit the schema: {error.errors()[0]['msg']}") from None
    known = {p.pointer for p in signals.parameters}
    if not {one.pointer for one in draft.parameters} <= known:
        raise InvalidAnswerError("the draft has parameters that the tool does not have")
    if not draft.description.strip():
        raise InvalidAnswerError("the draft has no description")
    return draft
