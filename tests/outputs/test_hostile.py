"""One hostile text in place of every string of a report, through every format."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len

from scorer.outputs import render
from scorer.outputs.json import parse

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "closing tags": "</summary></details></code></blockquote></title></style><img src=x onerror=alert(1)>",
    "attribute breakout": "\" onmouseover='alert(1)' x=\"",
    "entity": "&lt;b&gt; &#60;script&#62; &amp;",
    "comment": "<!-- --> ]]> <![CDATA[ <?php",
    "jinja": "{{7*7}} {% for x in y %} {# c #} {{ ''.__class__ }}",
    "markdown link": "[click](javascript:alert(1)) ![i](https://evil.example/p.png) [r]: https://evil.example",
    "autolinks": "https://evil.example www.evil.example <https://evil.example> mailto:a@evil.example",
    "mention and issue": "@everyone cc @org/team closes #1 and GH-2 owner/repo#3",
    "table": "a | b \\| c \\\\| d | e",
    "block markup": "# Heading\n\n- item\n\n> quote\n\n    code\n\n---\n\n1. one\n\n| a |\n|--|",
    "first signs": "- not a list",
    "ordered": "1. not a list",
    "inline markup": "*bold* _em_ __strong__ ~~gone~~ `code` ``x`` $math$ ^[note] \\",
    "fence": "```\nfence\n```\n~~~\n",
    "ansi": "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x1b]8;;\x07 \x9b2J\x1b[2J",
    "return": "shown\rHIDDEN\x08\x08\x0b\x0c\x85",
    "bidi": "user\u202enimda\u202c \u2066abc\u2069 \u200f\u061c",
    "zero width": "in\u200bvis\u200dible\ufeff\u2060\u00ad\u180e\u3164\U000e0041\U000e0100",
    "separators": "one\u2028two\u2029three",
    "rich markup": "[red]x[/red] [link=https://evil.example]y[/link] [/] [bold",
    "javascript": "javascript:alert(1)",
    "nul": "a\x00b",
    "long word": "A" * 5000,
    "long wide word": "漢" * 3000,
    "long text": "word " * 20000,
    "combining": "e" + "\u0301" * 3000,
    "surrogate": "half \ud83d of a pair \udc00",
    "emoji": "family 👨‍👩‍👧 flag 🇩🇪 heart ❤️",
    "format": "%s %d {0} {name!r} $HOME `id` $(id)",
}
# Whatever a terminal or a page would obey rather than show. The zero-width space is the one that Markdown writes itself, as an entity.
OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e0fff]"
)

hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
ids = pytest.mark.parametrize("keep", [True, False], ids=["known facts", "unknown facts"])


class Shape(HTMLParser):
    """The tags and attributes of a page; of the values, those that no text of a report may reach."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "code" and {key for key, _ in attrs} <= {"title"}:
            return  # what a sentence has between backticks, and a name that is cut, with the whole of it
        free = {"id", "href", "data-c", "data-k", "data-s", "aria-label"}
        self.found.append((tag, [(key, None if key in free else value) for key, value in attrs]))
        self.links += [value for key, value in attrs if key in {"href", "src", "action"}]

    def handle_endtag(self, tag):
        if tag != "code":
            self.found.append(tag)

    def handle_comment(self, data):
        self.found.append("comment")

    def handle_decl(self, decl):
        self.found.append(decl)

    def handle_pi(self, data):
        self.found.append("instruction")


@hostile
@ids
def test_html_has_the_shape_it_has_without(text, keep, poisoned):
    page = render(poisoned(text, keep=keep), "html")
    shape = Shape(page)
    assert shape.found == Shape(render(poisoned("plain", keep=keep), "html")).found
    assert all(link.startswith("#") for link in shape.links)
    assert not OBEYED.search(page)


def test_template_syntax_is_shown_as_it_is(poisoned):
    assert "{{7*7}} {% for x in y %} {# c #}" in render(poisoned(HOSTILE["jinja"]), "html")


def tokens(text: str) -> list[str]:
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    found = []
    for token in markdown.parse(text):
        found.append(token.type)
        if token.type == "html_block":
            found.append(re.sub(r">[^<]*", ">", token.content))
        for child in token.children or []:
            # What a sentence has between backticks is set as code.
            if child.type not in {"text", "text_special"} and child.content not in {"<code>", "</code>"}:
                found.append(child.content if child.type == "html_inline" else child.type)
    return found


@hostile
@ids
def test_markdown_has_the_shape_it_has_without(text, keep, poisoned):
    out = render(poisoned(text, keep=keep), "markdown")
    limited = len(text) > 1000 and "left out to keep this short" in out
    found, plain = tokens(out), tokens(render(poisoned("plain", keep=keep), "markdown"))
    assert found == plain or limited
    assert not OBEYED.search(out)
    assert not re.search(r"://|@\w|www\.|#\d|gh-\d|\{\{|\{%|\{#", re.sub(r"&#(?:8203|124);", "\0", out), re.IGNORECASE)


def test_markdown_stays_below_the_size_of_a_comment(sample, poisoned):
    for report in (sample.many(500), poisoned("&<|@a{{" * 1000), sample.several()):
        assert len(render(report, "markdown")) < 65_000


@hostile
@ids
def test_text_obeys_nothing_and_fits(text, keep, poisoned):
    report = poisoned(text, keep=keep)
    plain = render(report, "text")
    assert not OBEYED.search(plain)
    assert max(map(cell_len, plain.splitlines())) <= 80
    coloured = render(report, "text", color=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).count("\x1b") == 0


@hostile
@ids
def test_json_says_it_verbatim(text, keep, poisoned):
    report = poisoned(text, keep=keep)
    out = render(report, "json")
    out.encode()
    assert json.loads(out)["tools"][0]["description"] == text
    assert parse(out) == report


def test_rich_markup_is_shown_as_it_is(poisoned):
    assert "[red]x[/red]" in render(poisoned(HOSTILE["rich markup"]), "text", color=True)
