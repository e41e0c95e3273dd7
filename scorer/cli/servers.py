"""The servers of a client config: shown, agreed to, then listed one after the other."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from scorer.cli import console
from scorer.cli.narrowing import nearest
from scorer.errors import InputError, ToolmarkError, UsageError
from scorer.models.tool import Problem, ToolSet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorer.cli.ask import Ask
    from scorer.sources.client_config import ClientConfig, ServerEntry

# The code of the row that stands for a server that could not be listed.
NOT_LISTED = "server-not-listed"


def read_config(config: ClientConfig, ask: Ask) -> list[ToolSet]:
    """The tools of the config's servers, or of those named with --only, once it is agreed that they are started.

    Among several, a server that cannot be listed becomes a set with a problem and no tools; alone, it raises ServerError.
    """
    from scorer.sources.live import resolve_env  # noqa: PLC0415 - only for client configs

    entries = _chosen(config, ask.only)
    env = resolve_env(ask.env, os.environ)
    for problem in config.problems:
        console.say(f"note: {problem.message}")
    _agree(config.file, entries, start=ask.start)
    if len(entries) == 1:
        return [_listed(entries[0], env, ask.timeout)]
    return [_listed_or_not(entry, env, ask.timeout) for entry in entries]


def _chosen(config: ClientConfig, only: Sequence[str]) -> list[ServerEntry]:
    known = [entry.name for entry in config.servers]
    for name in only:
        if name not in known:
            tip = nearest(name, known) or f"It names {', '.join(known[:10]) or 'no servers'}."
            raise UsageError(f"{config.file} has no server called {name}", tip)
    entries = [entry for entry in config.servers if (entry.name in only if only else not entry.disabled)]
    if not entries:
        reason = "names only servers that are disabled" if known else "names no server that can be listed"
        raise InputError(f"{config.file} {reason}", "Choose one with --only NAME." if known else "")
    return entries


def _agree(file: str, entries: Sequence[ServerEntry], *, start: bool) -> None:
    """Starting a server runs somebody's code, so it is shown, and never done unasked."""
    console.say(
        f"{file} is a client config. "
        + ("Starting or asking:" if start else "To grade it, toolmark would start or ask:")
    )
    for entry in entries:
        console.say(f"- {entry.describe()}")
    if start:
        return
    if not console.on_terminal():
        raise UsageError("no server was started", "Pass --start to start them; --only NAME chooses one.")
    if not typer.confirm("Start them?", default=False, err=True):
        raise UsageError(
            "no server was started", "Score a file of definitions instead, or choose a server with --only NAME."
        )


def _listed(entry: ServerEntry, env: Mapping[str, str], timeout: float) -> ToolSet:
    from scorer.sources.client_config import list_entry  # noqa: PLC0415 - as above

    console.show_progress(f"Asking {entry.name} ...")
    try:
        return list_entry(entry, env=env, timeout=timeout)
    finally:
        console.show_progress("")


def _listed_or_not(entry: ServerEntry, env: Mapping[str, str], timeout: float) -> ToolSet:
    try:
        return _listed(entry, env, timeout)
    except ToolmarkError as error:
        console.fail(str(error), error.tip)
        kind = "HTTP server" if entry.command is None else "stdio server"
        return ToolSet(entry.name, (), None, kind, entry.location(), (Problem(NOT_LISTED, str(error)),))
