"""A configuration file, read strictly: a key that means nothing is an error that names the nearest one that does."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from scorer.config.find import OWN
from scorer.config.table import Table
from scorer.errors import UsageError
from scorer.models.config import Config, ConfiguredServer, Demands
from scorer.models.gate import Suppression

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DEMANDS = ("fail_under", "fail_under_tool", "fail_on", "max_drop", "fail_on_risk")
_INPUTS = ("path", "server", "url")
_SERVER = (*_INPUTS, "env", "cwd", "only", "timeout", *_DEMANDS)
_TOP = (*_SERVER, "baseline", "allow_empty", "suppress", "servers")
_SUPPRESS = ("fact", "tool", "reason", "expires")


def load_config(path: Path) -> Config:
    """The configuration in a file: toolmark.toml as a whole, of another TOML file the table `tool.toolmark`. Raises UsageError."""
    document = _parsed(path)
    if path.name != OWN and not isinstance(document.get("tool", {}).get("toolmark"), dict):
        raise UsageError(f"{path} has no table [tool.toolmark]", f"Add it, or write the keys into {OWN}.")
    values = document if path.name == OWN else document["tool"]["toolmark"]
    top = Table(values, str(path), "" if path.name == OWN else "tool.toolmark", _TOP)
    return Config(
        file=str(path),
        folder=str(path.parent),
        servers=tuple(_servers(top)),
        demands=_demands(top),
        baseline=top.text("baseline"),
        allow_empty=top.flag("allow_empty"),
        suppressions=tuple(_suppression(one) for one in top.tables("suppress", _SUPPRESS)),
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}", "Name a TOML file with --config.") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text", "Save it as UTF-8, which TOML requires.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}", "Mend it at that place.") from None


def _servers(top: Table) -> Iterator[ConfiguredServer]:
    named = top.named_tables("servers", _SERVER)
    alone = [key for key in _INPUTS if key in top.values]
    if named and alone:
        raise top.error(alone[0], "stands beside [servers]", "Move it into one of the servers.")
    yield from (_server(name, table) for name, table in named)
    if alone:
        yield _server(None, top)


def _server(name: str | None, table: Table) -> ConfiguredServer:
    given = [key for key in _INPUTS if key in table.values]
    if len(given) != 1:
        what = f"has both {given[0]} and {given[1]}" if given else "has no path, no server and no url"
        raise table.error("", what, "Say once where its definitions come from.")
    return ConfiguredServer(
        name=name,
        path=table.text("path"),
        server=table.text("server"),
        url=table.text("url"),
        env=table.texts("env") or (),
        cwd=table.text("cwd"),
        only=table.texts("only") or (),
        timeout=table.number("timeout"),
        demands=_demands(table) if name is not None else Demands(),
    )


def _demands(table: Table) -> Demands:
    return Demands(
        table.text_or_number("fail_under"),
        table.text_or_number("fail_under_tool"),
        table.texts("fail_on"),
        table.text_or_number("max_drop"),
        table.texts("fail_on_risk"),
    )


def _suppression(table: Table) -> Suppression:
    fact, reason = table.text("fact"), (table.text("reason") or "").strip()
    if not fact:
        raise table.error("fact", "is missing", "Name the fact that is let through, such as 'usage/says-when'.")
    if not reason:
        raise table.error("reason", "is missing", "Say why, for whoever reads this in a year.")
    return Suppression(fact, reason, table.text("tool") or "*", table.day("expires"))
