"""`python -m scorer.catalog --write-pages [--check]`: the pages below `rubrics/`, written or compared."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from scorer.assets import asset_path
from scorer.catalog.calibration_page import PAGE, SOURCE, calibration_page
from scorer.catalog.load import load_rubric
from scorer.catalog.pages import write_pages
from scorer.catalog.risk_agreement import load_agreement
from scorer.catalog.risk_page import RISK_PAGE, risk_page
from scorer.catalog.risk_rules import load_risk_rules, load_rulings

if TYPE_CHECKING:
    from pathlib import Path


def all_pages(folder: Path) -> dict[str, str]:
    """Every generated page below the rubric's folder: the rubric's, the risk's, and the calibration's once there is one."""
    pages, document = write_pages(load_rubric()), folder / SOURCE
    if document.exists():
        pages[PAGE] = calibration_page(json.loads(document.read_text(encoding="utf-8")))
    pages[RISK_PAGE] = risk_page(load_risk_rules(), load_rulings(), load_agreement())
    return pages


def stale_pages(*, write: bool) -> list[str]:
    """Paths below `rubrics/` whose page differs from what the rubric gives, brought up to date if asked."""
    stale, folder = [], asset_path("rubrics")
    for name, text in all_pages(folder).items():
        path = folder / name
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
