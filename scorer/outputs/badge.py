"""A server's grade as a badge: an SVG that needs nothing but itself, and the answer that shields.io's endpoint badge asks for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from scorer.outputs.escape import folded
from scorer.outputs.words import servers
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from scorer.models.card import Report, Reports

LABEL = "tool definitions"
# Dark enough for white letters (WCAG AA), and told apart by the letter anyway.
_COLORS = {"A": "#14693b", "B": "#41711d", "C": "#7d6000", "D": "#a84a08", "F": "#a8241c"}
_GREY, _LEFT = "#5b5f68", "#3d4048"
_LONGEST = 60
_HEIGHT = 20
# Widths of Verdana's characters at 11 pixels, roughly; `textLength` makes every other font fit them.
_NARROW, _WIDE = frozenset("fijlrtI.,:;'|()[]! "), frozenset("mwMW@%")


def svg(report: Report | Reports, label: str = LABEL) -> str:
    """The badge as SVG with a title for screen readers: `tool definitions | B 3.2`. For several servers the lowest grade."""
    left, right = folded(label, _LONGEST), message(report)
    title = f"{left}: {right}"
    a, b = _width(left) + 12, _width(right) + 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{a + b}" height="{_HEIGHT}" role="img" aria-label={quoteattr(title)}>'
        f'<title>{escape(title)}</title><clipPath id="r"><rect width="{a + b}" height="{_HEIGHT}" rx="3"/></clipPath>'
        f'<g clip-path="url(#r)"><rect width="{a}" height="{_HEIGHT}" fill="{_LEFT}"/>'
        f'<rect x="{a}" width="{b}" height="{_HEIGHT}" fill="{color(report)}"/></g>'
        '<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">'
        f"{_text(left, 6, a - 12)}{_text(right, a + 6, b - 12)}</g></svg>\n"
    )


def endpoint(report: Report | Reports, label: str = LABEL) -> str:
    """The same as JSON in the schema of shields.io's endpoint badge (version 1)."""
    known = {"schemaVersion": 1, "label": folded(label, _LONGEST), "message": message(report), "color": color(report)}
    return json.dumps(known, ensure_ascii=False, indent=2) + "\n"


def message(report: Report | Reports) -> str:
    """`B 3.2`; `C 2.9, lowest of 3 servers`; `not measurable`."""
    every, lowest = servers(report), _lowest(report)
    several = f", lowest of {counted(len(every), 'server')}" if len(every) > 1 else ""
    if lowest is None:
        return "not measurable"
    return f"{lowest.server_score.overall_tier or ''} {lowest.server_score.overall_score:.1f}".strip() + several


def color(report: Report | Reports) -> str:
    """The tier's colour as `#rrggbb`, grey for what was not measurable."""
    lowest = _lowest(report)
    return _COLORS.get((lowest and lowest.server_score.overall_tier) or "", _GREY)


def _lowest(report: Report | Reports) -> Report | None:
    """The server with the lowest grade; None when one of them has none, for nobody knows whether it is lower."""
    every = servers(report)
    scores = [one.server_score.overall_score for one in every]
    if not every or None in scores:
        return None
    return min(every, key=lambda one: one.server_score.overall_score or 0.0)


def _width(text: str) -> int:
    return round(sum(4.1 if sign in _NARROW else 10.2 if sign in _WIDE or ord(sign) > 0x2E7F else 7 for sign in text))


def _text(text: str, x: int, width: int) -> str:
    return f'<text x="{x}" y="14" textLength="{width}" lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
