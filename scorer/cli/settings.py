"""What the configuration adds to a call: its servers where none was named, and thresholds where none was given."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from scorer.cli import console, narrowing
from scorer.cli.narrowing import nearest
from scorer.errors import UsageError
from scorer.models.config import Config, ConfiguredServer, Demands
from scorer.models.gate import FAIL_UNDER, FAIL_UNDER_TOOL, MAX_DROP, Thresholds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorer.cli.ask import Ask
    from scorer.models.card import Report
    from scorer.models.tool import ToolSet


class Planned(NamedTuple):
    """One input to read, and the configured server that it is, if any."""

    ask: Ask
    server: ConfiguredServer | None = None


class Graded(NamedTuple):
    """One report, the configured server that it is about, and the file that it was read from.

    again: grades an earlier state of it by the same witnesses, so that the two can be compared.
    """

    report: Report
    server: ConfiguredServer | None
    source: str | None
    again: Callable[[ToolSet], Report]


def read_config(file: Path | None, *, none: bool) -> Config | None:
    """The configuration that counts here. Raises UsageError."""
    if file and none:
        raise UsageError("--config and --no-config do not go together", "Leave one of them out.")
    if none:
        return None
    from scorer.config import find_config, load_config  # noqa: PLC0415 - `--help` needs none of it

    found = file or find_config(Path.cwd())
    return load_config(_near(found)) if found else None


def _near(path: Path) -> Path:
    """The path as a person in this folder would write it."""
    try:
        return Path(os.path.relpath(path))
    except ValueError:  # another drive
        return path


def inside(config: Config | None, path: str) -> str:
    """A path that the configuration names, as a person in this folder would write it."""
    return str(_near(Path(config.folder, path))) if config else path


def planned(ask: Ask, config: Config | None) -> list[Planned]:
    """What to read: the input that was named, else the configuration's servers, or those of them chosen with --only."""
    if config is None or not config.servers or (ask.source, ask.server, ask.url) != (None, None, None):
        return [Planned(ask, _configured(ask, config) if config else None)]
    chosen = _chosen(config, ask.only)
    _agree(config, chosen, start=ask.start)
    return [Planned(_asked(one, ask, config), one) for one in chosen]


def _configured(ask: Ask, config: Config) -> ConfiguredServer | None:
    """The configured server whose path was named."""
    if ask.source in (None, "-"):
        return None
    wanted = Path(ask.source).resolve()
    own = [one for one in config.servers if one.path and Path(config.folder, one.path).resolve() == wanted]
    return own[0] if own else None


def _chosen(config: Config, only: Sequence[str]) -> list[ConfiguredServer]:
    known = [one.name for one in config.servers if one.name]
    if not known:
        return list(config.servers)
    for name in only:
        if name not in known:
            raise UsageError(
                f"{config.file} has no server called {name}", nearest(name, known) or f"It has {', '.join(known[:10])}."
            )
    return [one for one in config.servers if not only or one.name in only]


def _agree(config: Config, chosen: Sequence[ConfiguredServer], *, start: bool) -> None:
    """A command in a repository's configuration is somebody's code: never run unasked."""
    commands = [one.server for one in chosen if one.server]
    if not commands or start:
        return
    console.say(f"{config.file} says to start:")
    for command in commands:
        console.say(f"- {command}")
    if not console.on_terminal():
        raise UsageError("no server was started", "Pass --start to start what the configuration names.")
    if not typer.confirm("Start it?" if len(commands) == 1 else "Start them?", default=False, err=True):
        raise UsageError("no server was started", "Score a file of definitions instead: `toolmark score FILE`.")


def _asked(one: ConfiguredServer, ask: Ask, config: Config) -> Ask:
    path = str(_near(Path(config.folder, one.path))) if one.path else None
    cwd = _near(Path(config.folder, one.cwd or ".")) if one.server else None
    only = one.only or (ask.only if one.name is None else ())
    env = (*one.env, *ask.env) if one.server or one.path else ask.env
    return ask._replace(
        source=path, server=one.server, url=one.url, cwd=ask.cwd or cwd, only=only, env=env,
        lenient=True, timeout=one.timeout or ask.timeout,
    )  # fmt: skip


def thresholds(given: Demands, server: ConfiguredServer | None, config: Config | None) -> Thresholds:
    """What is asked of a server: by the call, else by its own table, else for all. Raises UsageError."""
    levels = [given, *([server.demands] if server else []), *([config.demands] if config else [])]
    if all(level == Demands() for level in levels):
        return Thresholds()
    from scorer.catalog import load_rubric  # noqa: PLC0415 - likewise
    from scorer.gate.thresholds import least_score, most_drop  # noqa: PLC0415 - likewise

    rubric = load_rubric()
    tiers: Mapping[str, float] = {tier.letter: tier.at_least for tier in rubric.tiers}

    def first(name: str) -> str | float | None:
        return next((value for level in levels if (value := getattr(level, name)) is not None), None)

    under, under_tool, drop = first("fail_under"), first("fail_under_tool"), first("max_drop")
    facts = next((level.fail_on for level in levels if level.fail_on is not None), ())
    return Thresholds(
        None if under is None else least_score(under, tiers, "--fail-under"),
        None if under_tool is None else least_score(under_tool, tiers, "--fail-under-tool"),
        tuple(narrowing.patterns(facts, known_facts())),
        None if drop is None else most_drop(drop, "--max-drop"),
        _risks(next((level.fail_on_risk for level in levels if level.fail_on_risk is not None), ())),
    )


def _risks(given: Sequence[str]) -> tuple[str, ...]:
    if not given:
        return ()
    from scorer.catalog import load_risk_rules  # noqa: PLC0415 - likewise
    from scorer.gate.risk import risk_rules  # noqa: PLC0415 - likewise

    return risk_rules(given, list(load_risk_rules().signals))


def known_facts() -> list[str]:
    """The ids of all facts, of the tool and of the set."""
    from scorer.catalog import load_rubric  # noqa: PLC0415 - likewise

    rubric = load_rubric()
    return [rule.id for dimension in (*rubric.tool, *rubric.server) for rule in dimension.facts]


def check_suppressions(config: Config | None) -> None:
    """Raises UsageError for a suppression of something that does not exist: it would never let anything through."""
    rules = [FAIL_UNDER, FAIL_UNDER_TOOL, MAX_DROP]
    for one in config.suppressions if config else ():
        narrowing.patterns([one.fact], [*rules, *known_facts()])
