"""`toolmark policy`: the access policy for a server, and whether one still fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.cli import inputs, options, settings, writing
from scorer.cli.ask import Ask
from scorer.cli.policy_check import check_policy
from scorer.cli.policy_options import Check, Fill, FormatOption, Output, PolicyFormat, Profile, ProfileOption
from scorer.cli.policy_write import publish
from scorer.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorer.models.risk import RiskCard
    from scorer.models.signals import Signals
    from scorer.models.tool import ToolSet
    from scorer.risk.policies import PolicyDocument


def policy(  # noqa: PLR0913 - a command line has that many options
    source: options.Input = None,
    *,
    server: options.Server = None,
    url: options.Url = None,
    header: options.Header = None,
    env: options.Env = None,
    cwd: options.Cwd = None,
    timeout: options.Timeout = 30.0,
    only: options.Only = None,
    start: options.Start = False,
    format: FormatOption = PolicyFormat.intercept,  # noqa: A002 - the option's name
    profile: ProfileOption = Profile.recommended,
    fill: Fill = None,
    output: Output = None,
    check: Check = None,
    name: options.Name = None,
    config: options.ConfigOption = None,
    no_config: options.NoConfig = False,
    quiet: options.Quiet = False,
) -> None:
    """Write the access policy for a server: a rule for every tool, everything else denied.

    Rules come from what the tools can do and from their input schemas. What only a person can know (which folder, which recipient,
    how much) is a placeholder that denies every call until it is filled in.

    - `toolmark policy tools.json --format intercept -o policy.yaml`
    - `toolmark policy tools.json --format policylayer --fill write_file:path=/data/,/tmp/`
    - `toolmark policy tools.json --check policy.yaml`
    - `toolmark policy .mcp.json --only github --start`

    Without an input, the server of the configuration is read.
    """
    if check is not None and (fill or output):
        raise UsageError("--check compares a policy, and writes none", "Leave out --fill and --output.")
    writing.check([output], source)
    fills = _fills(fill or ())
    ask = Ask(source, server, url, header or (), env or (), cwd, timeout, only or (), start)
    plans = settings.planned(ask, settings.read_config(config, none=no_config))
    tools = _one([tools for plan in plans for tools in inputs.read(plan.ask, quiet=quiet)])
    known = _assessed(tools)
    if check is not None:
        check_policy(check, {tool: signals for tool, signals, _ in known}, name or tools.server_name, quiet=quiet)
        return
    made = _made(name or tools.server_name, known, format, profile, fills)
    publish(made, output, quiet=quiet)


def _one(sets: Sequence[ToolSet]) -> ToolSet:
    if len(sets) != 1:
        raise UsageError(
            f"there are {len(sets)} servers in the input: {', '.join(tools.server_name for tools in sets)}",
            "A policy is for one server: choose it with --only NAME.",
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
