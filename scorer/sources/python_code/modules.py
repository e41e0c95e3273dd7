"""The tree's Python files, parsed when they are needed, and which file an import means."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from scorer.sources.python_code.scopes import Module

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Parsing takes a hundred times a file's size in memory.
MAX_SOURCE = 1_500_000
# What only the installed package can mean, whatever folders a tree has.
_ELSEWHERE = frozenset(
    {"mcp", "fastmcp", "pydantic", "typing", "typing_extensions", "enum", "dataclasses", "mcp_types"}
)


class Modules:
    """All Python files of a tree by path. sources: bytes by path relative to the tree; shown: the same paths for the user.

    requirements: the texts of the manifests, which say what versions the tree is written for.
    """

    def __init__(self, sources: dict[str, bytes], shown: dict[str, str], requirements: str = "") -> None:
        self._sources, self._shown = sources, shown
        self.old_fastmcp = bool(re.search(r"fastmcp[^\n\"'#;]*(?:<\s*=?\s*[23]\b|==\s*2|~=\s*2)", requirements))
        self._parsed: dict[str, Module | None] = {}
        self._by_name: dict[str, list[tuple[str, ...]]] = {}
        self.broken: list[str] = []
        for path in sources:
            parts = dotted(path)
            if parts:
                self._by_name.setdefault(parts[-1], []).append(parts)
        self._paths = {dotted(path): path for path in sorted(sources, key=_package_first)}

    def parse(self, path: str) -> Module | None:
        """The parsed file, None when it is no Python that this interpreter reads."""
        if path not in self._parsed:
            self._parsed[path] = self._parse(path)
        return self._parsed[path]

    def _parse(self, path: str) -> Module | None:
        shown = self._shown[path]
        data = self._sources[path]
        if len(data) > MAX_SOURCE:
            self.broken.append(f"{shown} is larger than {MAX_SOURCE / 1e6:.1f} MB")
            return None
        try:
            text = _decoded(data)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return Module(path, shown, text, ast.parse(text))
        except (SyntaxError, ValueError, RecursionError, MemoryError, LookupError) as error:
            where = f" at line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
            self.broken.append(f"{shown} is not Python that can be read{where}")
            return None

    def shown_as(self, file: str) -> Module | None:
        """The parsed module that the user sees under this name."""
        return next((module for module in self._parsed.values() if module and module.file == file), None)

    def holding(self, words: Iterable[bytes], beside: Iterable[bytes] = (b"",)) -> Iterator[Module]:
        """The modules whose text holds one of the words, and one of those beside them, parsed, by path."""
        wanted, needed = tuple(words), tuple(beside)
        for path in sorted(self._sources):
            data = self._sources[path]
            if (
                any(word in data for word in wanted)
                and any(word in data for word in needed)
                and (module := self.parse(path))
            ):
                yield module

    def mention(self, word: bytes) -> bool:
        """Whether any file of the tree holds the word."""
        return any(word in data for data in self._sources.values())

    def matches(self, pattern: re.Pattern[bytes]) -> bool:
        """Whether the pattern is found in any file of the tree."""
        return any(pattern.search(data) for data in self._sources.values())

    def imports(self, pattern: re.Pattern[bytes]) -> bool:
        """Whether any file of the tree imports what the pattern means, and the tree itself does not hold it."""
        found = (
            match.group().split()[1].split(b".")[0]
            for data in self._sources.values()
            for match in pattern.finditer(data)
        )
        return any(not self.is_package((name.decode(errors="replace"),)) for name in found)

    def imported(self, name: str, level: int, within: Module) -> Module | None:
        """The tree's module that an import means, None when it is not of the tree."""
        parts = tuple(part for part in name.split(".") if part)
        if level:
            return self._at(self._base(within, level) + parts)
        if not parts or parts[0] in _ELSEWHERE:
            return None
        home = dotted(within.path)
        near = [found for found in self._by_name.get(parts[-1], ()) if found[-len(parts) :] == parts]
        return self._at(max(near, key=lambda found: (_shared(found, home), -len(found)))) if near else None

    def _base(self, within: Module, level: int) -> tuple[str, ...]:
        parts = dotted(within.path)
        up = level - 1 if within.path.endswith("__init__.py") else level
        return parts[: len(parts) - up] if up else parts

    def _at(self, parts: tuple[str, ...]) -> Module | None:
        path = self._paths.get(parts)
        return self.parse(path) if path else None

    def is_package(self, parts: tuple[str, ...]) -> bool:
        """Whether the tree has files below this dotted name."""
        return any(found[: len(parts)] == parts for found in self._paths)


def dotted(path: str) -> tuple[str, ...]:
    """`src/a/__init__.py` -> ("src", "a"), `src/a/b.py` -> ("src", "a", "b")."""
    parts = PurePosixPath(path).with_suffix("").parts
    return parts[:-1] if parts and parts[-1] == "__init__" else parts


def _package_first(path: str) -> bool:
    return path.endswith("__init__.py")


def _shared(found: tuple[str, ...], home: tuple[str, ...]) -> int:
    return next((i for i, (a, b) in enumerate(zip(found, home, strict=False)) if a != b), min(len(found), len(home)))


def _decoded(data: bytes) -> str:
    """The file's text in the encoding that it declares, lines ended by a newline as the interpreter reads them."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
