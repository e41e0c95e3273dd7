"""What a tool can do to the world, read from its definition: category, signals, severity; and the rule to put before it."""

from scorer.risk.card import assess
from scorer.risk.summary import summarise

__all__ = ["assess", "summarise"]
