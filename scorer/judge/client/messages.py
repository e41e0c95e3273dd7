"""One question at a time: the Messages API."""
# ruff: noqa: PLC0415 - the SDK takes over a second to import: only a run that asks a model waits for it

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from scorer.judge.protocol import JudgeError, JudgeUnusableError, Reply, Request, Stop
from scorer.models.judge import JudgeUsage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from anthropic import APIStatusError
    from anthropic.types import Message

    from scorer.models.judge_rules import JudgeLimits, ModelPrice

# No request can succeed after these.
_FINAL = {
    401: "Check ANTHROPIC_API_KEY.",
    402: "Check the account's balance.",
    403: "The key may not use this model; name another with --model.",
    404: "Check the name given with --model.",
}
_STOPS: dict[str, Stop] = {
    "end_turn": "end",
    "stop_sequence": "end",
    "refusal": "refused",
    "max_tokens": "truncated",
    "model_context_window_exceeded": "truncated",
}


class AnthropicJudge:
    """A model behind the Messages API. Retries of 408, 409, 429, 5xx (529 among them) and network faults, with back-off that
    respects `retry-after`, are the SDK's.
    """

    def __init__(
        self, model: str, key: str, limits: JudgeLimits, *, base_url: str | None = None, price: ModelPrice | None = None
    ) -> None:
        """key: given to the SDK as it is, so that it looks for none elsewhere. base_url: another server that speaks the API."""
        import anthropic

        self.model = model
        self._thinking = price.thinking if price else ""
        self._sdk = anthropic
        self.client = anthropic.Anthropic(
            api_key=key, base_url=base_url, max_retries=limits.attempts - 1, timeout=float(limits.seconds)
        )

    def ask(self, request: Request) -> Reply:
        """One call. Raises JudgeError, or JudgeUnusableError where no call can work."""
        with self.faults():
            return read(self.client.messages.create(**self.parameters(request)))

    @contextmanager
    def faults(self) -> Iterator[None]:
        """What the SDK raises inside becomes a JudgeError."""
        try:
            yield
        except self._sdk.APIStatusError as error:
            raise _fault(error) from None
        except self._sdk.APITimeoutError:
            raise JudgeError("the judge did not answer in time") from None
        except self._sdk.APIConnectionError as error:
            cause = error.__cause__
            raise JudgeError(f"the judge could not be reached ({type(cause or error).__name__})") from None
        except self._sdk.APIError as error:
            raise JudgeError(f"the judge's answer could not be read ({type(error).__name__})") from None

    def parameters(self, request: Request) -> dict[str, Any]:
        """The call as the SDK and its batches take it: what is shared in front, marked for the vendor's cache, the definition last."""
        blocks = [_block(block.text, shared=block.shared) for block in request.blocks]
        known: dict[str, Any] = {
            "model": self.model,
            "max_tokens": request.reply_tokens,
            "system": [_block(request.system, shared=True)],
            "messages": [{"role": "user", "content": blocks}],
            "output_config": {"format": {"type": "json_schema", "schema": request.schema}},
        }
        return known | ({"thinking": {"type": self._thinking}} if self._thinking else {})


def make_judge(
    model: str, environment: Mapping[str, str], limits: JudgeLimits, *, base_url: str | None, price: ModelPrice | None
) -> AnthropicJudge:
    """The judge with the environment's key. Raises JudgeUnusableError where there is none."""
    key = environment.get("ANTHROPIC_API_KEY", "").strip()
    if not key:
        raise JudgeUnusableError(
            "the judge needs a key", "Set ANTHROPIC_API_KEY, or pass --judge-cached to use kept answers alone."
        )
    return AnthropicJudge(model, key, limits, base_url=base_url, price=price)


def _block(text: str, *, shared: bool) -> dict[str, Any]:
    mark = {"cache_control": {"type": "ephemeral"}} if shared else {}
    return {"type": "text", "text": text, **mark}


def read(message: Message) -> Reply:
    """A message as a reply."""
    text = "".join(block.text for block in message.content if block.type == "text")
    used = message.usage
    usage = JudgeUsage(
        calls=1,
        input_tokens=used.input_tokens,
        output_tokens=used.output_tokens,
        cache_read_tokens=used.cache_read_input_tokens or 0,
        cache_write_tokens=used.cache_creation_input_tokens or 0,
    )
    details = getattr(message, "stop_details", None)
    detail = str(getattr(details, "category", None) or "")
    return Reply(text, _STOPS.get(message.stop_reason or "end_turn", "truncated"), usage, detail)


def _fault(error: APIStatusError) -> JudgeError:
    words = " ".join(str(error.api_message or "no reason given").split())[:200]
    if error.status_code in _FINAL:
        return JudgeUnusableError(
            f"the judge refuses to work: {words} (HTTP {error.status_code})", _FINAL[error.status_code]
        )
    if error.status_code == 429:
        return JudgeError("the judge's rate limit did not clear in time")
    return JudgeError(f"the judge answered with an error: {words} (HTTP {error.status_code})")
