"""`toolmark comment`."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import console, render, writing
from scorer.errors import InputError, UsageError

if TYPE_CHECKING:
    from scorer.github.sticky import Post

_KEY = re.compile(r"[A-Za-z0-9._-]{1,60}")

Pull = Annotated[
    int | None,
    typer.Option(
        "--pr",
        metavar="NUMBER",
        min=1,
        help="The pull request. Default: the one of the workflow's event.",
        show_default=False,
    ),
]
Repository = Annotated[
    str | None,
    typer.Option("--repo", metavar="OWNER/NAME", help="Default: GITHUB_REPOSITORY.", show_default=False),
]
Artifact = Annotated[
    str, typer.Option("--artifact-url", metavar="URL", help="Link the whole report.", show_default=False)
]
Key = Annotated[
    str, typer.Option("--key", metavar="KEY", help="Tells the comments of several jobs on one pull request apart.")
]
Author = Annotated[str, typer.Option("--author", metavar="LOGIN", help="Whose comments the token may keep up to date.")]
DryRun = Annotated[bool, typer.Option("--dry-run", metavar="", help="Print the comment, and send nothing.")]


def comment(  # noqa: PLR0913 - a command line has that many options
    report: render.Saved,
    *,
    pr: Pull = None,
    repo: Repository = None,
    artifact_url: Artifact = "",
    key: Key = "toolmark",
    author: Author = "github-actions[bot]",
    dry_run: DryRun = False,
) -> None:
    """Keep one comment on a pull request up to date, from a JSON report that was compared with a baseline.

    Needs GITHUB_TOKEN with `pull-requests: write`; with a token that may only read, as on forks, it says so and ends well.
    """
    from scorer.github.sticky import Post  # noqa: PLC0415 - likewise
    from scorer.outputs import comment as page  # noqa: PLC0415 - pydantic, not for `--help`
    from scorer.outputs.json import parse  # noqa: PLC0415 - likewise
    from scorer.outputs.words import servers  # noqa: PLC0415 - likewise

    if not _KEY.fullmatch(key):
        raise UsageError("--key is not a short word", "Use letters, digits, dots, hyphens and underscores.")
    document = parse(render.read_saved(report))
    if all(one.comparison is None for one in servers(document)):
        raise UsageError(
            "the report was not compared with anything, so there is nothing to comment on",
            "Grade with a baseline: `toolmark score INPUT --baseline git:origin/main --json report.json`.",
        )
    marker = f"<!-- toolmark: {key} -->"
    body = page.render(document, marker, artifact=artifact_url)
    if dry_run:
        writing.write_stdout(body)
        return
    _send(Post(marker, body, page.changed(document), author), pr, repo)


def _send(post: Post, number: int | None, repo: str | None) -> None:
    from scorer.github.client import Access, ReadOnlyError  # noqa: PLC0415 - likewise
    from scorer.github.event import read_event  # noqa: PLC0415 - likewise
    from scorer.github.sticky import keep  # noqa: PLC0415 - likewise

    env = {**os.environ, "GITHUB_REPOSITORY": repo} if repo else os.environ
    event = read_event(env)
    event = replace(event, number=number) if number else event
    token = os.environ.get("GITHUB_TOKEN", "")
    if event.repository is None:
        raise UsageError("no repository is named", "Pass --repo OWNER/NAME, or run this in a workflow.")
    if not token:
        raise InputError(
            "GITHUB_TOKEN is not set", "Pass it in the step's `env`; `--dry-run` prints the comment instead."
        )
    access = Access(os.environ.get("GITHUB_API_URL") or "https://api.github.com", token)
    try:
        console.say(f"Comment: {keep(access, event, post)}")
    except ReadOnlyError as error:
        console.say(f"note: no comment was written: {error}. The job's summary has the report.")
