"""`python -m scorer.catalog --write-pages [--check]`: the pages below `rubrics/`, written or compared."""

from __future__ import annotations

import argparse

from scorer.assets import asset_path
from scorer.catalog.load import load_rubric
from scorer.catalog.pages import write_pages


def stale_pages(*, write: bool) -> list[str]:
    """Paths below `rubrics/` whose page differs from what the rubric gives, brought up to date if asked."""
    stale = []
    for name, text in write_pages(load_rubric()).items():
        path = asset_path("rubrics") / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if write:
                path.write_text(text, encoding="utf-8")
    return stale


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m scorer.catalog", description=__doc__)
    parser.add_argument("--write-pages", action="store_true", required=True, help="bring the pages up to date")
    parser.add_argument(
        "--check", action="store_true", help="only name the pages that are stale, exit 1 if there are any"
    )
    asked = parser.parse_args()
    stale = stale_pages(write=not asked.check)
    raise SystemExit("\n".join(["Stale pages:", *stale]) if asked.check and stale else 0)
