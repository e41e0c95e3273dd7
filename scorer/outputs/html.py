"""The report as one page that needs nothing but itself: no request, readable without its script, on paper and on a phone."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from scorer.assets import read_asset
from scorer.outputs import second, words
from scorer.outputs.escape import clipped, folded, visible
from scorer.outputs.page import page_view
from scorer.outputs.page.glossary import short
from scorer.outputs.templates import templates

if TYPE_CHECKING:
    from jinja2 import Environment

    from scorer.models.card import Report, Reports

# A text node needs no quotes escaped; JSON has many.
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_TICKS = re.compile(r"`([^`\n]+)`")
_SEVERITIES = {"low": "s5", "medium": "s4", "high": "s2", "critical": "s1"}


def render(report: Report | Reports) -> str:
    """The page of one server or of several. Raises RubricError when a template is not installed."""
    style, script = _own("report.css"), _own("report.js")
    template = _environment().get_template("report.html.j2")
    page = template.render(page=page_view(report), style=style, script=script, policy=_policy(style, script))
    return page + "\n"


def _own(name: str) -> Markup:
    """A text of ours, which goes into the page as it is."""
    return Markup(read_asset(f"templates/{name}"))  # noqa: S704 - nothing of a report is in it


def _policy(style: str, script: str) -> str:
    """A content security policy that lets this style and this script in, and nothing else: no address, no attribute, no form."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    environment = templates()
    environment.filters |= {"plain": _plain, "ticked": _ticked}
    environment.globals |= {
        "clipped": clipped,
        "folded": folded,
        "gain": words.gain,
        "middle": _middle,
        "named": words.named,
        "number": words.number,
        "partly": words.partly,
        "plan_title": words.plan_title,
        "points": words.points,
        "short": short,
        "severity_class": lambda severity: _SEVERITIES[severity],
        "told": second.told,
    }
    return environment


def _middle(name: str, most: int = 96) -> str:
    """A name that is longer than a table has room for, cut in the middle: names of one family differ at their ends."""
    return name if len(name) <= most else f"{name[: most // 2]}…{name[-(most // 2) + 1 :]}"


def _plain(text: str) -> Markup:
    """Escaped for a text node alone, never for an attribute."""
    return Markup(visible(text).translate(_TEXT))  # noqa: S704 - escaped in the same line


def _ticked(text: str) -> Markup:
    """A sentence of ours with what stands between backticks as code; a lone backtick stays."""
    parts = _TICKS.split(visible(text).translate(_TEXT))
    return Markup("".join(f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts)))  # noqa: S704 - escaped above
