"""The one way in which the project declares a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


def to_camel(name: str) -> str:
    """`input_hash` -> `inputHash`, the spelling of the report document."""
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


# Plain data that pydantic reads when it serialises or validates the report; importing pydantic here would cost every run 50 ms.
_WIRE = {"alias_generator": to_camel, "validate_by_name": True, "validate_by_alias": True, "serialize_by_alias": True}


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def model(cls: type[T]) -> type[T]:
    """A frozen, slotted dataclass whose JSON keys are camelCase."""
    built = dataclass(frozen=True, slots=True)(cls)
    built.__pydantic_config__ = _WIRE  # type: ignore[attr-defined]
    return built
