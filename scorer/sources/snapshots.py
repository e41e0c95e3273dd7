"""Folders of one-tool snapshots, and the canonical snapshot of a whole server."""

from __future__ import annotations

import json
from json import JSONDecodeError
from pathlib import Path
from typing import NamedTuple

from scorer.errors import InputError
from scorer.models.tool import Origin, Problem, ToolSet
from scorer.sources import files, foreign
from scorer.sources.bounds import readable, tidy
from scorer.sources.definitions import Entry, read_entries, repeated_keys
from scorer.sources.json_errors import explain
from scorer.sources.json_places import Lines
from scorer.sources.json_text import Document, parse
from scorer.sources.neighbours import candidates, no_snapshots, server_name
from scorer.sources.numbers import BadNumberError
from scorer.sources.recognise import client_config, recognise


class _Member(NamedTuple):
    """A file of the folder: the entry that it makes or, when it is another kind of document, what that is."""

    path: Path
    entry: Entry | None
    other: str = ""
    is_input: bool = False


def dump_snapshot(tools: ToolSet) -> str:
    """The server's definitions as canonical JSON, to be committed and compared: tools by name, keys sorted, 2 spaces.

    Reading it back gives the same definitions.
    """
    ordered = sorted(tools.tools, key=lambda tool: tool.name)
    document = {
        "serverName": readable(tools.server_name),
        "serverVersion": None if tools.server_version is None else readable(tools.server_version),
        "tools": [tidy(tool.definition)[0] for tool in ordered],
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def looks_like_one(folder: str) -> bool:
    """Whether at least one file of the folder is a one-tool snapshot."""
    try:
        return any(member.entry is not None and member.is_input for member in map(_read, candidates(folder)))
    except InputError:
        return False


def holds_lists(folder: str) -> bool:
    """Whether a file of the folder is an input of its own: a list of tools, or a client config."""
    try:
        return any(member.is_input and member.other for member in map(_read, candidates(folder)))
    except InputError:
        return False


def read_folder(folder: str) -> ToolSet:
    """The tools of a folder that holds one definition in each `*.json` or `*.snap` file, by file name; not its subfolders.

    A broken file becomes a problem that names it. Raises InputError when the folder holds no snapshot.
    """
    members = [_read(path) for path in candidates(folder)]
    entries = [member.entry for member in members if member.entry]
    if not any(entry.unreadable is None for entry in entries):
        broken = next((entry.unreadable.message for entry in entries if entry.unreadable), "")
        raise no_snapshots(folder, [member.path for member in members if member.is_input], broken)
    tools, problems = read_entries(entries)
    problems += tuple(_left_out(member) for member in members if member.other)
    return ToolSet(server_name(folder), tools, kind="snapshot folder", location=files.shown(folder), problems=problems)


def _read(path: Path) -> _Member:
    name = files.shown(path.name)
    try:
        text, document = _parse(path)
    except InputError as error:
        problem = Problem("not-readable", str(error))
        return _Member(path, Entry(None, name, Origin(files.shown(str(path))), unreadable=problem))
    other = _other(document.value, name)
    if other.other:
        return other._replace(path=path)
    start = len(text) - len(text.lstrip())
    lines = Lines(text)
    origin = Origin(files.shown(str(path)), "", lines.place(start)[0])
    return _Member(
        path, Entry(document.value, name, origin, repeated_keys(document.repeated), lines=lines, start=start)
    )


def _parse(path: Path) -> tuple[str, Document]:
    name = files.shown(str(path))
    if path.is_symlink():
        raise InputError(f"{name} is a symbolic link, which is not followed", "Put the file itself there.")
    data = files.read_file(str(path))
    what = foreign.binary(data)
    text = "" if what else files.decode(data, name)
    try:
        return text, parse(text)
    except (JSONDecodeError, BadNumberError, RecursionError) as error:
        what = what or foreign.text(text, name)
        raise (InputError(f"{name} {what.what}", what.tip) if what else explain(error, text, name)) from None


def _other(value: object, name: str) -> _Member:
    """What a document is that is not one tool; nothing for a tool and for what is meant as one."""
    if client_config(value) is not None:
        return _Member(Path(), None, f"{name} is a client config", is_input=True)
    try:
        listing = recognise(value, name)
    except InputError as error:
        return _Member(Path(), None, str(error))
    held = "" if listing.single else f"{name} holds a list of {len(listing.entries)} tools, not one"
    return _Member(Path(), None, held, is_input=True)


def _left_out(member: _Member) -> Problem:
    return Problem("not-a-snapshot", f"{member.other}: left out", files.shown(member.path.name))
