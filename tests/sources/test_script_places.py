"""Where the characters of a text stand in TypeScript: each offset into what was read points at its character in the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.models.fact import Place
from scorer.models.tool import Origin, Tool
from scorer.scorecard.places import Finder
from scorer.sources.tree.values import Notes
from scorer.sources.typescript_code.evaluate import Evaluator
from scorer.sources.typescript_code.modules import Modules

WORDS = st.lists(st.text("abcé漢 \n\"'\\$%#😀", min_size=1, max_size=9).filter(str.strip), min_size=1, max_size=4).map(
    " ".join
)


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def template(text):
    return "`" + text.replace("\\", "\\\\").replace("$", "\\$") + "`"


# A name -> the expression, and what it gives.
FORMS = {
    "string": lambda text: (quoted(text), text),
    "template": lambda text: (template(text), text),
    "added": lambda text: (f"{quoted(text)} +\n  {template(text)}", text + text),
    "hole": lambda text: (template(text)[:-1] + "${WORD}" + template(text)[1:], f'{text}a "word"{text}'),
    "joined": lambda text: (f'[{quoted(text)}, WORD].join(" - ")', f'{text} - a "word"'),
    "trimmed": lambda text: (template(f"\n  {text}\n") + ".trim()", text.strip()),
    "concat": lambda text: (f"WORD.concat({quoted(text)})", 'a "word"' + text),
}


def read(expression):
    """The value of TEXT, the finder of its places, and the files' lines."""
    files = {
        "a.ts": f'import {{ WORD }} from "./words";\nconst TEXT = {expression};\nuse(TEXT);\n',
        "words.ts": 'export const WORD = "a \\"word\\"";\n',
    }
    modules = Modules({name: text.encode() for name, text in files.items()}, {name: name for name in files}, {})
    module = modules.parse("a.ts")
    used = module.root.named_children[2].named_children[0].child_by_field_name("arguments").named_children[0]
    scalar = Evaluator(modules).value(used, module, {})
    notes = Notes()
    notes.place("/description", scalar.spot)
    tool = Tool("a", {"name": "a", "description": scalar.value}, origin=Origin("a.ts"), places=tuple(notes.places))
    return scalar.value, Finder(tool), {name: text.split("\n") for name, text in files.items()}


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_every_character_stands_where_its_place_says(form, text):
    expression, expected = FORMS[form](text)
    value, finder, files = read(expression)
    assert value == expected
    for offset, letter in enumerate(value):
        # White space may be what a margin became; no quote begins with it.
        if letter.isspace():
            continue
        place = finder.place(Place("/description", offset, offset + 1))
        rest = files[place.file][place.line - 1][place.column - 1 :]
        assert rest.startswith((letter, "\\" + letter)), (expression, value, offset, place)


def test_escapes_of_several_kinds():
    value, finder, files = read(r'"\u{1F600} \ud83d\ude00 \x41\t z\0"')
    assert value == "😀 😀 A\t z\0"
    for offset, escape in ((0, r"\u{1F600}"), (2, r"\ud83d"), (4, r"\x41"), (7, "z"), (8, r"\0")):
        place = finder.place(Place("/description", offset, offset + 1))
        assert files["a.ts"][place.line - 1][place.column - 1 :].startswith(escape)
