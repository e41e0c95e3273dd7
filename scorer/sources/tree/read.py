"""A source tree read: the servers in it, what could not be read, and what was left out."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from scorer.errors import InputError
from scorer.models.base import model
from scorer.sources import files
from scorer.sources.tree.build import tool_sets
from scorer.sources.tree.walk import PYTHON, SCRIPT, Tree, read_tree

if TYPE_CHECKING:
    from scorer.models.tool import ToolSet
    from scorer.sources.tree.found import Reading
    from scorer.sources.tree.values import Spot

_LOOKED = (
    "Looked for @server.tool, add_tool, list_tools and Tool(...) in {python} of Python, "
    "and for registerTool, server.tool, addTool and tool lists in {script} of TypeScript and JavaScript."
)


@model
class SourceTree:
    """The servers that a source tree defines.

    gaps: registrations and files that could not be read, one line each. left_out: kinds of code that were not read ("14 tests").
    """

    folder: str
    servers: tuple[ToolSet, ...]
    gaps: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def read_source_tree(folder: str) -> SourceTree:
    """The servers of a folder of code. Raises InputError when no tool is registered in it."""
    return _read(read_tree(folder), folder)


def _read(tree: Tree, asked: str) -> SourceTree:
    """The servers of a tree. asked: the file or folder that the user named."""
    readings = list(_readings(tree))
    found = [one for reading in readings for one in reading.found]
    placed = {_said(what, spot): spot.file for reading in readings for what, spot in reading.gaps}
    placed |= {text: text.split(" is ", maxsplit=1)[0] for reading in readings for text in reading.skipped}
    gaps = list(placed)
    left_out = tuple(f"{count} {why}" if count else why for why, count in sorted(tree.left_out.items()) if why)
    if not found:
        raise nothing_found(tree, files.shown(asked), gaps, left_out)
    return SourceTree(tree.root, tuple(tool_sets(found, tree, placed)), tuple(gaps), left_out)


def _said(what: str, spot: Spot) -> str:
    """A gap with its place, unless its words name one already."""
    return what if f" at {spot.file}:" in what else f"{what.rstrip(',')} at {spot.file}:{spot.line}"


def _readings(tree: Tree) -> list[Reading]:
    readings = []
    if python := tree.of(PYTHON):
        from scorer.sources.python_code.modules import Modules  # noqa: PLC0415 - only for Python
        from scorer.sources.python_code.registrations import read_python  # noqa: PLC0415 - likewise

        readings.append(read_python(Modules(python, tree.shown, "\n".join(tree.manifests.values()))))
    if scripts := tree.of(SCRIPT):
        from scorer.sources.typescript_code.modules import Modules as Scripts  # noqa: PLC0415 - only for TypeScript
        from scorer.sources.typescript_code.registrations import read_scripts  # noqa: PLC0415 - likewise

        readings.append(read_scripts(Scripts(scripts, tree.shown, tree.manifests)))
    return readings


def nothing_found(tree: Tree, where: str, gaps: list[str], left_out: tuple[str, ...]) -> InputError:
    """Why a tree cannot be graded: what was looked for, and where."""
    tip = _LOOKED.format(python=_files(len(tree.of(PYTHON))), script=_files(len(tree.of(SCRIPT))))
    if left_out:
        tip += f" Left out: {', '.join(left_out)}."
    if gaps:
        tip += f" Could not be read: {gaps[0]}" + (f", and {len(gaps) - 1} more." if len(gaps) > 1 else ".")
    return InputError(
        f"{where} registers no tools that can be read from its source",
        tip + ' Or list the running server: --server "..."',
    )


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"


def read_source_file(file: str) -> SourceTree:
    """The servers that one file of code takes part in: only its own tools; the rest of its package is read for what it imports.

    Raises InputError when the file registers no tools.
    """
    tree, name = _around(file)
    read = _read(tree, file)
    servers = tuple(
        replace(one, tools=tools, location=files.shown(file))
        for one in read.servers
        if (tools := tuple(tool for tool in one.tools if tool.origin.file == name))
    )
    if not servers:
        raise InputError(
            f"{files.shown(file)} registers no tools that can be read from its source",
            f"The code around it does: {files.shown(read.servers[0].tools[0].origin.file or read.folder)}",
        )
    return replace(read, servers=servers)


def _around(file: str) -> tuple[Tree, str]:
    """The tree that a file is read in, and the file's name there: as the user named it, and the others beside it."""
    tree = read_tree(source_root(file))
    if file_in(tree, file) is None:  # a test, an example, build output: named on purpose
        tree = read_tree(os.path.dirname(file) or ".")  # noqa: PTH120 - a path as the user named it
    base = None if os.path.isabs(file) else os.getcwd()  # noqa: PTH109, PTH117 - likewise
    for path in tree.shown:
        whole = os.path.abspath(os.path.join(tree.root, path))  # noqa: PTH100, PTH118 - likewise
        tree.shown[path] = files.shown(os.path.relpath(whole, base) if base else whole)
    inside = file_in(tree, file)
    return tree, tree.shown[inside] if inside else files.shown(file)


def file_in(tree: Tree, file: str) -> str | None:
    """The path within the tree of a file, None where it was left out."""
    path = os.path.relpath(file, tree.root).replace(os.sep, "/")
    return path if path in tree.sources else None


def source_root(file: str) -> str:
    """The folder whose code a file of code may import: of the nearest manifest within its repository, else around its packages."""
    folder = top = os.path.dirname(os.path.abspath(file))  # noqa: PTH100, PTH120 - `Path` knows no more
    for _ in range(_HIGHEST):
        if any(files.is_file(os.path.join(folder, name)) for name in _ROOTS):  # noqa: PTH118 - likewise
            return folder
        above = os.path.dirname(folder)  # noqa: PTH120 - likewise
        if above == folder or os.path.exists(os.path.join(folder, ".git")):  # noqa: PTH110, PTH118 - likewise
            break
        folder = above
    while files.is_file(os.path.join(top, "__init__.py")):  # noqa: PTH118 - likewise
        top = os.path.dirname(top)  # noqa: PTH120 - likewise
    return top


_ROOTS = ("pyproject.toml", "package.json", "setup.py")
# Folders above a file in which its manifest is looked for.
_HIGHEST = 12
_NAMES = frozenset({"pyproject.toml", "package.json", "setup.py", "setup.cfg", "requirements.txt", "tsconfig.json"})


def is_source_tree(folder: str, depth: int = 3) -> bool:
    """Whether a folder holds code, or the manifest of a package and code below, at its top or in the folders below."""
    manifest = False
    for seen, (path, below, found) in enumerate(os.walk(folder)):
        top = os.path.relpath(path, folder).count(os.sep) if path != folder else -1
        manifest |= path == folder and not _NAMES.isdisjoint(found)
        if any(name.endswith((*PYTHON, *SCRIPT)) for name in found):
            return True
        deeper = depth if not manifest else 3
        below[:] = (
            sorted(name for name in below if not name.startswith(".") and name != "node_modules")[:50]
            if top + 1 < deeper
            else []
        )
        if seen > 200:
            break
    return False
