"""A registry of any size: `python tests/bench/registry.py 250000 registry.jsonl`.

Servers, tools and schemas have the shapes of captured servers, taken in turn from the folder beside the checkout (`TOOLMARK_SHARED` names
another); without it, of the generated tools of `generate.py`. In every copy of a server about a third of its content words are
exchanged for others throughout, in texts, names and schemas alike. So a sentence of some length is new in every copy, as in a
registry, and "The id of the issue" comes again, as it does there. Deterministic; the definitions themselves stay out of the project.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import generate

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = Path(os.environ.get("TOOLMARK_SHARED", ROOT.parent / "shared"))
SYLLABLES = "ba be bo da de do ga go ka ke ko la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se so ta te to va ve vo".split()
WORD = re.compile(r"[A-Za-z][a-z]{4,}")
# Verbs and small words that everything hangs on are never exchanged, nor is what JSON Schema and MCP mean by themselves.
KEPT = frozenset(
    """create update delete remove search fetch retrieve write store execute return returns definitions which instead before after
    these those their there where while other using unless never always should first about between without within when""".split()
)
LITERAL = frozenset(("type", "format", "$schema"))
NAMED = frozenset(("properties", "$defs", "definitions", "patternProperties"))


def shapes() -> list[tuple[str, list[dict]]]:
    """The captured servers, or generated ones."""
    files = sorted((SHARED / "bench" / "servers").glob("*.json"))
    if not files:
        return [(f"server{index}", generate.tools(12, index)["tools"]) for index in range(50)]
    return [(file.stem, json.loads(file.read_text(encoding="utf-8"))["tools"]) for file in files]


def invented(word: str, copy: int) -> str:
    """Another word for this one in this copy: mostly itself, else one that no language has."""
    number = crc32(f"{copy}/{word.lower()}".encode())
    if word.lower() in KEPT or number % 3:
        return word
    number //= 3
    made = "".join(SYLLABLES[number // len(SYLLABLES) ** place % len(SYLLABLES)] for place in range(2 + len(word) % 3))
    return made.capitalize() if word[0].isupper() else made


class Copy:
    """One copy of a server, every word of it exchanged in the same way wherever it stands."""

    def __init__(self, copy: int) -> None:
        self.copy = copy
        self.known: dict[str, str] = {}

    def text(self, text: str) -> str:
        return WORD.sub(self._exchange, text)

    def _exchange(self, found: re.Match[str]) -> str:
        word = found.group()
        if word not in self.known:
            self.known[word] = invented(word, self.copy)
        return self.known[word]

    def value(self, value: Any, *, named: bool = False) -> Any:
        """A JSON value. named: the keys of this object are names that the server chose."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if not isinstance(value, dict):
            return value
        return {
            self.text(key) if named else key: item
            if key in LITERAL and not named
            else self.value(item, named=key in NAMED and not named)
            for key, item in value.items()
        }


def rows(count: int) -> Iterator[str]:
    """So many rows, a tool each."""
    servers, copy, done = shapes(), 0, 0
    while True:
        for name, tools in servers:
            exchanged = Copy(copy)
            for tool in tools:
                if done == count:
                    return
                done += 1
                yield (
                    json.dumps({"server": f"{name}-{copy:05}", "definition": exchanged.value(tool)}, ensure_ascii=False)
                    + "\n"
                )
        copy += 1


def write(path: Path, count: int) -> Path:
    """The registry as JSON lines; one that is there already is left alone."""
    if not path.exists():
        beside = path.with_suffix(".tmp")
        with beside.open("w", encoding="utf-8") as file:
            file.writelines(rows(count))
        beside.replace(path)
    return path


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
