"""Hostile definitions in a real browser: no script ran, no element was born, every text is shown as it is."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scorer import load, score
from scorer.outputs.escape import visible

pytestmark = pytest.mark.xdist_group("browser")

RUN = "window.ran=(window.ran||0)+1"
HOSTILE = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"</title></head><body onload={RUN}>",
    f"<img src=x onerror={RUN}>",
    f"<img src='https://evil.example/p.png' onload={RUN}>",
    f"<svg onload={RUN}><animate onbegin={RUN} attributeName=x></svg>",
    f"<svg><script>{RUN}</script><foreignObject><b>x</b></foreignObject></svg>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={RUN}&gt;'>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    "<iframe src=javascript:parent.ran=1></iframe>",
    f"<a href='javascript:{RUN}'>click</a>",
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "https://evil.example/?q=<b>&amp;",
    "<base href=https://evil.example/><link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<form action=https://evil.example><input name=q><button>Go</button></form>",
    "<object data=https://evil.example><embed src=https://evil.example></object>",
    f"\" onmouseover='{RUN}' autofocus onfocus='{RUN}' x=\"",
    f"' onpointerover={RUN} style='position:fixed;inset:0' '",
    f"`onfocus={RUN}` `",
    "--><!-- ]]> <![CDATA[ <?php ?> <!DOCTYPE x>",
    "</pre></code></q></details></blockquote></article></main></body></html><h1>End</h1>",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;b&#62; &amp;lt;",
    "{{7*7}} {% raw %} {# c #} ${7*7} #{7*7} <%= 7*7 %>",
    "{{ ''.__class__.__mro__ }} {% include '/etc/passwd' %}",
    "user\u202enimda\u202c \u2066abc\u2069 \u200f\u061c",
    "in\u200bvis\u200dible\ufeff\u2060\u00ad\U000e0041",
    "a\x00b\x0b\x1b[31mred\x9b2J",
    "one\u2028two\u2029three",
    "<template><slot></slot></template><noscript><b>x</b></noscript>",
    f"<style>@import '//evil.example/x.css';body{{display:none}}</style><x onclick={RUN}>",
    "__proto__",
    "constructor",
    "tip",
    "#!q=x&sort=tokens",
]


def definition(text: str, number: int) -> dict:
    """One tool whose every field is the text; a number keeps names apart."""
    below = {
        "type": "string",
        "title": text,
        "description": text,
        "default": text,
        "enum": [text],
        "pattern": text,
        "examples": [text],
    }
    schema = {
        "type": "object",
        "properties": {text: below, "nested": {"$ref": "#/$defs/it"}},
        "required": [text],
        "$defs": {"it": {"type": "object", "properties": {text: below}}},
    }
    return {
        "name": f"{text} {number}",
        "title": text,
        "description": f"{text} Deletes the order for good. Use get_order instead.",
        "inputSchema": schema,
        "outputSchema": schema,
        "annotations": {"title": text, "readOnlyHint": True},
        "_meta": {text: text},
    }


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A function texts -> the report of one tool for each, scored like any other."""

    def build(texts):
        path = tmp_path_factory.mktemp("hostile") / "tools.json"
        path.write_text(json.dumps({"tools": [definition(text, number) for number, text in enumerate(texts)]}))
        return score(load(path), generated_at="2026-01-01T00:00:00Z")

    return build


@pytest.fixture(scope="session")
def hostile(made, sample):
    report = made(HOSTILE)
    risk = next(card.risk for card in sample.rich().tools if card.risk)
    cards = [
        replace(card, risk=replace(risk, reason=text, quote=text, conflicts=(text,), policies=(replace(risk.policies[0], text=text, effect=text, placeholders=(text,)),)))
        for card, text in zip(report.tools, HOSTILE, strict=True)
    ]  # fmt: skip
    return replace(
        report, tools=tuple(cards), server=replace(report.server, name="".join(HOSTILE), location=HOSTILE[0])
    )


KINDS = "() => [...new Set([...document.querySelectorAll('*')].map((one) => one.tagName + ' ' + one.getAttributeNames().sort().join(' ')))].sort()"


def test_no_script_ran_no_element_was_born_no_address_was_asked(browser, written, hostile, rich):
    asked, dialogs = [], []
    context = browser.new_context()
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(written(rich).as_uri())
    known = set(page.evaluate(KINDS))
    page.goto(written(hostile).as_uri())
    for head in page.locator(".tools thead button").all():
        head.click()
    page.get_by_role("searchbox").fill("<script>")
    page.get_by_role("button", name="Show all").click()
    page.locator(".m").first.hover()
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    assert page.evaluate("window.ran") is None
    assert dialogs == []
    assert {url.split("#")[0] for url in asked} == {written(rich).as_uri(), written(hostile).as_uri()}
    born = {kind.split(" ")[0] for kind in page.evaluate(KINDS)} - {kind.split(" ")[0] for kind in known}
    assert born == set()
    odd = "() => [...document.querySelectorAll('body *')].flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith('on') || name === 'style' || name === 'src' || name === 'action')"
    assert set(page.evaluate(odd)) <= {"style"}  # the hint's own place
    assert page.evaluate("[...document.links].every((link) => link.getAttribute('href').startsWith('#'))")
    context.close()


def test_every_text_is_shown_as_it_is(visit, hostile):
    page = visit(hostile)
    shown = page.evaluate(
        "() => Object.fromEntries([...document.querySelectorAll('article')].map((card) => [card.querySelector('h3').textContent, {said: card.querySelector('.said').textContent, title: card.querySelector('.title').textContent, names: [...card.querySelectorAll('.parameters tbody th')].map((cell) => cell.textContent), reply: card.querySelector('.risk p').textContent, rule: card.querySelector('.policy pre').textContent}]))"
    )
    assert len(shown) == len(HOSTILE)
    for number, text in enumerate(HOSTILE):
        seen = shown[visible(f"{text} {number}")]
        plain = visible(text)
        assert seen["said"] == f"{plain} Deletes the order for good. Use get_order instead."
        assert seen["title"] == plain
        assert plain in seen["names"]
        assert f"nested.{plain}" in seen["names"]
        assert plain.replace("`", "") in seen["reply"].replace("`", "")
        assert seen["rule"] == plain
