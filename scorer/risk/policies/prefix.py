"""Patterns for "begins with one of these", and for exactly the texts that do not: without look-around, the same in RE2, JavaScript and Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def escape(text: str) -> str:
    """A text as a pattern of its own; only signs that every engine lets one escape."""
    return "".join(f"\\{character}" if character in "\\.+*?()|[]{}^$" else character for character in text)


def begins(prefixes: Iterable[str]) -> str:
    """Matches every text that begins with one of the prefixes."""
    return f"^(?:{'|'.join(escape(prefix) for prefix in sorted(set(prefixes)))})"


def begins_not(prefixes: Iterable[str]) -> str:
    """Matches exactly the texts that begin with none of the prefixes: at each place the end, or a character that leads nowhere."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for prefix in filter(None, prefixes):
        node = tree
        for character in prefix:
            node = node.setdefault(character, {})
        node[""] = {}  # a prefix ends here: whatever follows is allowed
    return f"^{_fails(tree)}"


def _fails(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    following = sorted(node)
    ways = ["$", f"[^{''.join(_in_class(character) for character in following)}]"]
    ways += [escape(character) + _fails(node[character]) for character in following if "" not in node[character]]
    return f"(?:{'|'.join(ways)})"


def _in_class(character: str) -> str:
    return f"\\{character}" if character in "\\]^-[" else character
