"""`toolmark policy`: the access policy for a server, and whether one still fits."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import console, inputs, options, writing
from scorer.cli.ask import Ask
from scorer.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorer.models.risk import RiskCard
    from scorer.models.signals import Signals
    from scorer.models.tool import ToolSet
    from scorer.risk.policies import PolicyDocument

NOT_MET = 1
_SHOWN = 12


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
    typer.Option("--format", help="Who reads it: the PolicyLayer gateway, the Intercept proxy, Claude Code or Codex."),
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


def policy(  # noqa: PLR0913 - a command line has that many options
    source: options.Input = None,
    *,
    server: options.Server = None,
    url: options.Url = None,
    format: FormatOption = PolicyFormat.intercept,  # noqa: A002 - the option's name
    profile: ProfileOption = Profile.recommended,
    fill: Fill = None,
    output: Output = None,
    check: Check = None,
    name: options.Name = None,
    quiet: options.Quiet = False,
) -> None:
    """Write the access policy for a server: a rule for every tool, everything else denied.

    Rules come from what the tools can do and from their input schemas. What only a person can know (which folder, which recipient,
    how much) is a placeholder that denies every call until it is filled in.

    - `toolmark policy tools.json --format intercept -o policy.yaml`
    - `toolmark policy tools.json --format policylayer --fill write_file:path=/data/,/tmp/`
    - `toolmark policy tools.json --check policy.yaml`
    """
    writing.check([output], source)
    sets = inputs.read(Ask.of(source, server, url), quiet=quiet)
    tools = _one(sets)
    known = _assessed(tools)
    if check is not None:
        _check(check, {tool: signals for tool, signals, _ in known}, name or tools.server_name, quiet=quiet)
        return
    made = _made(name or tools.server_name, known, format, profile, _fills(fill or ()))
    _publish(made, output, quiet=quiet)


def _one(sets: Sequence[ToolSet]) -> ToolSet:
    if len(sets) != 1:
        raise UsageError(
            f"there are {len(sets)} servers in the input", "A policy is for one server: give its tools alone."
        )
    if not sets[0].tools:
        raise InputError(
            "the server has no tools, so that there is nothing to write a policy for",
            "An empty default-deny policy denies all.",
        )
    return sets[0]


def _assessed(tools: ToolSet) -> list[tuple[str, Signals, RiskCard]]:
    from scorer.catalog import load_risk_rules  # noqa: PLC0415 - `--help` needs none of it
    from scorer.risk import assess  # noqa: PLC0415 - likewise
    from scorer.signals import measure  # noqa: PLC0415 - likewise

    rules = load_risk_rules()
    found: dict[str, tuple[str, Signals, RiskCard]] = {}
    for tool in tools.tools:
        signals = measure(tool)
        found.setdefault(tool.name, (tool.name, signals, assess(tool, signals, rules, policies=False)))
    return list(found.values())


def _made(
    server: str,
    known: list[tuple[str, Signals, RiskCard]],
    wanted: PolicyFormat,
    profile: Profile,
    fills: Mapping[tuple[str, str], str],
) -> PolicyDocument:
    from scorer.catalog import load_risk_rules  # noqa: PLC0415 - likewise
    from scorer.risk import policies  # noqa: PLC0415 - likewise

    shape = policies.FORMATS[list(PolicyFormat).index(wanted)]
    how = policies.PROFILES[list(Profile).index(profile)]
    return policies.policy(server, known, load_risk_rules(), format=shape, profile=how, fills=fills)


def _fills(given: Sequence[str]) -> dict[tuple[str, str], str]:
    found = {}
    for one in given:
        where, equals, value = one.partition("=")
        tool, colon, argument = where.rpartition(":")
        if not equals or not argument:
            raise UsageError(f"--fill {one!r} is not [TOOL:]ARG=VALUE", "For example --fill write_file:path=/data/")
        found[tool if colon else "*", argument] = value
    return found


def _publish(made: PolicyDocument, output: Path | None, *, quiet: bool) -> None:
    if output is None:
        writing.write_stdout(made.text)
    else:
        writing.write_file(output, made.text)
        if output.suffix == ".json":
            from scorer.risk.policies.hashes import beside, write_hashes  # noqa: PLC0415 - likewise

            writing.write_file(Path(beside(str(output))), write_hashes(made.hashes))
    if not quiet:
        _tell(made, output)


def _tell(made: PolicyDocument, output: Path | None) -> None:
    for note in made.notes:
        console.say(f"note: {note}")
    if made.placeholders:
        console.say(
            f"{len(made.placeholders)} to fill in, each denies every call until then (--fill, or in the document):"
        )
        for text in made.placeholders[:_SHOWN]:
            console.say(f"  {text}")
        if len(made.placeholders) > _SHOWN:
            console.say(f"  ... and {len(made.placeholders) - _SHOWN} more")
    if output is not None:
        console.say(f"Wrote {output}")


def _check(path: Path, tools: dict[str, Signals], server: str, *, quiet: bool) -> None:
    """One line for every rule that does not match, exit code 1 if there is any."""
    from scorer.risk.policies.check import check as compare  # noqa: PLC0415 - likewise
    from scorer.risk.policies.read import read_policy  # noqa: PLC0415 - likewise

    text = _read(path)
    found = compare(read_policy(text, str(path), server), _hashes(path, text), tools)
    for one in found:
        writing.write_stdout(f"{one.fault}: {one.tool}: {one.message}")
    if found:
        raise typer.Exit(NOT_MET)
    if not quiet:
        console.say(f"Every rule of {path} matches its tool.")


def _hashes(path: Path, text: str) -> dict[str, str]:
    from scorer.risk.policies.hashes import beside, hashes_in_comments, read_hashes  # noqa: PLC0415 - likewise

    noted = Path(beside(str(path)))
    if noted.is_file():
        return read_hashes(_read(noted))
    found = hashes_in_comments(text)
    if not found:
        console.say(f"note: {path} notes no hashes of definitions, so that only names and arguments are compared")
    return found


def _read(path: Path) -> str:
    from scorer.sources.files import read_file  # noqa: PLC0415 - likewise

    try:
        return read_file(str(path)).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text", "Give a policy file.") from None
