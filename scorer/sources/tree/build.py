"""What was found in source code as the tools of servers."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

from scorer.models.tool import NOT_READ, Origin, Problem, Tool, ToolSet
from scorer.sources import files
from scorer.sources.definitions import Entry, read_entries
from scorer.sources.replies import label
from scorer.sources.tree.texts import Lines, texts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.sources.tree.found import Found
    from scorer.sources.tree.walk import Tree

KIND = "source tree"


def tool_sets(found: Sequence[Found], tree: Tree, gaps: dict[str, str]) -> list[ToolSet]:
    """One set of tools for each server, in the order of their first tools. gaps: what could not be read, with its file."""
    groups: dict[str, list[Found]] = {}
    for one in _settled(found, tree):
        groups.setdefault(one.server, []).append(one)
    missing = _shared_out(gaps, list(groups.values()), tree)
    sets = [_tool_set(group, tree, problems) for group, problems in zip(groups.values(), missing, strict=True)]
    return _distinct(sets, list(groups.values()))


def _shared_out(gaps: dict[str, str], groups: list[list[Found]], tree: Tree) -> list[tuple[Problem, ...]]:
    """What could not be read, by server: the one of the same file, else of the same package, else the first."""
    found: list[list[Problem]] = [[] for _ in groups]
    files_of = [{one.spot.file for one in group} for group in groups]
    homes = [{package(file, tree) for file in held} for held in files_of]
    for text, file in gaps.items():
        by_file = (index for index, held in enumerate(files_of) if file in held)
        by_home = (index for index, held in enumerate(homes) if package(file, tree) in held)
        found[next(by_file, next(by_home, 0))].append(Problem(NOT_READ, text))
    return [tuple(problems) for problems in found]


def _settled(found: Sequence[Found], tree: Tree) -> list[Found]:
    """Every tool with a server: those whose server cannot be told go to the only one of their package, or make one."""
    known: dict[str, list[str]] = {}
    for one in found:
        if one.server:
            owners = known.setdefault(package(one.spot.file, tree), [])
            if one.server not in owners:
                owners.append(one.server)
    everywhere = list(dict.fromkeys(key for owners in known.values() for key in owners))
    for one in found:
        if not one.server:
            home = package(one.spot.file, tree)
            owners = known.get(home) or (everywhere if len(everywhere) == 1 else [])
            one.server = owners[0] if owners else f"package {home}"
    return list(found)


def package(file: str, tree: Tree) -> str:
    """The folder, relative to the tree, of the nearest manifest above a file."""
    parts = tree.path_of(file).split("/")[:-1]
    while parts:
        if any("/".join([*parts, name]) in tree.manifests for name in ("package.json", "pyproject.toml", "setup.py")):
            return "/".join(parts)
        parts.pop()
    return ""


def _tool_set(group: list[Found], tree: Tree, problems: tuple[Problem, ...]) -> ToolSet:
    tools, more = read_entries(
        Entry(one.definition, f"#{index}", Origin(one.spot.file, "", one.spot.line))
        for index, one in enumerate(group, 1)
    )
    by_line = {(one.spot.file, one.spot.line, one.definition.get("name")): one for one in group}
    lines = Lines(tree)
    finished = tuple(_finished(tool, by_line, lines) for tool in tools)
    name, version = server_label(group, tree)
    return ToolSet(name, finished, version, KIND, files.shown(tree.root), (*problems, *more))


def _finished(tool: Tool, found: dict[tuple[str, int, object], Found], lines: Lines) -> Tool:
    one = found.get((tool.origin.file or "", tool.origin.line or 0, tool.definition.get("name")))
    if one is None:
        return tool
    blind = any(gap.pointer in ("", "/inputSchema") for gap in one.notes.unread)
    missing = tuple(problem for problem in tool.problems if not (blind and problem.code == "missing-schema"))
    return replace(
        tool,
        places=tuple(one.notes.places),
        unread=tuple(one.notes.unread),
        references=tuple(one.references),
        texts=texts_of(one.notes.places, lines),
        conditional=one.conditional,
        schema_known=tool.schema_known and not (blind and tool.input_schema is None),
        problems=missing,
    )


def server_label(group: list[Found], tree: Tree) -> tuple[str, str | None]:
    """What to call a server: as it calls itself, else as its package is called, else as the folder; and the package's version."""
    home = package(group[0].spot.file, tree)
    manifest, version = _manifest(home, tree)
    own = next((one.server_name for one in group if one.server_name), None)
    folder = files.shown(tree.root).rstrip("/").rsplit("/", 1)[-1]
    return label(own or manifest or "") or label(folder) or "server", version


def _manifest(home: str, tree: Tree) -> tuple[str | None, str | None]:
    prefix = f"{home}/" if home else ""
    try:
        if (text := tree.manifests.get(f"{prefix}package.json")) and isinstance(held := json.loads(text), dict):
            return _text(held.get("name")), _text(held.get("version"))
        if (text := tree.manifests.get(f"{prefix}pyproject.toml")) and isinstance(
            held := tomllib.loads(text).get("project"), dict
        ):
            return _text(held.get("name")), _text(held.get("version"))
    except (ValueError, RecursionError):
        return None, None
    return None, None


def _text(value: object) -> str | None:
    return value[:200] if isinstance(value, str) else None


def _distinct(sets: list[ToolSet], groups: list[list[Found]]) -> list[ToolSet]:
    """Servers of one name told apart by the file that they are made in."""
    names = [one.server_name for one in sets]
    return [
        replace(one, server_name=f"{one.server_name} ({_stem(group)})") if names.count(one.server_name) > 1 else one
        for one, group in zip(sets, groups, strict=True)
    ]


def _stem(group: list[Found]) -> str:
    key = group[0].server or group[0].spot.file
    return re.sub(r":\d+$", "", key).rsplit("/", 1)[-1]
