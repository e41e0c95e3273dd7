"""The page at work: nothing leaves it, everything reads without script, it sorts, filters, explains, copies and prints."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.xdist_group("browser")

SHIFTS = """() => new Promise((tell) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; })).observe({type: "layout-shift", buffered: true});
  setTimeout(() => tell(sum), 200);
})"""


def names(page) -> list[str]:
    return page.locator(".tools tbody tr:visible th a").all_inner_texts()


def column(page, key: str) -> list[int]:
    place = page.evaluate("key => document.querySelector(`.tools th[data-k=${key}]`).cellIndex", key)
    cells = page.locator(f".tools tbody tr:visible:not(.problem) > :nth-child({place + 1})").all_inner_texts()
    return [int(cell.replace(",", "")) for cell in cells]


def cards(page) -> int:
    return page.locator("article.card:visible").count()


def test_no_request_leaves_the_page_and_nothing_jumps(visit, rich, written, browser):
    asked = []
    context = browser.new_context()
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(written(rich).as_uri())
    assert page.evaluate(SHIFTS) == 0
    page.mouse.wheel(0, 4000)
    assert asked == [written(rich).as_uri()]
    context.close()


def test_the_policy_stops_what_would_leave(browser, written, rich):
    failed, said = [], []
    context = browser.new_context()
    context.on("requestfailed", lambda request: failed.append((request.url, request.failure)))
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.goto(written(rich).as_uri())
    page.evaluate("""async () => {
      const image = document.createElement("img");
      image.src = "https://evil.example/p.png";
      document.body.append(image);
      for (const sink of [() => document.body.setAttribute("onclick", "window.ran = 1"), () => { document.body.innerHTML = "<b>"; }])
        try { sink(); } catch (error) { console.log("refused"); }
      document.body.click();
      await fetch("https://evil.example/").catch(() => {});
    }""")
    page.wait_for_timeout(100)
    assert {why for _, why in failed} == {"csp"}
    assert page.evaluate("window.ran") is None
    assert said.count("refused") == 2
    context.close()


def test_without_script_everything_is_readable_and_nothing_is_dead(visit, rich):
    page = visit(rich, java_script_enabled=False)
    assert page.locator(".bar").first.is_hidden()
    assert page.locator("button:visible").count() == 0
    shown = page.locator("main").text_content()
    for words in (
        "purge_customer",
        "Annotation Contradiction",
        "Delete",
        "What to change first",
        "Beside the registry",
    ):
        assert words in shown
    page.locator("article details.policy summary").first.click()
    for fold in page.locator("details:visible").all():
        assert fold.locator("summary").first.is_visible()
    page.locator("article a.m").first.click()
    assert page.locator(".facts li:target").count() == 1


def test_the_table_sorts_by_any_column_and_the_address_remembers(visit, rich, written):
    page = visit(rich)
    before = names(page)
    tokens = page.get_by_role("button", name="Tokens").last
    tokens.click()
    assert column(page, "tokens") == sorted(column(page, "tokens"))
    assert page.locator(".tools th[aria-sort=ascending]").inner_text() == "Tokens"
    tokens.click()
    down = names(page)
    assert column(page, "tokens") == sorted(column(page, "tokens"), reverse=True)
    assert page.url.endswith("#!sort=-tokens")
    page.reload()
    assert names(page) == down
    page.get_by_role("button", name="Tokens").last.click()
    assert names(page) == before
    page.get_by_role("button", name="Tool", exact=True).last.click()
    assert names(page) == sorted(before, key=str.lower)


def test_a_tool_without_a_score_stays_last_whichever_way(visit, sample):
    page = visit(sample.report())
    button = page.get_by_role("button", name="Purpose")
    for _ in range(2):
        button.click()
        column = page.locator(".tools tbody").first.locator("tr td:nth-child(3)").all_inner_texts()
        assert "–" not in column[: len([value for value in column if value != "–"])]


def test_filters_hide_rows_and_cards_together(visit, rich):
    page = visit(rich)
    everything = len(names(page))
    page.get_by_role("searchbox").fill("customer delet")
    assert names(page) == ["purge_customer"]
    assert cards(page) == 1
    assert page.locator("output").inner_text() == f"1 of {everything} tools"
    page.get_by_role("button", name="Show all").click()
    assert (len(names(page)), cards(page)) == (everything, everything)
    page.get_by_role("combobox", name="Flag").select_option(label="Shadowing Risk")
    assert names(page) == ["find_orders"]
    page.get_by_role("combobox", name="Flag").select_option(label="any")
    page.get_by_role("combobox", name="Risk").select_option(label="Destructive")
    assert sorted(names(page)) == ["process", "purge_customer"]
    page.reload()
    assert sorted(names(page)) == ["process", "purge_customer"]
    page.get_by_role("button", name="Show all").click()
    page.locator(".chip").first.click()
    assert 0 < len(names(page)) == cards(page) < everything


def test_a_link_opens_with_its_state_and_a_hidden_card_is_shown_when_asked_for(visit, rich):
    page = visit(rich, "#!q=purge")
    assert cards(page) == 1
    page.evaluate("location.hash = 'tool-get_order'")
    page.wait_for_timeout(50)
    assert page.locator("#tool-get_order").is_visible()
    page.go_back()
    page.wait_for_timeout(50)
    assert cards(page) == 1


def test_a_marked_word_tells_its_facts_by_mouse_and_by_keyboard(visit, rich):
    page = visit(rich)
    mark = page.locator("#tool-purge_customer .m").first
    mark.scroll_into_view_if_needed()
    mark.hover()
    tip = page.get_by_role("tooltip")
    assert "-3" in tip.inner_text()
    assert "Behavior: Do the words contradict the annotations?" in tip.inner_text()
    page.keyboard.press("Escape")
    assert tip.count() == 0
    mark.focus()
    assert mark.get_attribute("aria-describedby") == tip.get_attribute("id")
    box = tip.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280


def test_the_keyboard_alone_reaches_and_works_everything(visit, rich):
    page = visit(rich)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_timeout(50)
    assert page.evaluate("document.querySelector('.tools').getBoundingClientRect().top") < 60
    page.keyboard.press("Tab")
    page.keyboard.type("purge")
    assert names(page) == ["purge_customer"]


def test_policies_are_copied(visit, rich):
    page = visit(rich, permissions=["clipboard-read", "clipboard-write"])
    button = page.locator("#tool-purge_customer .policy .copy").first
    button.click()
    page.wait_for_function("button => button.textContent === 'Copied'", arg=button.element_handle())
    assert page.evaluate("navigator.clipboard.readText()") == '{"version": "1", "default": "deny", "hide": ["<TOOL>"]}'


@pytest.mark.parametrize("width", [320, 768, 1920])
@pytest.mark.parametrize("name", ["rich", "several", "unmeasured", "empty"])
def test_no_width_makes_the_page_scroll_sideways(visit, sample, rich, name, width):
    page = visit(rich if name == "rich" else getattr(sample, name)(), viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_several_servers_begin_with_an_index_and_sort_apart(visit, sample):
    page = visit(sample.several())
    index = page.locator("main > .scroll table")
    index.get_by_role("button", name="Overall").click()
    assert index.locator("tbody tr th").all_inner_texts() == ["acme-orders 1.4.0", "broken-server"]
    page.locator("#server-1").get_by_role("searchbox").fill("purge")
    assert page.locator("#server-1 article:visible").count() == 1
    assert page.locator("#server-2 article:visible").count() == 1
    assert page.url.endswith("#!sort=overall&server-1.q=purge")


def test_it_prints_with_what_was_folded_and_without_what_only_works_on_a_screen(visit, rich):
    page = visit(rich)
    page.emulate_media(media="print")
    assert page.locator(".bar").first.is_hidden()
    assert page.locator(".copy").first.is_hidden()
    assert page.locator("#tool-purge_customer .faq dd").first.is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
