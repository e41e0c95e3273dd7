"""Tool definitions as they were read: what an agent would see, and where it stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Any, NamedTuple

from scorer.models.base import model

JsonObject = dict[str, Any]


@model
class Origin:
    """Where a tool definition was read.

    file: path as the user named it (relative stays relative), None for a live server or stdin.
    pointer: RFC 6901 JSON pointer of the definition inside that document ("" when it is the document itself).
    line: 1-based line of the definition's first character in the file, None when unknown.
    """

    file: str | None = None
    pointer: str = ""
    line: int | None = None


class Mark(NamedTuple):
    """From an offset into a string on, its characters stand side by side in a file, up to the next mark.

    offset: 0-based, into the string. line, column: 1-based, of that character. file: None for the file of the whole string.
    moves: False where the file does not hold the characters (a computed number): all of them up to the next mark stand at this place.
    """

    offset: int
    line: int
    column: int
    file: str | None = None
    moves: bool = True


@model
class FieldPlace:
    """Where one field of a definition stands in a file.

    pointer: RFC 6901 pointer inside the definition ("/description", "/inputSchema/properties/id/description").
    line, column: 1-based, of the value's first character (inside the quotes of a string). end_line: of its last, None when unknown.
    verbatim: the file holds the value as it is, so that an offset into it is an offset in the file (no escape, no concatenation before it).
    marks: where a string that is not verbatim goes on: behind an escape, at the start of a further line or piece.
    """

    pointer: str
    file: str
    line: int
    column: int
    end_line: int | None = None
    verbatim: bool = False
    marks: tuple[Mark, ...] = ()


@model
class Unread:
    """A field that the source code has but that could not be followed: "description is computed at src/x.ts:41". Never graded as missing."""

    pointer: str
    reason: str
    file: str
    line: int


@model
class Reference:
    """A few lines of the source that implement a tool, or that hold a part of its definition.

    role: `registration`, `handler`, `schema`, or the part in words (`description`, `parameter limit`). line, end_line: the first and the
    last, 1-based. code: the lines, cut where they are wide. pointer: RFC 6901 pointer of the part inside the definition, "" for the others.
    """

    role: str
    file: str
    line: int
    end_line: int
    code: str
    pointer: str = ""


# The code of a problem with source code: a place that registers tools and could not be followed, or a file that could not be read.
NOT_READ = "not-read"


@model
class Problem:
    """Something about the input that keeps a tool, or a part of it, from being graded.

    code: stable kebab-case id (`not-an-object`, `no-name`, `duplicate-name`, `boolean-schema`, ...).
    message: one plain sentence. tool: the tool's name or its position ("#3"); None for the whole input.
    """

    code: str
    message: str
    tool: str | None = None
    pointer: str = ""


@model
class Tool:
    """One tool definition with MCP's field names, nothing dropped.

    definition: the whole object, `input_schema`/`parameters` already renamed to `inputSchema`.
    input_schema, output_schema, annotations: the object at that field, or None when absent or not an object.
    schema_known: False where the input format cannot carry schemas (an mcpb manifest) or the schema is
    unusable (a boolean): the schema dimensions are then "not measurable", not bad.
    problems: what is wrong with this entry although it can be graded.
    places: where its fields stand, as far as known; for JSON they are worked out when first asked for. unread, references, texts, conditional:
    only for definitions read from source code; texts: the lines that hold its fields; conditional: registered only under a condition, or defined
    where a loop that cannot be followed registers what it goes over, so that it may be there or not.
    """

    name: str
    definition: JsonObject
    title: str | None = None
    description: str | None = None
    input_schema: JsonObject | None = None
    output_schema: JsonObject | None = None
    annotations: JsonObject | None = None
    origin: Origin = field(default_factory=Origin)
    schema_known: bool = True
    problems: tuple[Problem, ...] = ()
    places: Sequence[FieldPlace] = ()
    unread: tuple[Unread, ...] = ()
    references: tuple[Reference, ...] = ()
    texts: tuple[Reference, ...] = ()
    conditional: bool = False


@model
class ToolSet:
    """The tools of one server, in the order in which they were read.

    kind: what the input turned out to be, in words ("tools/list result", "snapshot folder", "stdio server").
    location: file, folder, URL or command as the user gave it (never a header or an environment value).
    problems: entries that cannot be graded at all; each becomes an error row of the report.
    """

    server_name: str
    tools: tuple[Tool, ...]
    server_version: str | None = None
    kind: str = ""
    location: str | None = None
    problems: tuple[Problem, ...] = ()
