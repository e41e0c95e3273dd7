"""`toolmark improve`."""
# ruff: noqa: PLC0415 - `--help` needs none of it

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scorer.cli import console, inputs, judged, narrowing, options, writing
from scorer.cli.ask import Ask
from scorer.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorer.improve.drafts import Improvement
    from scorer.models.tool import ToolSet

Name = Annotated[str, typer.Argument(metavar="TOOL", help="The tool to improve.", show_default=False)]
Source = Annotated[
    str | None,
    typer.Argument(metavar="[INPUT]", help="Where its server's definitions are, as for `score`.", show_default=False),
]
Code = Annotated[
    Path | None,
    typer.Option(
        "--source",
        metavar="FILE",
        help="Code that implements it: what stands there counts as known.",
        show_default=False,
    ),
]
Budget = Annotated[
    int | None,
    typer.Option(
        "--budget",
        metavar="TOKENS",
        min=20,
        help="The most tokens that the new definition may have.",
        show_default=False,
    ),
]
Write = Annotated[
    bool,
    typer.Option(
        "--write", metavar="", help="Put an accepted draft into the JSON file it came from.", show_default=False
    ),
]
NOT_BETTER = 1


def improve(  # noqa: PLR0913 - a command line has that many options
    tool: Name,
    source: Source = None,
    *,
    server: options.Server = None,
    url: options.Url = None,
    header: options.Header = None,
    env: options.Env = None,
    cwd: options.Cwd = None,
    timeout: options.Timeout = 30.0,
    only: options.Only = None,
    start: options.Start = False,
    code: Code = None,
    budget: Budget = None,
    write: Write = False,
    model: options.Model = None,
    judge_url: options.JudgeUrl = None,
    judge_cache: options.JudgeCache = None,
    max_cost: options.MaxCost = None,
    quiet: options.Quiet = False,
) -> None:
    """Draft a better definition of one tool, grade it by both witnesses, and show the difference.

    - `toolmark improve get_order tools.json`
    - `toolmark improve get_order tools.json --source src/orders.py --write`

    Only what the definition or the source says is used; what a person must confirm is listed with a question mark. A draft that scores
    no better, claims what is not known or grows more than it earns is refused (exit code 1). Nothing is written without --write.
    """
    _refuse_swapped(tool, source)
    ask = Ask(source, server, url, header or (), env or (), cwd, timeout, only or (), start)
    found = inputs.read(ask, quiet=quiet)
    if len(found) != 1:
        raise UsageError("improve works on one server at a time", "Choose it with --only NAME.")
    narrowing.refuse_unknown([tool], [one.name for one in found[0].tools])
    wanted = judged.Wanted(True, model, judge_url, judge_cache, False, 1, None, max_cost, False, quiet)
    text = code.read_text(encoding="utf-8", errors="replace") if code else ""
    result = _improved(found[0], tool, text, budget, wanted)
    writing.write_stdout("\n".join(_told(result)))
    if result.refused is not None:
        raise typer.Exit(NOT_BETTER)
    if write:
        _write(result)


def _refuse_swapped(tool: str, source: str | None) -> None:
    """The tool's name comes first, as in every sentence about it; a file in its place is a slip that no list of tools explains."""
    named = Path(tool).exists() or tool.endswith(".json")
    if source is not None and source != "-" and named and not Path(source).exists():
        raise UsageError(
            f"{tool} is a file where the tool's name belongs", f"The tool comes first: toolmark improve {source} {tool}"
        )


def _improved(tools: ToolSet, name: str, code: str, budget: int | None, wanted: judged.Wanted) -> Improvement:
    from scorer.improve.drafts import Drafter

    with judged.working([tools], wanted) as panel:
        drafter = Drafter(tools, panel, judged.make(panel.model, panel.rules, wanted), budget=budget)
        result = drafter.improve(name, code)
        console.show_progress("")
        if not wanted.quiet:
            console.say(f"Asked {panel.model}: {judged.usage(panel.spent)}")
    return result


def _told(result: Improvement) -> Iterator[str]:
    if result.diff:
        yield result.diff
        yield ""
    before, after = result.before, result.after
    if after is not None:
        yield f"TDQS {before.tdqs} {before.tier} -> {after.tdqs} {after.tier}; tokens {before.tokens} -> {after.tokens} ({result.grown:+d})"
        moved = [
            f"{key} {was} -> {after.scores[key]}" for key, was in before.scores.items() if was != after.scores[key]
        ]
        yield f"Moved: {', '.join(moved)}" if moved else "No dimension moved."
    if result.confirm:
        yield f"To confirm: {'; '.join(result.confirm)}"
    if result.refused is not None:
        yield f"Refused: {result.refused}."


def _write(result: Improvement) -> None:
    origin, new = result.tool.origin, result.improved
    if new is None or origin.file is None or not origin.file.endswith((".json", ".snap")):
        for reference in result.tool.references[:1]:
            console.say(f"Suggestion for {reference.file}:{reference.line}; source is never edited:")
        writing.write_stdout(json.dumps(new.definition if new else {}, indent=2, ensure_ascii=False))
        return
    path = Path(origin.file)
    text = path.read_text(encoding="utf-8")
    writing.write_file(path, _replaced(text, origin.pointer, result))
    console.say(f"Wrote {path}")


def _replaced(text: str, pointer: str, result: Improvement) -> str:
    """The file with the definition's new words at its pointer; indentation as it was."""
    from scorer.improve.applying import resolve

    document = json.loads(text)
    entry = resolve(document, pointer)
    if not isinstance(entry, dict) or entry.get("name") != result.tool.name or result.improved is None:
        raise InputError("the definition has another shape in its file", "Copy the draft from the difference above.")
    _put(entry, result.improved.definition)
    indent = next((len(line) - len(line.lstrip()) for line in text.splitlines() if line[:1] == " "), 2)
    return json.dumps(document, indent=indent, ensure_ascii=False) + "\n"


def _put(entry: dict[str, Any], new: dict[str, Any]) -> None:
    entry["description"] = new["description"]
    for key in ("inputSchema", "input_schema", "parameters"):
        if key in entry and "inputSchema" in new:
            entry[key] = new["inputSchema"]
    if "annotations" in new:
        entry["annotations"] = new["annotations"]
