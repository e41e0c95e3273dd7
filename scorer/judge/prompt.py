"""What the judge reads: instructions and questions first, the same for every tool; the definition last, fenced."""

from __future__ import annotations

import hashlib
import json
import secrets
from functools import cached_property
from typing import TYPE_CHECKING, Any

import jinja2

from scorer.assets import read_asset
from scorer.judge.answers import schema
from scorer.judge.protocol import Block, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorer.judge.case import Case
    from scorer.models.judge_rules import Asked, JudgeRules
    from scorer.models.rubric import DimensionRubric, Rubric

# No HTML: what is a stranger's is JSON already when it is put in.
TEMPLATES = jinja2.Environment(  # noqa: S701
    loader=jinja2.FunctionLoader(lambda name: read_asset(f"rubrics/judge/{name}")),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def digest(*parts: str) -> str:
    """SHA-256 of some texts, in hexadecimal; which text ends where counts."""
    return hashlib.sha256(json.dumps(parts).encode("utf-8", "surrogatepass")).hexdigest()


class Prompt:
    """The questions about one kind of case: `tool` or `server`."""

    def __init__(
        self, kind: str, dimensions: Sequence[DimensionRubric], asked: Sequence[Asked], rules: JudgeRules
    ) -> None:
        self._kind, self._rules = kind, rules
        wanted = {one.id for one in asked}
        self.asked = tuple(asked)
        self.facts = tuple(rule.id for d in dimensions for rule in d.facts if rule.id in wanted)
        kept = [d for d in dimensions if any(rule.id in wanted for rule in d.facts)]
        self.dimensions = tuple(dimension.id for dimension in kept)
        shown = [
            {"label": d.label, "question": d.question, "facts": [rule for rule in d.facts if rule.id in wanted]}
            for d in kept
        ]
        self.system = TEMPLATES.get_template(f"{kind}.system.j2").render(dimensions=shown)
        self.schema: dict[str, Any] = schema(self.facts, self.dimensions)

    @cached_property
    def template_digest(self) -> str:
        """Of the instructions, whatever the questions are."""
        names = [
            f"{self._kind}.system.j2",
            f"{self._kind}.user.j2",
            *(["tool.siblings.j2"] if self._kind == "tool" else ()),
        ]
        return digest(*(read_asset(f"rubrics/judge/{name}") for name in names))

    @cached_property
    def rubric_digest(self) -> str:
        """Of the questions as they are asked, and of the answer's schema."""
        return digest(self.system, json.dumps(self.schema))

    def key(self, model: str, case: Case, vote: int) -> str:
        """The name of an answer in a cache: the model, the prompt, the rubric, what is shown, the siblings, and which vote it is."""
        return digest(
            model, self.template_digest, self.rubric_digest, case.shown, *case.names, str(case.withheld), str(vote)
        )

    def request(self, model: str, case: Case, vote: int, token: Callable[[int], str] = secrets.token_hex) -> Request:
        """The request for one vote. token: gives so many random bytes in hexadecimal; each request has a mark of its own."""
        nonce = token(8)
        words = {
            "definition": case.shown,
            "nonce": nonce,
            "withheld": case.withheld,
            "control": self._control(case, nonce),
        }
        text = TEMPLATES.get_template(f"{self._kind}.user.j2").render(words)
        blocks = (*self._siblings(case), Block(text))
        return Request(self.key(model, case, vote), self.system, blocks, self.schema, self._rules.limits.reply_tokens)

    def _siblings(self, case: Case) -> tuple[Block, ...]:
        if self._kind != "tool" or len(case.names) < 2:
            return ()
        names = json.dumps(case.names, separators=(",", ":"))
        text = TEMPLATES.get_template("tool.siblings.j2").render(names=names, withheld=case.withheld)
        return (Block(text, shared=True),)

    def _control(self, case: Case, nonce: str) -> str:
        """A word that stands nowhere in what is shown, another one each time."""
        lower = case.shown.lower()
        free = [word for word in self._rules.controls if word not in lower and word not in "".join(case.names).lower()]
        return free[int(nonce, 16) % len(free)] if free else f"word spelled {nonce}"


def tool_prompt(rubric: Rubric, rules: JudgeRules) -> Prompt:
    """The questions about one tool."""
    return Prompt("tool", rubric.tool, rules.tool, rules)


def server_prompt(rubric: Rubric, rules: JudgeRules) -> Prompt:
    """The questions about the set."""
    return Prompt("server", rubric.server, rules.server, rules)
