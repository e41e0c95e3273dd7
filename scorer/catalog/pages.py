"""The rubric as Markdown: a page per dimension, a section per fact, and an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.models.rubric import DimensionRubric, FactRule, Rubric

_NOTE = "<!-- Generated from the YAML beside it by `python -m scorer.catalog --write-pages`. -->\n"


def write_pages(rubric: Rubric) -> dict[str, str]:
    """Every generated page by its path below `rubrics/`."""
    groups = (("tool", rubric.tool), ("server", rubric.server))
    pages = {f"{group}/{d.id}.md": _NOTE + "\n" + dimension_page(d, rubric) for group, ds in groups for d in ds}
    pages["README.md"] = _NOTE.replace("beside it", "below") + "\n" + _index(rubric)
    return pages


def dimension_page(dimension: DimensionRubric, rubric: Rubric) -> str:
    """One dimension with its anchors, its scorecard and all of its facts."""
    whole = "a tool's score" if dimension in rubric.tool else "a server's coherence"
    lines = [f"# {dimension.label}", "", f"`{dimension.id}`, {dimension.weight} % of {whole}.", ""]
    lines += [dimension.question, "", f"**Why it matters.** {dimension.why}", "", "## Scores", ""]
    lines += ["| Score | Means |", "|---|---|", *(f"| {score} | {_cell(text)} |" for score, text in dimension.anchors)]
    lines += ["", _how(dimension), "", "## Facts", "", "| Fact | Kind | Points |", "|---|---|---|"]
    lines += [f"| [{rule.id}](#{_anchor(rule.id)}) | {rule.kind} | {_points(rule)} |" for rule in dimension.facts]
    for rule in dimension.facts:
        lines += ["", *_fact(rule, 3)]
    return "\n".join(lines) + "\n"


def fact_page(rule: FactRule, rubric: Rubric) -> str:
    """One fact, under the same headings as in its dimension's page."""
    dimension = next(d for d in (*rubric.tool, *rubric.server) if d.id == rule.dimension)
    first, *rest = _fact(rule, 1)
    return "\n".join([first, "", f"A {rule.kind} of {dimension.label} (`{dimension.id}`).", *rest]) + "\n"


def _how(dimension: DimensionRubric) -> str:
    text = (
        f"The score starts at {dimension.base}; each fact that holds adds its points, caps and gates follow, "
        "and the sum is rounded half up to 1-5."
    )
    return text + (" Not measurable where the input schema is unknown." if dimension.needs_schema else "")


def _fact(rule: FactRule, level: int) -> Iterator[str]:
    heading = "#" * (level + 1)
    yield from ("#" * level + f" {rule.id}", "", f"{heading} Question", "", rule.question)
    yield from ("", f"{heading} Why it matters", "", rule.why)
    yield from ("", f"{heading} Remedy", "", rule.remedy or "None: this is a note.")
    if rule.before or rule.after:
        yield from ("", f"{heading} Before", "", *_block(rule.before))
        yield from ("", f"{heading} After", "", *_block(rule.after))
    yield from ("", f"{heading} Points", "", _points(rule) + ".")


def _block(text: str) -> list[str]:
    return ["```text", *text.splitlines(), "```"] if text else ["Nothing to show."]


def _points(rule: FactRule) -> str:
    parts = [f"{rule.points:+.1f}" if rule.points else "0"]
    if rule.cap is not None:
        parts.append(f"caps the score at {rule.cap}")
    if rule.gate is not None:
        parts.append(f"sets the score to {rule.gate}")
    if rule.flag is not None:
        parts.append(f"raises the flag {rule.flag}")
    return ", ".join(parts[1:] if len(parts) > 1 and not rule.points else parts)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _anchor(fact: str) -> str:
    """GitHub's anchor for a heading: the slash goes, the hyphens stay."""
    return fact.replace("/", "")


def _index(rubric: Rubric) -> str:
    lines = ["# The rubric", "", f"Rubric {rubric.version}, specification {rubric.spec_version}.", ""]
    lines += ["A fact is a yes/no question about a definition. Facts give a dimension its points, dimensions give the"]
    lines += [
        "tool its score, tools and the set give the server its score. `toolmark explain ID` prints these pages.",
        "",
    ]
    lines += ["| Tier | From |", "|---|---|", *(f"| {tier.letter} | {tier.at_least} |" for tier in rubric.tiers)]
    for title, group, dimensions in (("One tool", "tool", rubric.tool), ("The whole set", "server", rubric.server)):
        lines += ["", f"## {title}", "", "| Dimension | Weight | Question | Facts |", "|---|---|---|---|"]
        lines += [
            f"| [{d.label}]({group}/{d.id}.md) | {d.weight} % | {_cell(d.question)} | {len(d.facts)} |"
            for d in dimensions
        ]
    return "\n".join([*lines, "", *_rollup(rubric)]) + "\n"


def _rollup(rubric: Rubric) -> list[str]:
    limits = rubric.limits
    return [
        "## From tools to a server",
        "",
        f"- Description quality: {limits.mean_share} % of the tools' mean and {limits.min_share} % of the worst tool.",
        f"- Overall: {limits.description_share} % description quality and {limits.coherence_share} % coherence.",
        f"- Published once {limits.published_share} % of the tools are scored; a dimension below {limits.smell_below} is a smell.",
        "- Every rounding is half up to one decimal, in integers.",
    ]
