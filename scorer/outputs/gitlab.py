"""GitLab's code quality report: the widget of a merge request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scorer.outputs.results import Result, results
from scorer.outputs.words import servers

if TYPE_CHECKING:
    from scorer.models.card import Report, Reports

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def render(report: Report | Reports) -> str:
    """A JSON array of issues; suppressed findings are left out, since the format has no word for them."""
    found = [_issue(one, server) for server in servers(report) for one in results(server) if one.suppressed is None]
    return json.dumps(found, indent=2, ensure_ascii=True) + "\n"


def _issue(one: Result, report: Report) -> dict[str, Any]:
    place = one.place
    known = place is not None and place.file is not None
    path = place.file if place and place.file else report.server.location or report.server.name
    return {
        "description": f"{one.message} {one.fix}".strip(),
        "check_name": one.rule,
        "fingerprint": one.fingerprint(report.server.name),
        "severity": _SEVERITIES[one.level],
        "location": {"path": path.removeprefix("./"), "lines": {"begin": (place.line or 1) if place and known else 1}},
    }
