"""Several JSON values in one text: a tool on each line, or what a server wrote on its stdout."""

from __future__ import annotations

from json import JSONDecodeError
from typing import TYPE_CHECKING, Any

from scorer.errors import InputError
from scorer.models.base import model
from scorer.models.tool import Origin, Problem
from scorer.sources.definitions import Entry, repeated_keys
from scorer.sources.json_errors import explain
from scorer.sources.json_places import Lines
from scorer.sources.json_text import parse
from scorer.sources.numbers import BadNumberError
from scorer.sources.replies import more_pages, say_error, server_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@model
class Line:
    """One line that is not blank: its 1-based number and offset, its value and the keys that stand twice, or what is wrong with it."""

    number: int
    value: Any
    repeated: tuple[str, ...] = ()
    error: InputError | None = None
    start: int = 0


@model
class Transcript:
    """What the JSON-RPC messages of one session say together: the pages of the list as one, and the server."""

    entries: tuple[Entry, ...]
    name: str | None
    version: str | None
    problems: tuple[Problem, ...]


def lines(text: str, name: str) -> list[Line]:
    """Every line on its own; one that is not JSON does not spoil the others."""
    return [_line(content, number, name, start) for number, content, start in _numbered(text)]


def are_values(text: str) -> bool:
    """Whether the first line with words on it is an object of its own and others follow: a tool a line."""
    numbered = _numbered(text)
    first = next(numbered, None)
    return first is not None and next(numbered, None) is not None and isinstance(_line(first[1], 1, "").value, dict)


def hold_messages(text: str) -> bool:
    """Whether a line looks like a JSON-RPC message, as in what a server wrote on stdout, noise and all."""
    if '"jsonrpc"' not in text:
        return False
    found = (content.strip() for _, content, _ in _numbered(text))
    return any(line.startswith("{") and line.endswith("}") and '"jsonrpc"' in line for line in found)


def entries(found: list[Line], text: str, file: str | None) -> list[Entry]:
    """The lines of a text as entries of a tool list."""
    lines = Lines(text)
    return [_entry(line, lines, file) for line in found]


def transcript(messages: list[tuple[int | None, str, Any]], file: str | None, name: str) -> Transcript:
    """The tools of all `tools/list` replies among the messages (line, pointer, value), in order. Raises InputError."""
    found: list[Entry] = []
    server: tuple[str | None, str | None] = (None, None)
    problems: tuple[Problem, ...] = ()
    listed = False
    for line, pointer, message in messages:
        result = message.get("result") if isinstance(message, dict) else None
        if not isinstance(result, dict):
            continue
        server = server if server[0] else server_of(result)
        if isinstance(result.get("tools"), list):
            listed, problems = True, more_pages(result, f"{pointer}/result")
            found += _page(result["tools"], len(found), Origin(file, f"{pointer}/result/tools", line))
    if not listed:
        raise _no_list([message for _, _, message in messages], name)
    return Transcript(tuple(found), *server, problems)


def _page(tools: list[Any], before: int, origin: Origin) -> Iterator[Entry]:
    for index, tool in enumerate(tools):
        yield Entry(tool, f"#{before + index + 1}", Origin(origin.file, f"{origin.pointer}/{index}", origin.line))


def _no_list(messages: list[Any], name: str) -> InputError:
    errors = [
        message["error"] for message in messages if isinstance(message, dict) and message.get("error") is not None
    ]
    if errors:
        return say_error(errors[-1], name)
    message = f"{name} holds {len(messages)} JSON-RPC messages, none of them a reply to tools/list"
    return InputError(message, "Keep the server running until it has answered tools/list.")


def _numbered(text: str) -> Iterator[tuple[int, str, int]]:
    """(number, content, offset of the first character) of every line that is not blank."""
    start, number = 0, 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        number += 1
        content = text[start:end]
        if content.strip():
            yield number, content, start + len(content) - len(content.lstrip())
        start = end + 1


def _line(content: str, number: int, name: str, start: int = 0) -> Line:
    try:
        document = parse(content)
    except (JSONDecodeError, BadNumberError, RecursionError) as error:
        return Line(number, None, error=explain(error, content, name, number))
    return Line(number, document.value, document.repeated, start=start)


def _entry(line: Line, lines: Lines, file: str | None) -> Entry:
    origin = Origin(file, "", line.number)
    label = f"line {line.number}"
    if line.error is not None:
        return Entry(None, label, origin, unreadable=Problem("not-json", str(line.error)))
    listed = isinstance(line.value, dict) and isinstance(line.value.get("tools"), list)
    fault = Problem("not-a-tool", "the line holds a list of tools, not one") if listed else None
    return Entry(line.value, label, origin, repeated_keys(line.repeated), fault, lines, line.start)
