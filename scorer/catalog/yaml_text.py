"""YAML as plain mappings, lists and strings: every scalar stays the text that was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from scorer.errors import RubricError

if TYPE_CHECKING:
    from collections.abc import Iterator

# The parser in C where PyYAML was built with it, as its wheels are.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_mapping(text: str, file: str) -> dict[str, Any]:
    """The one mapping that a YAML document holds; its scalars are strings ("no" stays "no", 0.5 stays "0.5").

    Built from the parser's events: every ready loader takes the last of two equal keys in silence, and spends most of its
    time guessing types. Raises RubricError, with the line, for broken YAML, a duplicate key, an alias or a tag.
    """
    try:
        return _document(yaml.parse(text, Loader=_LOADER), file)
    except yaml.YAMLError as error:
        where = f"{file}{_line(getattr(error, 'problem_mark', None))}"
        raise RubricError(f"{where}: not YAML: {getattr(error, 'problem', None) or error}") from error


def _document(events: Iterator[yaml.Event], file: str) -> dict[str, Any]:
    for event in events:
        if isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
            continue
        value = None if isinstance(event, yaml.StreamEndEvent) else _value(event, events, file)
        if isinstance(value, dict) and all(isinstance(e, (yaml.DocumentEndEvent, yaml.StreamEndEvent)) for e in events):
            return value
        break
    raise RubricError(f"{file}: holds no single mapping", "A rubric file is one YAML mapping.")


def _value(event: yaml.Event, events: Iterator[yaml.Event], file: str) -> Any:
    if isinstance(event, yaml.ScalarEvent) and event.tag is None:
        return event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events, file)
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events, file)
    raise RubricError(f"{file}{_line(event.start_mark)}: aliases and tags have no place in a rubric")


def _line(mark: Any) -> str:
    return f", line {mark.line + 1}" if mark else ""


def _sequence(events: Iterator[yaml.Event], file: str) -> list[Any]:
    found: list[Any] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        found.append(_value(event, events, file))
    return found


def _mapping(events: Iterator[yaml.Event], file: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key = _value(event, events, file)
        if not isinstance(key, str) or key in found:
            raise RubricError(f"{file}{_line(event.start_mark)}: duplicate or odd key {key!r}")
        found[key] = _value(next(events), events, file)
    return found
