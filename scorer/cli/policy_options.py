"""The options of `toolmark policy`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class PolicyFormat(StrEnum):
    """Who reads the policy."""

    policylayer = "policylayer"
    intercept = "intercept"
    claude_code = "claude-code"
    codex = "codex"


class Profile(StrEnum):
    """How much is allowed."""

    recommended = "recommended"
    strict = "strict"
    permissive = "permissive"


FormatOption = Annotated[
    PolicyFormat,
    typer.Option(
        "--format", "-f", help="Who reads it: the PolicyLayer gateway, the Intercept proxy, Claude Code or Codex."
    ),
]
ProfileOption = Annotated[
    Profile,
    typer.Option(
        "--profile",
        help="recommended binds what destroys, pays or grants; strict leaves reading alone; permissive denies only what no rule can bind.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file. Default: stdout.", show_default=False),
]
Check = Annotated[
    Path | None,
    typer.Option(
        "--check", metavar="FILE", help="Say which rules of this policy no longer match the tools.", show_default=False
    ),
]
Fill = Annotated[
    list[str] | None,
    typer.Option(
        "--fill",
        metavar="[TOOL:]ARG=VALUE",
        help="Fill in a placeholder: values with commas between, or a number (LOW..HIGH for both bounds). Repeatable.",
        show_default=False,
    ),
]
