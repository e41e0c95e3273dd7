"""One parsed file of TypeScript or JavaScript, and the kinds of nodes in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scorer.sources.tree.marks import Source, marked
from scorer.sources.tree.values import Spot
from scorer.sources.typescript_code.texts import stretches

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from tree_sitter import Node, Tree

SCOPES = frozenset({"program", "statement_block", "function_declaration", "function_expression", "arrow_function", "method_definition",
                    "generator_function_declaration", "generator_function", "for_statement", "for_in_statement", "catch_clause", "class_body",
                    "switch_body", "class_static_block"})  # fmt: skip
# What TypeScript and grouping wrap around an expression.
WRAPPERS = frozenset({"parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression", "await_expression",
                      "type_assertion"})  # fmt: skip
FUNCTIONS = frozenset(
    {
        "function_declaration",
        "function_expression",
        "arrow_function",
        "method_definition",
        "generator_function_declaration",
        "generator_function",
    }
)


@dataclass
class Module:
    """One parsed file. path: relative to the tree. file: as shown to the user. names, parents, uses, offsets, exports: found once.

    names: declarations by scope. uses, offsets: where patterns find names, in a scope and in the whole file.
    after: what a variable is after its first assignments, with the surroundings that this holds in.
    """

    path: str
    file: str
    text: bytes
    tree: Tree
    names: dict[int, dict[str, Node]] = field(default_factory=dict)
    parents: dict[int, Node | None] = field(default_factory=dict)
    exports: dict[str, tuple[str, Node | str]] | None = None
    uses: dict[tuple[re.Pattern[bytes], str, int], list[Node]] = field(default_factory=dict)
    after: dict[tuple[int, int, int], tuple[Any, Any]] = field(default_factory=dict)
    offsets: dict[re.Pattern[bytes], dict[bytes, list[int]]] = field(default_factory=dict)
    _lines: list[str] | None = None

    @property
    def root(self) -> Node:
        """The whole file."""
        return self.tree.root_node

    @property
    def lines(self) -> list[str]:
        """The file's lines, decoded."""
        if self._lines is None:
            self._lines = self.text.decode("utf-8", "replace").split("\n")
        return self._lines

    def raw(self, node: Node) -> str:
        """The node's text."""
        return self.text[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def spot(self, node: Node, *, inside: bool = False, verbatim: bool = False) -> Spot:
        """Where a node begins; inside: behind its opening quote."""
        row, offset = node.start_point
        start = node.start_byte - offset
        column = len(self.text[start : node.start_byte].decode("utf-8", "replace")) + 1
        return Spot(self.file, row + 1, column + inside, node.end_point[0] + 1, verbatim)

    def literal(self, node: Node, start: int, end: int) -> tuple[str, Spot]:
        """The text of a literal between two of its bytes, and its place."""
        spot = self.spot(node)
        source = Source(self.raw(node), self.file, spot.line, spot.column)
        first, last = (len(self.text[node.start_byte : at].decode("utf-8", "replace")) for at in (start, end))
        found = list(stretches(source.text, first, last))
        return "".join(text for _, text in found), marked(spot, source.marks(found))

    def parent(self, node: Node) -> Node | None:
        """The node around a node; kept, since a bundle's root has tens of thousands of children to look through."""
        if node.id not in self.parents:
            self.parents[node.id] = node.parent
        return self.parents[node.id]

    def at(self, pattern: re.Pattern[bytes]) -> Iterator[Node]:
        """The nodes where the first group of a pattern matches. A query over a whole bundle takes a hundred times as long."""
        for match in pattern.finditer(self.text):
            node = self.root.descendant_for_byte_range(match.start(1), match.end(1))
            if node is not None and node.start_byte == match.start(1) and node.end_byte == match.end(1):
                yield node
