"""No violation that axe-core knows of, in either theme, narrow and wide."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize(
    ("name", "width", "theme"),
    [("rich", 320, "dark"), ("rich", 1280, "light"), ("several", 320, "light"), ("several", 1280, "dark")],
)
def test_axe_finds_nothing(visit, sample, rich, name, width, theme):
    report = rich if name == "rich" else sample.several()
    # axe-core writes HTML into the page, which the page's own policy would refuse.
    page = visit(report, viewport={"width": width, "height": 900}, color_scheme=theme, bypass_csp=True)
    # Cards beyond the screen are only drawn when they come near it, and what is not drawn is not checked.
    page.add_style_tag(content=".card { content-visibility: visible !important }")
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3], one["help"]) for one in found] == []


def test_axe_finds_nothing_on_a_long_page(visit, sample, monkeypatch):
    monkeypatch.setattr("scorer.outputs.page.server._BRIEF_BEYOND", 0)
    page = visit(sample.rich(), bypass_csp=True)
    page.add_style_tag(content=".card, tr { content-visibility: visible !important }")
    assert page.get_by_role("row").count() > 8
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
