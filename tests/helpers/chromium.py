"""Where Chromium is, and how it is started: for the browser tests, the bench and the screenshots."""

from __future__ import annotations

import os
import shutil

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update"
    " --disable-sync --font-render-hinting=none --disable-lcd-text"
).split()
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ADVICE = "no Chromium found: install it (Debian: apt-get install chromium), or name one with TOOLMARK_CHROMIUM"


def find() -> str | None:
    """The browser's path, None if there is none."""
    return os.environ.get("TOOLMARK_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
