"""The tree's TypeScript and JavaScript files, parsed when they are needed, and which file an import means."""

from __future__ import annotations

import json
import posixpath
from typing import TYPE_CHECKING

from tree_sitter import Language, Parser
from tree_sitter_typescript import language_tsx, language_typescript

from scorer.sources.typescript_code.aliases import Aliases
from scorer.sources.typescript_code.module import Module

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_TYPESCRIPT, _TSX = Language(language_typescript()), Language(language_tsx())
_PLAIN = (".ts", ".mts", ".cts")
_ENDINGS = (".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx")
# Bytes of one file that is parsed: a bundle with all its dependencies has 7 MB.
MAX_SOURCE = 12_000_000


class Modules:
    """All TypeScript and JavaScript files of a tree by path. manifests: texts of package.json files by path."""

    def __init__(self, sources: dict[str, bytes], shown: dict[str, str], manifests: dict[str, str]) -> None:
        self._sources, self._shown = _without_twins(sources), shown
        self._parsed: dict[str, Module | None] = {}
        self.broken: list[str] = []
        self.manifests = manifests
        self._packages = _packages(manifests)
        self._aliases = Aliases(manifests)

    def parse(self, path: str) -> Module | None:
        """The parsed file, None when it is too large."""
        if path not in self._parsed:
            self._parsed[path] = self._parse(path)
        return self._parsed[path]

    def _parse(self, path: str) -> Module | None:
        data = self._sources[path]
        if len(data) > MAX_SOURCE:
            self.broken.append(f"{self._shown[path]} is larger than {MAX_SOURCE // 1_000_000} MB")
            return None
        language = _TYPESCRIPT if path.endswith(_PLAIN) else _TSX
        module = Module(path, self._shown[path], data, Parser(language).parse(data))
        if module.root.has_error and module.root.child_count and module.root.children[0].type == "ERROR":
            self.broken.append(f"{self._shown[path]} is no TypeScript or JavaScript that can be read")
        return module

    def shown_as(self, file: str) -> Module | None:
        """The parsed module that the user sees under this name."""
        return next((module for module in self._parsed.values() if module and module.file == file), None)

    def holding(self, words: Iterable[bytes]) -> Iterator[Module]:
        """The modules whose text holds one of the words, parsed, by path."""
        wanted = tuple(words)
        for path in sorted(self._sources):
            if any(word in self._sources[path] for word in wanted) and (module := self.parse(path)):
                yield module

    def mention(self, word: bytes) -> bool:
        """Whether any file of the tree holds the word."""
        return any(word in data for data in self._sources.values())

    def texts(self, word: bytes) -> list[bytes]:
        """The files' bytes that hold a word."""
        return [data for data in self._sources.values() if word in data]

    def imported(self, specifier: str, within: Module) -> Module | None:
        """The tree's module that an import means, None when it is a package's."""
        if specifier.startswith("."):
            return self._at(posixpath.normpath(posixpath.join(posixpath.dirname(within.path), specifier)))
        for target in self._aliases.targets(specifier, within.path):
            if found := self._at(target):
                return found
        if specifier.startswith(("@/", "~/", "#", "src/")):
            tail = specifier.lstrip("@~#").lstrip("/").removeprefix("src/")
            return self._ending(tail, within)
        package = next((name for name in self._packages if specifier == name or specifier.startswith(f"{name}/")), None)
        return self._of_package(package, specifier) if package else None

    def _of_package(self, package: str, specifier: str) -> Module | None:
        home = self._packages[package]
        rest = specifier.removeprefix(package).strip("/")
        for inner in (
            rest,
            f"src/{rest}" if rest else "",
            "src/index" if not rest else "",
            "index" if not rest else "",
            f"dist/{rest or 'index'}",
        ):
            if inner and (found := self._at(posixpath.join(home, inner))):
                return found
        return None

    def _ending(self, tail: str, within: Module) -> Module | None:
        parts = posixpath.dirname(within.path).split("/")
        while True:
            for base in ("/".join([*parts, "src", tail]), "/".join([*parts, tail])):
                if found := self._at(base.lstrip("/")):
                    return found
            if not parts:
                return None
            parts.pop()

    def _at(self, path: str) -> Module | None:
        stem, ending = posixpath.splitext(path)
        bare = stem if ending in _ENDINGS else path
        if path in self._sources:
            return self.parse(path)
        for candidate in (
            *(bare + e for e in _ENDINGS),
            *(f"{bare}/index{e}" for e in _ENDINGS),
            *(path + e for e in _ENDINGS),
        ):
            if candidate in self._sources:
                return self.parse(candidate)
        return None

    def manifest_of(self, path: str) -> dict[str, object]:
        """The package.json above a file, empty when there is none."""
        parts = path.split("/")[:-1]
        while True:
            name = "/".join([*parts, "package.json"])
            if name in self.manifests:
                return _object(self.manifests[name])
            if not parts:
                return {}
            parts.pop()


def _without_twins(sources: dict[str, bytes]) -> dict[str, bytes]:
    """The files without those that are the same module in another format: `x.cjs` beside `x.js`, `cjs/x.js` beside `esm/x.js`."""
    kept = {}
    for path, data in sources.items():
        stem, ending = posixpath.splitext(path)
        if ending == ".cjs" and (f"{stem}.js" in sources or f"{stem}.mjs" in sources):
            continue
        if "/cjs/" in f"/{path}" and path.replace("cjs/", "esm/") in sources:
            continue
        kept[path] = data
    return kept


def _packages(manifests: dict[str, str]) -> dict[str, str]:
    found = {}
    for path, text in manifests.items():
        if path.endswith("package.json") and isinstance(name := _object(text).get("name"), str):
            found[name] = posixpath.dirname(path)
    return found


def _object(text: str) -> dict[str, object]:
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}
