"""The files of a source tree that may define tools, and what was left out of it. Links are not followed, nothing is run."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from scorer.errors import InputError
from scorer.sources import files

if TYPE_CHECKING:
    from collections.abc import Iterator

PYTHON = (".py",)
SCRIPT = (".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx")
# Bytes of one file and of all files that are read, and how many files are looked at.
MAX_FILE = 20_000_000
MAX_ALL = 150_000_000
MAX_FILES = 60_000
_MAX_DEPTH = 40

_VENDORED = frozenset(
    "node_modules vendor vendored third_party bower_components site-packages _vendor .venv venv env virtualenv __pypackages__".split()
)
_TESTS = frozenset(
    "test tests __tests__ testing spec specs e2e __mocks__ mocks fixtures __fixtures__ benchmark benchmarks cypress playwright-tests".split()
)
_EXAMPLES = frozenset(
    "example examples sample samples demo demos docs doc documentation tutorial tutorials notebooks playground storybook".split()
)
_BUILT = frozenset("dist build out lib-cjs lib-esm esm cjs .next .output coverage target bin-js".split())
_CACHES = frozenset(
    "__pycache__ .git .hg .svn .tox .nox .mypy_cache .ruff_cache .pytest_cache .turbo .cache .idea .vscode .github .yarn .pnpm".split()
)
_TEST_FILE = re.compile(r"(^test_.*|.*_test|^conftest|.*[.](test|spec|e2e|stories|bench))[.](py|[cm]?[jt]sx?)$")
_GENERATED_FILE = re.compile(r".*([.]d[.][cm]?ts|[.]min[.]js|_pb2(_grpc)?[.]py)$")
# What the source of a server has and a client generated beside it has not.
_REGISTERS = re.compile(rb"registerTool|addTool|[.]tool\(|ListTools|tools/list")
_GENERATED_HEAD = re.compile(rb"@generated|DO NOT EDIT|auto-?generated (file|by)", re.IGNORECASE)


@dataclass
class Tree:
    """A folder's code: bytes by path relative to it (with slashes), and what was left out, in words, with how many files.

    shown: each path as the user sees it. manifests: the texts of pyproject.toml, package.json and the like, by path.
    """

    root: str
    sources: dict[str, bytes] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    manifests: dict[str, str] = field(default_factory=dict)
    _paths: dict[str, str] = field(default_factory=dict)

    def skip(self, why: str, count: int = 1) -> None:
        """Remember that files were left out."""
        self.left_out[why] = self.left_out.get(why, 0) + count

    def path_of(self, shown: str) -> str:
        """The path of a file that the user sees under a name; the name where there is no such file."""
        if len(self._paths) != len(self.shown) or shown not in self._paths:
            self._paths = {name: path for path, name in self.shown.items()}
        return self._paths.get(shown, shown)

    def of(self, suffixes: tuple[str, ...]) -> dict[str, bytes]:
        """The files with one of these endings."""
        return {path: data for path, data in self.sources.items() if path.endswith(suffixes)}


_MANIFESTS = frozenset(
    {"pyproject.toml", "package.json", "setup.py", "setup.cfg", "METADATA", "requirements.txt", "tsconfig.json"}
)


def read_tree(root: str) -> Tree:
    """The code of a folder. Raises InputError when it cannot be read or is far too large."""
    tree = Tree(root)
    built: list[tuple[str, Path]] = []
    total = 0
    for seen, (path, file) in enumerate(_files(root, tree), 1):
        if seen > MAX_FILES or total > MAX_ALL:
            limits = f"{MAX_FILES:,} files or {MAX_ALL // 1_000_000} MB of code"
            raise InputError(f"{files.shown(root)} holds more than {limits}", "Name the folder of one server.")
        if _is_built(path):
            built.append((path, file))
        else:
            total += _add(tree, path, file)
    _add_built(tree, built)
    return tree


def _add_built(tree: Tree, built: list[tuple[str, Path]]) -> None:
    """Build output counts only where the source that it was built from is not there."""
    has_source = {
        _package_of(path, tree) for path, data in tree.of(SCRIPT).items() if path.count("/") and _REGISTERS.search(data)
    }
    for path, file in built:
        if _package_of(path, tree) in has_source:
            tree.skip("build output beside its source")
        else:
            _add(tree, path, file)


def _package_of(path: str, tree: Tree) -> str:
    """The folder of the nearest package.json or pyproject.toml above a file."""
    parts = path.split("/")[:-1]
    while parts:
        if any("/".join([*parts, name]) in tree.manifests for name in ("package.json", "pyproject.toml")):
            return "/".join(parts)
        parts.pop()
    return ""


def _files(root: str, tree: Tree) -> Iterator[tuple[str, Path]]:
    try:
        top = sorted(os.scandir(root), key=lambda entry: entry.name)
    except OSError as error:
        raise files.unreadable(root, error) from None
    # A folder inside of one that is called `examples` or `tests` was named on purpose.
    yield from _walk(top, "", tree, 0)


def _walk(entries: list[os.DirEntry[str]], prefix: str, tree: Tree, depth: int) -> Iterator[tuple[str, Path]]:
    for entry in entries:
        path = prefix + entry.name
        if entry.is_symlink():
            if entry.name.endswith((*PYTHON, *SCRIPT)):
                tree.skip("symbolic links")
        elif entry.is_dir(follow_symlinks=False):
            yield from _folder(entry, path, tree, depth)
        elif entry.is_file(follow_symlinks=False):
            if entry.name in _MANIFESTS:
                _manifest(tree, path, Path(entry.path))
            if entry.name.endswith((*PYTHON, *SCRIPT)):
                yield path, Path(entry.path)


def _folder(entry: os.DirEntry[str], path: str, tree: Tree, depth: int) -> Iterator[tuple[str, Path]]:
    name = entry.name.lower()
    why = _why_left_out(entry, name)
    if why or depth >= _MAX_DEPTH:
        if why is not None:
            tree.skip(why or "nested too deep", _count(entry.path) if why not in ("", "vendored code") else 0)
        return
    try:
        inner = sorted(os.scandir(entry.path), key=lambda found: found.name)
    except OSError:
        tree.skip("folders that may not be read")
        return
    yield from _walk(inner, f"{path}/", tree, depth + 1)


def _why_left_out(entry: os.DirEntry[str], name: str) -> str | None:
    if name in _CACHES or name.endswith((".egg-info",)):
        return ""
    if name in _VENDORED or Path(entry.path, "pyvenv.cfg").exists():
        return "vendored code"
    if name in _TESTS:
        return "tests"
    return "examples and documentation" if name in _EXAMPLES else None


def _count(folder: str) -> int:
    found = 0
    for seen, (_, below, names) in enumerate(os.walk(folder)):
        below[:] = [name for name in below if name not in _VENDORED]
        found += sum(name.endswith((*PYTHON, *SCRIPT)) for name in names)
        if seen > 500:
            break
    return found


def _is_built(path: str) -> bool:
    return path.endswith((".js", ".mjs", ".cjs")) and any(part in _BUILT for part in path.split("/")[:-1])


def _manifest(tree: Tree, path: str, file: Path) -> None:
    try:
        with file.open("rb") as opened:
            tree.manifests[path] = opened.read(300_000).decode("utf-8", "replace")
    except OSError:
        return


def _add(tree: Tree, path: str, file: Path) -> int:
    name = path.rsplit("/", 1)[-1]
    if _TEST_FILE.match(name):
        tree.skip("tests")
        return 0
    if _GENERATED_FILE.match(name):
        tree.skip("generated code")
        return 0
    try:
        if file.stat().st_size > MAX_FILE:
            tree.skip(f"files larger than {MAX_FILE // 1_000_000} MB")
            return 0
        data = files.read_file(str(file))
    except (OSError, InputError):
        tree.skip("files that cannot be read")
        return 0
    if _GENERATED_HEAD.search(data[:400]) and b"mcp" not in data:
        tree.skip("generated code")
        return 0
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    tree.sources[path] = data
    tree.shown[path] = files.shown(os.path.join(tree.root, path).removeprefix("./"))  # noqa: PTH118 - a path as the user named it
    return len(data)
