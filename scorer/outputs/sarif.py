"""SARIF 2.1.0, for code scanning: each result at its line, with a fingerprint that lines do not move."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from scorer.models.gate import ABOUT
from scorer.outputs.escape import folded, markdown_text
from scorer.outputs.results import Result, results
from scorer.outputs.words import servers
from scorer.version import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorer.models.card import FactText, Report, Reports
    from scorer.models.fact import Place
    from scorer.models.tool import Reference

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report | Reports) -> str:
    """One run for each server."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(one) for one in servers(report)]}
    return json.dumps(log, indent=2, ensure_ascii=True) + "\n"


def _run(report: Report) -> dict[str, Any]:
    found = results(report)
    rules = list(dict.fromkeys(one.rule for one in found))
    driver = {
        "name": "toolmark",
        "semanticVersion": _version(report),
        "informationUri": REPOSITORY,
        "rules": [_rule(rule, report) for rule in rules],
    }
    return {
        "tool": {"driver": driver},
        # Distinguishes the servers of one repository, so that one upload does not close another's alerts.
        "automationDetails": {"id": f"toolmark/{folded(report.server.name, 100)}/"},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, rules, report) for one in found],
    }


def _version(report: Report) -> str:
    return report.graded_by.split(" ")[1] if " " in report.graded_by else "0"


def _page(text: FactText, report: Report) -> str:
    """The address of what the project says of a fact, in the version that graded."""
    folder = "server" if any(one.id == text.dimension for one in report.legend.server_dimensions) else "tool"
    anchor = text.id.replace("/", "")
    return f"{REPOSITORY}/blob/v{_version(report)}/rubrics/{folder}/{quote(text.dimension)}.md#{quote(anchor)}"


def _rule(rule: str, report: Report) -> dict[str, Any]:
    text = report.legend.facts.get(rule)
    if text is None:
        short, why = ABOUT[rule][:2] if rule in ABOUT else _about_risk(rule, report)
        return {"id": rule, "shortDescription": {"text": short}, "help": {"text": f"{short} {why}".strip()}}
    plain = f"{text.question}\n\n{text.why}\n\n{text.remedy}"
    example = f"\n\nBefore: {text.before}\nAfter: {text.after}" if text.before and text.after else ""
    shown = f"\n\nBefore: {markdown_text(text.before)}\n\nAfter: {markdown_text(text.after)}" if example else ""
    return {
        "id": rule,
        "name": "".join(part.capitalize() for part in rule.replace("/", "-").split("-")),
        "shortDescription": {"text": text.question},
        "fullDescription": {"text": text.why or text.question},
        "help": {
            "text": f"{plain}{example}",
            "markdown": f"**{text.question}**\n\n{text.why}\n\n{text.remedy}{shown}\n\n`toolmark explain {rule}` says more.",
        },
        "helpUri": _page(text, report),
        "properties": {"tags": [text.dimension]},
    }


def _about_risk(rule: str, report: Report) -> tuple[str, str]:
    """What a rule on a risk signal means, as the report words it."""
    signal = rule.removeprefix("risk/").replace("-", "_")
    text = report.risk.signal_texts.get(signal) if report.risk else None
    return (f"{text.label}.", f"{text.means} {text.advice}") if text else (rule, "")


def _result(one: Result, rules: Sequence[str], report: Report) -> dict[str, Any]:
    fix = f" {one.fix}" if one.fix else ""
    found: dict[str, Any] = {
        "ruleId": one.rule,
        "ruleIndex": rules.index(one.rule),
        "level": one.level,
        "message": {"text": f"{one.message}{fix}"},
        "locations": [_location(one, report)],
        "partialFingerprints": {"toolmark/v1": one.fingerprint(report.server.name)},
    }
    if one.suppressed is not None:
        found["suppressions"] = [{"kind": "external", "status": "accepted", "justification": folded(one.suppressed)}]
    return found


def _location(one: Result, report: Report) -> dict[str, Any]:
    name = folded(one.tool or report.server.name, 200)
    pointer = one.place.pointer if one.place else ""
    logical = {"name": name, "kind": "function" if one.tool else "module", "fullyQualifiedName": f"{name}{pointer}"}
    physical = _physical(one.place)
    if physical and one.lines and one.place and one.lines.file == one.place.file:
        physical["contextRegion"] = _context(one.lines)
    return {"logicalLocations": [logical], **({"physicalLocation": physical} if physical else {})}


def _physical(place: Place | None) -> dict[str, Any] | None:
    if place is None or not place.file:
        return None
    region = {"startLine": place.line or 1, "startColumn": place.column or 1}
    return {"artifactLocation": {"uri": uri(place.file), "uriBaseId": "%SRCROOT%"}, "region": region}


def _context(lines: Reference) -> dict[str, Any]:
    """The source that the fix changes, as it is now."""
    return {"startLine": lines.line, "endLine": lines.end_line, "snippet": {"text": lines.code}}


def uri(file: str) -> str:
    """A relative path as a URI reference."""
    return quote(file.replace("\\", "/").removeprefix("./"))
