"""Files that people pass by mistake: what they are, and what to pass instead."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any, NamedTuple

from scorer.sources.bounds import one_line

LISTS = 'Pass a tools/list result, or list the running server: --server "<the command that starts it>"'
_NO_TOOLS = "It describes the package, not its tools. " + LISTS


class Foreign(NamedTuple):
    """What a file is ("is a PNG image", after its name), and the tip."""

    what: str
    tip: str


_MAGIC = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"RIFF", "a media file"),
    (b"%PDF", "a PDF document"), (b"\x7fELF", "a program"), (b"MZ", "a program"), (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "a gzip archive"), (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"), (b"\x28\xb5\x2f\xfd", "a zstd archive"),
)  # fmt: skip
_TOML = re.compile(r"(?:#[^\n]*\n|\s)*(?:\[{1,2}[A-Za-z_][\w.-]*\]{1,2}\s*\n|[\w-]+ = )")
_TEXTS = (
    (re.compile(r"\s*<(?:!doctype\s+html|html)", re.IGNORECASE), "an HTML page", "Save the JSON itself; a page is often an error or a login."),
    (re.compile(r"\s*<(?:\?xml|\w+)"), "XML", LISTS),
    (re.compile(r"// Jest Snapshot|exports\[`"), "a Jest snapshot", "Commit the tools as JSON: one definition in a file."),
    (re.compile(r"HTTP/\d"), "an HTTP reply", "Keep only the body."),
    (re.compile(r"(?:event|data): ?"), "an event stream", "Keep only the JSON after `data:`."),
    (re.compile(r"#!|(?:import|from|const|package|export|use) [\w{*.\"']"), "source code", LISTS),
    (re.compile(r"(?:---\s|%YAML|(?:#[^\n]*\n|\s)*[\w.-]+:(?:[ \t][^\n]*)?\n)"), "YAML", "Convert it to JSON."),
    (_TOML, "TOML", LISTS),
)  # fmt: skip
_SUFFIXES = {".yaml": "YAML", ".yml": "YAML", ".toml": "TOML", ".html": "an HTML page", ".md": "Markdown", ".py": "source code",
             ".ts": "source code", ".js": "source code", ".mjs": "source code", ".go": "source code", ".rs": "source code"}  # fmt: skip


def binary(data: bytes) -> Foreign | None:
    """What the bytes are when they are no text."""
    if data.startswith(b"PK\x03\x04"):
        return Foreign("is a zip archive", "An .mcpb bundle is a zip: unpack it and pass its manifest.json.")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return Foreign(f"is {what}", LISTS)
    return None


def text(content: str, path: str) -> Foreign | None:
    """What a text is that did not parse and does not even begin as JSON."""
    head = content[:4096]
    if not head.strip():
        return Foreign("is empty", LISTS)
    if "\x00" in head:
        return Foreign("is not a text file", LISTS)
    if head.lstrip()[:1] in ("{", "[") and not _TOML.match(head):
        return None
    for pattern, what, tip in _TEXTS:
        if pattern.match(head):
            return Foreign(f"is {what}", tip)
    what = _SUFFIXES.get(PurePath(path).suffix.lower(), "")
    return Foreign(f"is {what}", LISTS) if what else None


def document(value: dict[str, Any]) -> Foreign:
    """What a JSON object is that lists no tools; there is always an answer."""
    for what, tip, needed, one_of in _DOCUMENTS:
        if needed <= value.keys() and (not one_of or not one_of.isdisjoint(value)):
            return Foreign(f"is {what}", tip)
    if isinstance(value.get("$schema"), str) and "server.schema.json" in value["$schema"]:
        return Foreign("is a registry server.json, which lists no tools", _NO_TOOLS)
    if not value:
        return Foreign("is an empty object", LISTS)
    keys = ", ".join(one_line(str(key), 30) for key in list(value)[:4])
    return Foreign(f"lists no tools: its keys are {keys}{', ...' if len(value) > 4 else ''}", LISTS)


_Row = tuple[str, str, frozenset[str], frozenset[str]]


def _row(what: str, tip: str, keys: str, others: str = "") -> _Row:
    return what, tip, frozenset(keys.split()), frozenset(others.split())


# What it is, the tip, the keys it must have, and of these at least one.
_DOCUMENTS = (
    _row("a saved report", "To print it again: toolmark render", "schemaVersion rubricVersion"),
    _row("a package-lock.json, which lists no tools", _NO_TOOLS, "lockfileVersion"),
    _row("a registry server.json, which lists no tools", _NO_TOOLS, "name version", "packages remotes"),
    _row("a package.json, which lists no tools", _NO_TOOLS, "name", "dependencies devDependencies scripts main exports bin engines"),
    _row("an OpenAPI document", "Pass the tools that the server makes of it. " + LISTS, "paths", "openapi swagger"),
    _row("a tsconfig.json", LISTS, "compilerOptions"),
    _row("a request, not the reply to it", "Pass what the server answered to tools/list.", "jsonrpc method"),
    _row("a JSON Schema, not a tool", "A tool has a name, a description and this schema as inputSchema.", "properties"),
)  # fmt: skip
