"""Anthropic's models behind the judge's protocol; the one room that imports the vendor's SDK."""

from scorer.judge.client.batches import AnthropicBatches
from scorer.judge.client.messages import AnthropicJudge, make_judge

__all__ = ["AnthropicBatches", "AnthropicJudge", "make_judge"]
