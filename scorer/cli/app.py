"""`toolmark`: the commands joined, and the one place where an error becomes an exit code."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from typing import Annotated, cast

import typer

from scorer.cli import baseline, calibrate, console, corpus
from scorer.cli.action import action
from scorer.cli.badge import badge
from scorer.cli.comment import comment
from scorer.cli.explain import explain
from scorer.cli.extract import extract
from scorer.cli.hook import hook
from scorer.cli.improve import improve
from scorer.cli.init import init
from scorer.cli.judge import judge
from scorer.cli.policy import policy
from scorer.cli.render import render
from scorer.cli.schema import schema
from scorer.cli.score import score
from scorer.errors import RubricError, ToolmarkError
from scorer.version import __version__

FINE, WRONG_INPUT, UNEXPECTED, INTERRUPTED = 0, 2, 3, 130

# Some versions of typer carry click inside, others beside them; in both its usage error is the parent of what typer exports.
_BadUsage = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])

EPILOG = """\
Exit codes: 0 fine, 1 the gate was not passed, 2 the input or the usage is wrong, 3 a bug in toolmark, 130 interrupted.

The report goes to stdout, everything else to stderr. NO_COLOR and FORCE_COLOR are respected; SOURCE_DATE_EPOCH sets the report's date.
"""

app = typer.Typer(
    name="toolmark",
    epilog=EPILOG,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
_GRADE, _REPOSITORY, _JUDGE, _SCALE = "Grade", "In a repository", "The judge", "Whole registries, and the rubric itself"
for _command, _panel in (
    (score, _GRADE),
    (render, _GRADE),
    (explain, _GRADE),
    (extract, _GRADE),
    (policy, _GRADE),
    (badge, _GRADE),
    (schema, _GRADE),
    (init, _REPOSITORY),
    (hook, _REPOSITORY),
    (comment, _REPOSITORY),
    (action, _REPOSITORY),
    (judge, _JUDGE),
    (improve, _JUDGE),
):
    app.command(rich_help_panel=_panel)(_command)
app.add_typer(baseline.app, rich_help_panel=_REPOSITORY)
app.add_typer(corpus.app, rich_help_panel=_SCALE)
app.add_typer(calibrate.app, rich_help_panel=_SCALE)


def _print_version(asked: bool) -> None:  # noqa: FBT001 - typer's callback
    if asked:
        typer.echo(f"toolmark {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def toolmark(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 - its callback acts
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Grade the tool definitions of MCP servers: score, reason, evidence, and the cheapest fix.

    Offline: no key, no network, and no server is started unless you ask for it.

    Try: `toolmark score tools.json`
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Run the command line and leave with its exit code; no traceback reaches a user without TOOLMARK_DEBUG=1."""
    gc.disable()  # a short life, and hardly a cycle in it: collecting would take a tenth of the time
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal's encoding may not know what a definition says
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of one call, everything said."""
    try:
        command = typer.main.get_command(app)
        return int(command.main(arguments, prog_name="toolmark", standalone_mode=False) or 0)
    except ToolmarkError as error:
        console.fail(str(error), error.tip)
        return UNEXPECTED if isinstance(error, RubricError) else WRONG_INPUT
    except _BadUsage as error:
        console.fail(error.format_message(), _usage_tip(error))
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except SystemExit:
        return FINE  # typer's way out when nobody reads its help
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user unasked
        return _bug(error)
    return WRONG_INPUT


def _usage_tip(error: typer.BadParameter) -> str:
    path = error.ctx.command_path if error.ctx else "toolmark"
    return f"`{path} --help` lists what there is; a file is graded with `toolmark score FILE`."


def _bug(error: Exception) -> int:
    if os.environ.get("TOOLMARK_DEBUG") == "1":
        traceback.print_exception(error)
    console.fail(
        f"this is a bug in toolmark: {type(error).__name__}: {error}",
        "Run it again with TOOLMARK_DEBUG=1 for the traceback, and report that.",
    )
    return UNEXPECTED
