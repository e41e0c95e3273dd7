"""A report on a source tree: every quote stands in the source at the file, line and column of its place."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from scorer import score
from scorer.sources import open_source

LONG = '''
    """Move a crate from one shelf to another.

    Use this tool when a crate "blocks" the aisle; do not use it for pallets,
    which `move_pallet` moves.\\tThe crate keeps its label.

    Args:
        crate: The crate's number, as find_crate
            returns it.
        shelf: Where it goes, for example "B-7".
            It must have room.

    Returns:
        Whether the crate was moved. Fails if the shelf is full.
    """
'''
SERVER = """
from {library} import FastMCP
from words import HOW, shelves
mcp = FastMCP("store")

@mcp.tool
def move_crate(crate: int, shelf: str) -> bool:{docstring}
    return True

@mcp.tool(description=f"List the crates of a shelf. {{HOW}} Returns at most {{len(shelves)}} rows " "and \\"never\\" deletes any." + HOW)
def list_crates(shelf: str) -> list[str]:
    return []
"""
WORDS = 'HOW = (\n    "Use it "  # first\n    "before move_crate."\n)\nshelves = ["a", "b"]\n'


def quotes(folder):
    """Every quote of a report with the source from its place on."""
    for server in open_source(str(folder)).servers:
        for card in score(server).tools:
            for fact in card.facts:
                if fact.quote and fact.place.start is not None:
                    lines = Path(fact.place.file).read_text(encoding="utf-8").split("\n")
                    yield fact.quote, lines[fact.place.line - 1][fact.place.column - 1 :], fact


def check(folder, least):
    found = list(quotes(folder))
    assert len(found) >= least
    for quote, source, fact in found:
        word = quote.split()[0]
        assert source.startswith((word[:3], "\\" + word[0])), fact
    return found


@pytest.mark.parametrize("name", ["bakery", "ferry", "orchard", "lighthouse", "kiosk"])
def test_every_quote_of_a_fixture_stands_at_its_place(root, name):
    check(root / "tests/fixtures/code" / name, 5)


@pytest.mark.parametrize("library", ["fastmcp", "mcp.server.fastmcp"])
def test_long_docstrings_and_texts_from_elsewhere(tmp_path, library):
    docstring = LONG if library == "fastmcp" else inspect.cleandoc(LONG)
    code = SERVER.format(library=library, docstring=f"\n    {docstring.strip()}")
    (tmp_path / "server.py").write_text(code, encoding="utf-8")
    (tmp_path / "words.py").write_text(WORDS, encoding="utf-8")
    found = check(tmp_path, 20)
    assert {Path(fact.place.file).name for _, _, fact in found} == {"server.py", "words.py"}
    assert len({fact.place.line for _, _, fact in found}) > 4
