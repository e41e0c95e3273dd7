"""How large and how fast the HTML page is, measured in Chromium: `python tests/bench/page.py [500] [REPORT.json ...]`.

Not a test: times depend on the machine. Without reports the tools are generated, with a risk and a policy for each as far as the
engine gives one. Medians of several openings; sorting is measured to the end of the layout that it causes.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "helpers"))

import chromium
import generate
from playwright.sync_api import sync_playwright

from scorer import load, score
from scorer.outputs import render
from scorer.outputs.json import parse

ROUNDS = 5
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
LOADED = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
SORT = """() => [...document.querySelectorAll(".tools thead button")].map((button) => {
  const before = performance.now();
  button.click();
  document.body.getBoundingClientRect();
  return performance.now() - before;
})"""
FILTER = """() => {
  const bar = document.querySelector("form[data-bar]");
  const times = [];
  for (const text of ["export", "e", ""]) {
    const before = performance.now();
    bar.elements.q.value = text;
    bar.dispatchEvent(new Event("input", {bubbles: true}));
    document.body.getBoundingClientRect();
    times.push(performance.now() - before);
  }
  return Math.max(...times);
}"""


def generated(count: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tools.json"
        path.write_text(json.dumps(generate.tools(count)), encoding="utf-8")
        return render(score(load(path)), "html")


def cpu(session) -> float:
    """Milliseconds of script, style and layout on the page's main thread, which a busy machine does not stretch much."""
    found = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return 1000 * (found["ScriptDuration"] + found["RecalcStyleDuration"] + found["LayoutDuration"])


def sort_cpu(page, session) -> float:
    times = []
    for place in range(page.locator(".tools thead button").count()):
        before = cpu(session)
        page.evaluate(
            f"document.querySelectorAll('.tools thead button')[{place}].click(), document.body.getBoundingClientRect()"
        )
        times.append(cpu(session) - before)
    return max(times)


def measured(browser, page_file: Path) -> dict[str, float]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(page_file.as_uri())
    page.wait_for_function(PAINTED)
    seen = {"paint": page.evaluate(PAINTED), "ready": page.evaluate(LOADED), "sort": max(page.evaluate(SORT)), "filter": page.evaluate(FILTER), "cpu": sort_cpu(page, session)}  # fmt: skip
    page.close()
    return seen


def report(what: str, value: str, mark: str) -> None:
    print(f"{what:32}{value:>14}   {mark}")


def bench(browser, name: str, html: str, folder: Path) -> None:
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    runs = [measured(browser, path) for _ in range(ROUNDS)]
    middle = {key: median(run[key] for run in runs) for key in runs[0]}
    print(name)
    report("  size", f"{len(html.encode()) / 1e6:.2f} MB", "under 6 MB for 500 tools")
    report("  first contentful paint", f"{middle['paint']:.0f} ms", "under 1000 ms")
    report("  parsed, script at work", f"{middle['ready']:.0f} ms", "")
    report("  sorting, slowest column", f"{middle['sort']:.0f} ms", "under 100 ms")
    report("  the same, processor time", f"{middle['cpu']:.0f} ms", "")
    report("  searching, slowest of three", f"{middle['filter']:.0f} ms", "")


def main() -> None:
    counts = [int(word) for word in sys.argv[1:] if word.isdigit()]
    files = [Path(word) for word in sys.argv[1:] if not word.isdigit()]
    pages = {f"{count} generated tools": generated(count) for count in counts or ([] if files else [500])}
    pages |= {str(file): render(parse(file.read_text(encoding="utf-8")), "html") for file in files}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=chromium.find() or sys.exit(chromium.ADVICE), args=chromium.FLAGS
        )
        for name, html in pages.items():
            bench(browser, name, html, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
