"""What the HTML page shows of a report: selected, put in order and given anchors; the templates only lay it out."""

from __future__ import annotations

from scorer.outputs.page.server import PageView, page_view

__all__ = ["PageView", "page_view"]
