"""Path aliases: what `compilerOptions.paths` of a tsconfig.json makes of an import."""

from __future__ import annotations

import json
import posixpath
from typing import TYPE_CHECKING, Any

from scorer.sources.jsonc import blank_comments

if TYPE_CHECKING:
    from collections.abc import Iterator


class Aliases:
    """The path aliases of a tree's tsconfig.json files. manifests: their texts by path, among others."""

    def __init__(self, manifests: dict[str, str]) -> None:
        self._manifests = {path: text for path, text in manifests.items() if path.endswith("tsconfig.json")}
        self._paths: dict[str, dict[str, list[str]]] = {}

    def targets(self, specifier: str, within: str) -> Iterator[str]:
        """The paths in the tree, without ending, that a specifier may mean in a file."""
        for folder in _above(within) if self._manifests else ():
            for pattern, targets in self._of(folder).items():
                before, star, after = pattern.partition("*")
                if specifier == pattern or (star and specifier.startswith(before) and specifier.endswith(after)):
                    hole = specifier[len(before) : len(specifier) - len(after)] if star else ""
                    yield from (target.replace("*", hole) for target in targets)

    def _of(self, folder: str) -> dict[str, list[str]]:
        """The aliases that a folder's tsconfig.json names, with paths from the tree's root that do not leave it."""
        if folder not in self._paths:
            options = _options(self._manifests.get(posixpath.join(folder, "tsconfig.json")))
            base, named = options.get("baseUrl"), options.get("paths")
            root = posixpath.join(folder, base) if isinstance(base, str) else folder
            self._paths[folder] = {
                pattern: [posixpath.normpath(posixpath.join(root, one)) for one in held if isinstance(one, str)]
                for pattern, held in (named.items() if isinstance(named, dict) else ())
                if isinstance(held, list)
            }
        return self._paths[folder]


def _above(path: str) -> Iterator[str]:
    while path:
        path = posixpath.dirname(path)
        yield path


def _options(text: str | None) -> dict[str, Any]:
    try:
        held = json.loads(blank_comments(text)) if text is not None else None
    except (ValueError, RecursionError):
        return {}
    options = held.get("compilerOptions") if isinstance(held, dict) else None
    return options if isinstance(options, dict) else {}
