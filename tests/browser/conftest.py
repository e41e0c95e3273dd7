"""A real browser: Debian's Chromium driven by Playwright, opened once."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import chromium
import pytest
from playwright.sync_api import sync_playwright

from scorer.outputs import render


def chromium_path() -> str:
    """Where the browser is. Without one the tests fail, unless somebody says that there is none."""
    found = chromium.find()
    if found:
        return found
    if os.environ.get("TOOLMARK_NO_BROWSER") == "1":
        pytest.skip("TOOLMARK_NO_BROWSER=1: the page was not tried in a browser")
    pytest.fail(f"{chromium.ADVICE}, or leave these tests out with TOOLMARK_NO_BROWSER=1")


# For a module, not the session: Playwright keeps an event loop running, and other tests start their own.
@pytest.fixture(scope="module")
def browser():
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample():
    path = Path(__file__).parent.parent / "outputs" / "sample.py"
    spec = importlib.util.spec_from_file_location("outputs_sample", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """A function report -> the file that its page was written to; the same report is written once."""
    files: dict[int, tuple[object, Path]] = {}

    def write(report) -> Path:
        if id(report) not in files:
            path = tmp_path_factory.mktemp("page") / "report.html"
            path.write_text(render(report, "html"), encoding="utf-8")
            files[id(report)] = (report, path)
        return files[id(report)][1]

    return write


@pytest.fixture(scope="session")
def rich(sample):
    return sample.rich()


@pytest.fixture
def visit(browser, written):
    """A function (report, address part, context options) -> the page, opened from a file; errors on it fail the test."""
    contexts, wrong = [], []

    def open_page(report, hash: str = "", **options):  # noqa: A002 - the address's word
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        page.goto(written(report).as_uri() + hash)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []
