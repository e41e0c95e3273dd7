"""Where the characters of a text stand in Python source: each offset into what was read points at its character in the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.models.fact import Place
from scorer.models.tool import Origin, Tool
from scorer.scorecard.places import Finder
from scorer.sources.python_code.evaluate import Evaluator
from scorer.sources.python_code.modules import Modules
from scorer.sources.tree.values import Notes

WORDS = st.lists(
    st.text("abcé漢 \n\t\"'\\{}%#😀", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=5
).map(" ".join)


def quoted(text):
    """A literal in one line, all of whose escapes are short."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def triple(text, margin=""):
    safe = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"""' + safe.replace("\n", "\n" + margin) + '"""'


def halves(text):
    middle = len(text) // 2
    return text[:middle], text[middle:]


def concatenated(text):
    return "TEXT = (\n    " + "\n    # a remark\n    ".join(quoted(part) for part in halves(text)) + "\n)"


def in_fields(text):
    first, second = (part.replace("{", "{{").replace("}", "}}") for part in halves(text))
    return f"from words import WORD\nTEXT = f{quoted(first)} f{quoted('{WORD}')} {quoted(halves(text)[1])} f{quoted(second + '{WORD}')}"


# A name -> source of a.py whose TEXT is known.
FORMS = {
    "one line": lambda text: f"TEXT = {quoted(text)}",
    "raw": lambda text: 'TEXT = r"""' + text.replace('"', "'").replace("\\", "/") + '."""',
    "triple": lambda text: f"TEXT = {triple(text)}",
    "concatenated": concatenated,
    "added": lambda text: "TEXT = " + " + \\\n    ".join(quoted(part) for part in halves(text)),
    "grown": lambda text: f"TEXT = {quoted(text)}\nTEXT += {triple(text)}",
    "f-string": in_fields,
    "dedented": lambda text: f"import textwrap\nTEXT = textwrap.dedent({triple(chr(10) + text, '    ')})",
    "stripped": lambda text: f"TEXT = {triple(text + chr(10), '  ')}.strip()",
    "cleaned": lambda text: f"import inspect\nTEXT = inspect.cleandoc({triple(text, '    ')})",
    "joined": lambda text: f'TEXT = "\\n".join([{quoted(text)}, {quoted(text)}])',
    "replaced": lambda text: f'TEXT = {quoted(text)}.replace("a", "xyz")',
    "formatted": lambda text: f'TEXT = "{{{{{{}}}}}} and {{word}}.".format({quoted(text)}, word={quoted(text)})',
    "percent": lambda text: f'TEXT = "100 %% of %s: %s." % ({quoted(text)}, {triple(text)})',
    "elsewhere": lambda text: f"from words import WORD\nTEXT = WORD + {quoted(text)}",
    "split": lambda text: f"TEXT = {quoted('x|' + text.replace('|', '') + '|y')}.split('|')[1]",
}  # fmt: skip
ELSEWHERE = 'WORD = "a \\"word\\""\n'


def read(source):
    """The value of TEXT, the finder of its places, and the files' lines."""
    files = {"a.py": source, "words.py": ELSEWHERE}
    modules = Modules({name: text.encode() for name, text in files.items()}, {name: name for name in files})
    module = modules.parse("a.py")
    scalar = Evaluator(modules).lookup("TEXT", module.scope, module.tree)
    notes = Notes()
    notes.place("/description", scalar.spot)
    tool = Tool("a", {"name": "a", "description": scalar.value}, origin=Origin("a.py"), places=tuple(notes.places))
    return scalar.value, Finder(tool), {name: text.split("\n") for name, text in files.items()}


def stands(letter, rest):
    """Whether source begins with a character, or with what stands for it."""
    return rest.startswith((letter, "\\" + letter))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_every_character_stands_where_its_place_says(form, text):
    source = FORMS[form](text)
    value, finder, files = read(source)
    assert value == executed(source)
    for offset, letter in enumerate(value):
        # White space may be what a margin or a tab became; no quote begins with it.
        if letter.isspace():
            continue
        place = finder.place(Place("/description", offset, offset + 1))
        rest = files[place.file][place.line - 1][place.column - 1 :]
        assert stands(letter, rest), (source, value, offset, place)


def executed(source):
    names = {}
    exec(ELSEWHERE, names)
    exec(source.replace("from words import WORD\n", ""), names)
    return names["TEXT"]
