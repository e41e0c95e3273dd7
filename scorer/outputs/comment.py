"""The comment on a pull request: what moved, why, and what to do first; nothing of it may be more than text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.outputs import changes
from scorer.outputs.escape import html_text
from scorer.outputs.escape import markdown_text as md
from scorer.outputs.markdown import changed_row, example, gate_block, risk_block
from scorer.outputs.words import gain, grade, named, servers
from scorer.text.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorer.models.card import Report, Reports
    from scorer.models.comparison import DimensionChange

# GitHub takes 65,536 characters, counted as JavaScript does.
LIMIT = 65_536
_HEADER = ("| Tool | Before | After | Why | Tokens | First fix |", "|:--|--:|--:|:--|--:|:--|")


def changed(document: Report | Reports) -> bool:
    """Whether any definition was added, removed, renamed or edited since the earlier report."""
    seen = [one.comparison for one in servers(document) if one.comparison]
    return any(tool.change != "unchanged" for one in seen for tool in one.tools)


def render(document: Report | Reports, marker: str, *, artifact: str = "", limit: int = LIMIT) -> str:
    """The comment's Markdown, which opens with `marker`, an HTML comment.

    artifact: address of the whole report, "" for none. Rows and details that do not fit into `limit` are counted instead.
    """
    parts = servers(document)
    foot = _foot(document, artifact)
    room = limit - size(marker) - size(foot) - 10
    share = room // max(len(parts), 1)
    blocks = [_server(one, share - 4) for one in parts]
    return "\n\n".join([marker, *blocks, foot]) + "\n"


def size(text: str) -> int:
    """Characters as JavaScript counts them: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _server(report: Report, room: int) -> str:
    seen = report.comparison
    score = report.server_score
    head = [f"## {md(named(report), 100)}: {grade(score.overall_score, score.overall_tier)}"]
    if seen is None:
        return "\n\n".join([*head, "Not compared: there is no earlier state of this server to compare with."])
    if all(one.change == "unchanged" for one in seen.tools):
        return "\n\n".join([*head, "No tool definition differs."])
    names = changes.labels(report)
    head.append(f"{md(f'Since {seen.against[:100]}: {changes.headline(seen)}')}.")
    if not seen.same_rubric:
        head.append("*Another rubric graded the earlier state, so scores may have moved by themselves.*")
    verdict = gate_block(report)
    head += [verdict] if verdict else []
    risks = risk_block(report)
    head += [risks] if risks else []
    sets = [f"- {md(changes.step(one, names), 100)}" for one in seen.server_dimensions]
    head += ["\n".join(sets)] if sets else []
    text = "\n\n".join(head)
    rows = changes.moved(report)
    table = _fitting([changed_row(row, names) for row in rows], room - size(text) - 400, _HEADER, "tool")
    details = _fitting(list(_details(rows, names)), room - size(text) - size(table) - 300, (), "tool's detail")
    return "\n\n".join(part for part in (text, table, details) if part)


def _fitting(rows: Sequence[str], room: int, header: Sequence[str], noun: str) -> str:
    """The rows that fit, whole ones, and a line that counts the others."""
    kept, used = list(header), sum(size(row) + 1 for row in header)
    for index, row in enumerate(rows):
        used += size(row) + 1
        if used > room:
            rest = counted(len(rows) - index, f"more {noun}")
            return "\n".join([*kept, "", f"*{rest} in the whole report.*"])
        kept.append(row)
    return "\n".join(kept) if rows else ""


def _details(rows: Sequence[changes.Moved], names: dict[str, str]) -> Iterator[str]:
    for row in rows:
        lines = [_dimension(one, names) for one in (*row.lost, *row.won)] + list(_edits(row))
        if lines:
            title = f"<code>{html_text(row.change.name, 64)}</code>: what moved, and what to do"
            yield "\n".join([f"<details><summary>{title}</summary>", "", *lines, "", "</details>"])


def _dimension(one: DimensionChange, names: dict[str, str]) -> str:
    said = changes.reasons(one, most=10)
    return f"- {md(changes.step(one, names), 100)}{f': {md(said, 600)}' if said else ''}"


def _edits(row: changes.Moved) -> Iterator[str]:
    if row.card is None or row.change.change == "removed":
        return
    for fix in row.card.fixes[:3]:
        place = f" ({md(fix.place.file, 200)}:{fix.place.line})" if fix.place and fix.place.file else ""
        yield f"1. {md(fix.text)} ({gain(fix)}){place}{example(fix)}"


def _foot(document: Report | Reports, artifact: str) -> str:
    first = next(iter(servers(document)), None)
    graded = f"{md(first.graded_by, 60)}, rubric {md(first.rubric_version, 20)}" if first else "toolmark"
    # The address is the host's own and is only shown where it can be nothing else than one.
    link = (
        f" [Whole report]({artifact})."
        if artifact.startswith("https://") and not set(artifact) & set("()<> \n\"'")
        else ""
    )
    return f"<sub>Scores are 1 to 5, by {graded}.{link}</sub>"
