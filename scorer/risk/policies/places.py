"""Bounds on where a call reaches: folders, hosts, branches, namespaces; and how many objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.risk.naming import snake
from scorer.risk.policies.choices import tamed
from scorer.risk.policies.schema import is_flag, is_list, is_number, is_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.signals import Parameter
    from scorer.risk.policies.rule import Bound
    from scorer.risk.policies.schema import Schema


def paths(schema: Schema) -> Iterator[Bound]:
    """One folder, without dot segments; a file that need not be written is not."""
    yield from _moved(schema)
    for parameter in schema.shown_by("filesystem_path"):
        if not parameter.required and parameter.path == schema.card.quote and schema.card.category == "Write":
            yield schema.bound("no-file", parameter, "absent")
        else:
            yield from _placed(schema, parameter, "folder")


def _moved(schema: Schema) -> Iterator[Bound]:
    """Where a file comes from, of a tool that moves one to a path."""
    if any(parameter in schema.of("moved_to") for parameter in schema.shown_by("filesystem_path")):
        for parameter in schema.of("moved_of"):
            if is_text(parameter) and parameter.enum is None:
                yield from _placed(schema, parameter, "folder")


def _placed(schema: Schema, parameter: Parameter, text: str) -> Iterator[Bound]:
    """A beginning that a person fills in; a list of them cannot be tested, and stays away where it can."""
    if not is_list(parameter):
        yield schema.bound(text, parameter, "prefix")
    elif not parameter.required:
        yield schema.bound("many", parameter, "absent", weak=True)


def hosts(schema: Schema) -> Iterator[Bound]:
    """Whole hosts with the closing slash; where a call has other uses, no URL at all."""
    for parameter in schema.shown_by("arbitrary_url"):
        if "connection" in snake(parameter.name):
            yield schema.bound("connection", parameter, "one_of")
        elif "multi_action" in schema.signals and not parameter.required:
            yield schema.bound("no-url", parameter, "absent")
        else:
            yield from _placed(schema, parameter, "host")


def branches(schema: Schema) -> Iterator[Bound]:
    """Branches of the agent's own, no file that steers the pipeline, and merges of what was reviewed."""
    card = schema.card
    if card.category not in ("Write", "Execute") or card.severity == "low":
        return
    if "rolled" in card.reason or "merged" in card.reason:
        for parameter in schema.of("reviewed"):
            yield schema.bound("reviewed", parameter, "given")
    named = [p for p in schema.of("own_branch") if p.enum is None and is_text(p)]
    for parameter in named:
        yield schema.bound("branch", parameter, "prefix")
    for parameter in schema.of("moved_from") if named else ():
        yield schema.bound("no-move", parameter, "absent")
    for parameter in schema.of("repository_file") if named else ():
        if is_text(parameter) and not is_list(parameter) and parameter.required:
            yield schema.bound("no-dot", parameter, "plain_path")


def narrows(schema: Schema) -> bool:
    """Whether the arguments can be held to one object: it has a name of its own, and what selects many may be left out."""
    selectors = schema.of("selector")
    named = [p for p in schema.of("identity") if p not in schema.of("namespace", "context", "selector")]
    return bool(selectors and named) and not any(p.required for p in selectors)


def losses(schema: Schema) -> Iterator[Bound]:
    """Where a loss may happen, of which kind and name; what selects many stays away."""
    if schema.card.category != "Destructive" or tamed(schema):
        return
    if narrows(schema):
        yield from _one_object(schema)
    for parameter in schema.of("context"):
        if not parameter.required:
            yield schema.bound("context", parameter, "absent", weak=True)
    for parameter in schema.of("namespace"):
        if is_text(parameter) and not (is_list(parameter) or is_number(parameter)) and parameter.enum is None:
            yield schema.bound("namespace", parameter, "one_of")


def _one_object(schema: Schema) -> Iterator[Bound]:
    for parameter in schema.of("selector"):
        if is_flag(parameter) and parameter.types:
            yield schema.bound("flag", parameter, "not_true")
        else:
            yield schema.bound("one-object", parameter, "absent")
    for parameter in schema.shown_by("filesystem_path"):
        if not parameter.required:
            yield schema.bound("one-object", parameter, "absent")
    for parameter in schema.of("object_kind"):
        if parameter.enum is None:
            yield schema.bound("object-kind", parameter, "one_of")
    for parameter in schema.of("identity"):
        if not parameter.required and snake(parameter.name) in ("id", "name", "key"):
            yield schema.bound("name-one", parameter, "given")
