"""Local references of a schema: JSON pointers, anchors and embedded `$id`s. Nothing is ever fetched."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import unquote

# Named schemas are looked for in this many nodes; a schema larger than that has other problems.
_MAX_NODES = 50_000


class Target(NamedTuple):
    """What a reference leads to. schema: an object or a boolean; pointer: RFC 6901 pointer from the root schema."""

    schema: Any
    pointer: str


def escape(token: str) -> str:
    """One token of a JSON pointer, RFC 6901 section 3."""
    return token.replace("~", "~0").replace("/", "~1") if "~" in token or "/" in token else token


def unescape(token: str) -> str:
    """The reverse of `escape`."""
    return token.replace("~1", "/").replace("~0", "~")


def walk(node: Any, tokens: list[str]) -> Any:
    """The value that the unescaped tokens lead to, None where they lead nowhere."""
    for token in tokens:
        if isinstance(node, dict) and token in node:
            node = node[token]
        elif (
            isinstance(node, list) and token.isascii() and token.isdigit() and len(token) < 7 and int(token) < len(node)
        ):
            node = node[int(token)]
        else:
            return None
    return node


class Refs:
    """Resolves the references of one root schema; each is looked up once."""

    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root
        self._found: dict[str, Target | None] = {}
        self._names: dict[str, Target] | None = None

    def resolve(self, reference: str) -> Target | None:
        """The target of a `$ref`, None when it is not inside this schema."""
        if reference not in self._found:
            self._found[reference] = self._look_up(reference)
        return self._found[reference]

    @property
    def has_embedded_ids(self) -> bool:
        """Whether schemas inside carry their own `$id`, so that pointers may mean another root."""
        return any(not name.startswith("#") and target.pointer for name, target in self._named().items())

    def _look_up(self, reference: str) -> Target | None:
        base, _, fragment = reference.partition("#")
        if base:
            found = self._named().get(base)
            return found if not fragment else self._inside_root(found, fragment)
        return (
            self._by_pointer(fragment)
            if fragment.startswith("/") or not fragment
            else self._named().get(f"#{fragment}")
        )

    def _inside_root(self, found: Target | None, fragment: str) -> Target | None:
        if found is None or found.pointer:
            return None
        return self.resolve(f"#{fragment}")

    def _by_pointer(self, fragment: str) -> Target | None:
        tokens = [unescape(unquote(token)) for token in fragment.split("/")[1:]]
        node = walk(self.root, tokens)
        pointer = "".join(f"/{escape(token)}" for token in tokens)
        return Target(node, pointer) if isinstance(node, (dict, bool)) else None

    def _named(self) -> dict[str, Target]:
        if self._names is None:
            self._names = {}
            todo: list[tuple[Any, str]] = [(self.root, "")]
            for _ in range(_MAX_NODES):
                if not todo:
                    break
                node, pointer = todo.pop()
                self._note(node, pointer, self._names)
                todo += _children(node, pointer)
        return self._names

    @staticmethod
    def _note(node: Any, pointer: str, names: dict[str, Target]) -> None:
        if not isinstance(node, dict):
            return
        for keyword in ("$anchor", "$dynamicAnchor"):
            if isinstance(node.get(keyword), str):
                names.setdefault(f"#{node[keyword]}", Target(node, pointer))
        for keyword in ("$id", "id"):
            if isinstance(node.get(keyword), str):
                base, _, fragment = node[keyword].partition("#")
                names.setdefault(base or f"#{fragment}", Target(node, pointer))


def _children(node: Any, pointer: str) -> list[tuple[Any, str]]:
    if isinstance(node, dict):
        return [(value, f"{pointer}/{escape(key)}") for key, value in node.items() if isinstance(value, (dict, list))]
    if isinstance(node, list):
        return [(value, f"{pointer}/{at}") for at, value in enumerate(node) if isinstance(value, (dict, list))]
    return []
