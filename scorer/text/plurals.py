"""Numbers with their nouns, as a sentence has them."""

from __future__ import annotations


def counted(amount: int, noun: str, plural: str = "") -> str:
    """`1 tool`, `1,214 tokens`."""
    return f"{amount:,} {noun if amount == 1 else plural or noun + 's'}"
