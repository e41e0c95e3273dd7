"""Pictures of the sample page, taken in Chromium; `screenshots.json` keeps which page they show."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tests" / "helpers"))

import chromium

FOLDER = Path(__file__).resolve().parent
KEPT = FOLDER / "screenshots.json"


class Shot(NamedTuple):
    """A picture: its file, the window's size, the theme, and where on the page it opens ("" for the top)."""

    name: str
    width: int
    height: int
    theme: str
    anchor: str = ""


SHOTS = (
    Shot("page-light.png", 1140, 860, "light"),
    Shot("card-dark.png", 1140, 860, "dark", "#tool-reserve_book"),
    Shot("phone-light.png", 390, 844, "light"),
)


def shown(html: str) -> str:
    """What is kept of a page: enough to tell another one."""
    return hashlib.sha256(html.encode()).hexdigest()[:16]


def are_current(html: str) -> bool:
    """Whether the pictures are there, and show this page."""
    known = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    return known.get("page") == shown(html) and all((FOLDER / shot.name).exists() for shot in SHOTS)


def take(page_file: Path, html: str) -> None:
    """Take them all again."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - `--check` needs no browser

    path = chromium.find()
    if not path:
        sys.exit(f"no screenshots without a browser: {chromium.ADVICE}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        for shot in SHOTS:
            page = browser.new_page(viewport={"width": shot.width, "height": shot.height}, color_scheme=shot.theme)
            page.goto(page_file.as_uri() + shot.anchor)
            page.screenshot(path=FOLDER / shot.name)
        browser.close()
    KEPT.write_text(json.dumps({"page": shown(html)}) + "\n", encoding="utf-8")
