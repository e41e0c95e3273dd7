"""The options of the commands, declared once; grouped as `--help` shows them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer


class Format(StrEnum):
    """How a report is written."""

    text = "text"
    json = "json"
    markdown = "markdown"
    html = "html"
    sarif = "sarif"
    github = "github"
    junit = "junit"
    gitlab = "gitlab"


class Color(StrEnum):
    """When the text report is coloured."""

    auto = "auto"
    always = "always"
    never = "never"


def _option(panel: str) -> Any:
    def declare(*names: str, help: str, **more: Any) -> Any:  # noqa: A002 - typer's word
        return typer.Option(
            *names, help=help, rich_help_panel=panel, show_default=more.pop("show_default", False), **more
        )

    return declare


_live, _config, _gate, _report, _shown, _judge = map(
    _option,
    (
        "A live server",
        "A client config",
        "The gate",
        "The report",
        "What is shown",
        "The judge (an LLM as second witness)",
    ),
)

Input = Annotated[
    str | None,
    typer.Argument(
        metavar="INPUT",
        help="A file of tool definitions, a folder of one-tool snapshots, a folder of source code (Python, TypeScript; read, never run), "
        "a client config (.mcp.json and the like), or - for stdin.",
        show_default=False,
    ),
]
Tree = Annotated[
    str, typer.Argument(metavar="PATH", help="A folder of source code, or one file of it.", show_default=False)
]
OnlyServer = Annotated[
    list[str] | None, typer.Option("--only", metavar="NAME", help="Only this server of the folder.", show_default=False)
]
Extracted = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write the definitions there instead of stdout.", show_default=False
    ),
]
Server = Annotated[
    str | None,
    _live("--server", metavar="CMD", help='Start this stdio server and list its tools: "npx -y some-server ."'),
]
Url = Annotated[str | None, _live("--url", metavar="URL", help="List the tools of this HTTP server.")]
Header = Annotated[
    list[str] | None, _live("--header", metavar="NAME:VALUE", help="Send this with --url; never shown. Repeatable.")
]
Env = Annotated[
    list[str] | None,
    _live(
        "--env",
        metavar="NAME[=VALUE]",
        help="Give this variable to a started server; nothing else is given. Repeatable.",
    ),
]
Cwd = Annotated[Path | None, _live("--cwd", metavar="DIR", help="Start the server in this folder.")]
Timeout = Annotated[
    float,
    _live("--timeout", metavar="SECONDS", help="How long a server may take to answer.", show_default=True),
]
SaveSnapshot = Annotated[
    Path | None,
    _live("--save-snapshot", metavar="FILE", help="Also write the definitions as read, sorted, to score again later."),
]
Only = Annotated[
    list[str] | None, _config("--only", metavar="NAME", help="Only this server of the config. Repeatable.")
]
Start = Annotated[
    bool, _config("--start", metavar="", help="Start the configured servers without asking. That runs somebody's code.")
]

FailUnder = Annotated[
    str | None,
    _gate("--fail-under", metavar="TIER|SCORE", help="Exit with 1 when the server scores less: B, or 3.2."),
]
FailUnderTool = Annotated[
    str | None, _gate("--fail-under-tool", metavar="TIER|SCORE", help="Exit with 1 when any tool scores less.")
]
FailOn = Annotated[
    list[str] | None,
    _gate(
        "--fail-on",
        metavar="FACT",
        help="Exit with 1 when this speaks against a tool: an id (usage/says-when), or all defects of a pattern (purpose/*). Repeatable.",
    ),
]
FailOnRisk = Annotated[
    list[str] | None,
    _gate(
        "--fail-on-risk",
        metavar="RULE",
        help="Exit with 1 when a tool's risk says so: critical-without-destructive-hint, destructive-without-destructive-hint, annotation-contradiction, unknown, critical, high, or a signal (poisoning). Repeatable.",
    ),
]
MaxDrop = Annotated[
    str | None,
    _gate(
        "--max-drop", metavar="POINTS", help="Exit with 1 when the server or a tool fell by more, beside --baseline."
    ),
]
BaselineOption = Annotated[
    str | None,
    _gate(
        "--baseline",
        metavar="FILE|git:REV",
        help="Show what changed since: a baseline or a JSON report, or the same input in a git revision. Only what is new or worse fails.",
    ),
]
ConfigOption = Annotated[
    Path | None,
    _gate(
        "--config",
        metavar="FILE",
        help="Read this configuration. Default: the nearest toolmark.toml or [tool.toolmark].",
    ),
]
NoConfig = Annotated[bool, _gate("--no-config", metavar="", help="Read no configuration.")]

FormatOption = Annotated[
    Format,
    _report(
        "--format",
        "-f",
        metavar="FORMAT",
        help="text, json, markdown, html, sarif, github (annotations), junit or gitlab (code quality): what goes to stdout, or to --output.",
        show_default=True,
    ),
]
Output = Annotated[
    Path | None, _report("--output", "-o", metavar="FILE", help="Write the report there instead of stdout.")
]
Json = Annotated[Path | None, _report("--json", metavar="FILE", help="Also write the JSON report there.")]
Markdown = Annotated[Path | None, _report("--markdown", metavar="FILE", help="Also write the Markdown report there.")]
Html = Annotated[Path | None, _report("--html", metavar="FILE", help="Also write the HTML report there.")]
Sarif = Annotated[Path | None, _report("--sarif", metavar="FILE", help="Also write SARIF there, for code scanning.")]
Name = Annotated[str | None, _report("--name", metavar="NAME", help="Call the server this in the report.")]
ColorOption = Annotated[
    Color, _report("--color", metavar="WHEN", help="Colour the text report: auto, always or never.", show_default=True)
]
AllowEmpty = Annotated[
    bool, _report("--allow-empty", metavar="", help="A server without tools is fine (else exit code 2).")
]
Quiet = Annotated[bool, _report("--quiet", "-q", metavar="", help="Say nothing on stderr but errors.")]

ToolName = Annotated[
    list[str] | None,
    _shown("--tool", metavar="NAME", help="Show only this tool; its siblings still count. Repeatable."),
]
Select = Annotated[
    list[str] | None,
    _shown("--select", metavar="FACT", help="Show only these facts ('parameters/*'); no score changes. Repeatable."),
]
Ignore = Annotated[
    list[str] | None, _shown("--ignore", metavar="FACT", help="Do not show these facts; no score changes. Repeatable.")
]

Judge = Annotated[
    bool,
    _judge("--judge", metavar="", help="Ask an LLM the same questions. Needs ANTHROPIC_API_KEY and costs money."),
]
Model = Annotated[
    str | None, _judge("--model", metavar="NAME", help="Which model judges. Default: the rubric's, see rubrics/judge.")
]
JudgeUrl = Annotated[
    str | None,
    _judge(
        "--judge-url", metavar="URL", help="Another server that speaks the Messages API. Default: ANTHROPIC_BASE_URL."
    ),
]
JudgeCache = Annotated[
    Path | None,
    _judge(
        "--judge-cache",
        metavar="FILE",
        help="Where answers are kept: SQLite, or a .json file to commit. Default: judge.sqlite in the user's cache folder.",
    ),
]
JudgeCached = Annotated[
    bool, _judge("--judge-cached", metavar="", help="Use kept answers alone: no key, no network, no cost.")
]
Votes = Annotated[
    int | None,
    _judge(
        "--votes",
        metavar="N",
        min=1,
        max=9,
        help="The most answers per tool, where the first leaves a doubt. Default: 3.",
    ),
]
Jobs = Annotated[int | None, _judge("--jobs", metavar="N", min=1, max=64, help="Calls at once. Default: 8.")]
MaxCost = Annotated[
    float | None, _judge("--max-cost", metavar="USD", min=0, help="Spend no more than this; checked before and during.")
]
DryRun = Annotated[bool, _judge("--dry-run", metavar="", help="Say what judging would cost, and stop.")]
