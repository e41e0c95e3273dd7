"""Faults of the input schema as facts: what a client refuses or an agent stumbles over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.facts.subject import NO, Answer, Subject, at, does_not_apply

if TYPE_CHECKING:
    from scorer.models.signals import SchemaFault

_UNKNOWN = does_not_apply("the schema is not known")


def invalid_schema(subject: Subject) -> Answer:
    """The input schema breaks JSON Schema's own rules, or MCP's rule that its root is an object."""
    return _first(subject, "invalid-schema", "root-not-object")


def broken_ref(subject: Subject) -> Answer:
    """A reference leads nowhere, or outside the definition."""
    return _first(subject, "broken-ref", "remote-ref")


def required_unknown(subject: Subject) -> Answer:
    """A name is required that no property defines."""
    return _first(subject, "required-unknown")


def default_breaks_schema(subject: Subject) -> Answer:
    """A default does not fit the schema that it stands in."""
    return _first(subject, "default-breaks-schema")


def example_breaks_schema(subject: Subject) -> Answer:
    """An example does not fit the schema that it stands in."""
    return _first(subject, "example-breaks-schema")


def _first(subject: Subject, *codes: str) -> Answer:
    """The first fault of the codes; the detail counts the others."""
    if not subject.tool.schema_known:
        return _UNKNOWN
    found = [fault for fault in subject.signals.faults if fault.code in codes]
    return _shown(found[0], len(found) - 1) if found else NO


def _shown(fault: SchemaFault, others: int) -> Answer:
    more = f" ({others} more like it)" if others else ""
    return at(fault.pointer, fault.quote or fault.pointer.rpartition("/")[2], fault.message + more)
