"""A registration that was read from source code, before it becomes a tool of a server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorer.models.tool import Reference
from scorer.sources.tree.values import Notes

if TYPE_CHECKING:
    from scorer.models.tool import JsonObject
    from scorer.sources.tree.values import Spot

# Lines of a handler that the report card shows.
_SHOWN = 12
_WIDEST = 200


@dataclass
class Found:
    """One tool: its definition as far as it was read, and where it stands.

    server: what tells servers of one tree apart, "" when the code does not say. names_server: the name the server gives itself.
    """

    definition: JsonObject
    spot: Spot
    server: str = ""
    server_name: str | None = None
    notes: Notes = field(default_factory=Notes)
    references: list[Reference] = field(default_factory=list)
    conditional: bool = False


@dataclass
class Reading:
    """What one language's reader found in a tree.

    gaps: registrations whose tool cannot be told, in words. skipped: files that could not be read, each as its name and why.
    """

    found: list[Found] = field(default_factory=list)
    gaps: list[tuple[str, Spot]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def reference(role: str, file: str, lines: list[str], line: int, end_line: int) -> Reference:
    """A few lines of a file, from `line` to at most `end_line` (1-based)."""
    last = min(end_line, line + _SHOWN - 1, len(lines))
    code = "\n".join(text[:_WIDEST] for text in lines[line - 1 : last])
    return Reference(role, file, line, last, code)
