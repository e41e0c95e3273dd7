"""What a repository's configuration says: which servers it has, and what is asked of them."""

from __future__ import annotations

from scorer.models.base import model
from scorer.models.gate import Suppression


@model
class Demands:
    """Thresholds as they were written; None where nothing was."""

    fail_under: str | float | None = None
    fail_under_tool: str | float | None = None
    fail_on: tuple[str, ...] | None = None
    max_drop: str | float | None = None
    fail_on_risk: tuple[str, ...] | None = None


@model
class ConfiguredServer:
    """One server (or profile) of the repository.

    name: None where the repository has just one, without a name. Exactly one of path (file, folder of snapshots, source tree or client
    config), server (a command) and url is given. env: NAME or NAME=VALUE for a started server. Paths are relative to the configuration.
    """

    name: str | None
    path: str | None = None
    server: str | None = None
    url: str | None = None
    env: tuple[str, ...] = ()
    cwd: str | None = None
    only: tuple[str, ...] = ()
    timeout: float | None = None
    demands: Demands = Demands()


@model
class Config:
    """One configuration file. file: as it is shown. folder: what its paths are relative to. demands: for every server without its own."""

    file: str
    folder: str
    servers: tuple[ConfiguredServer, ...] = ()
    demands: Demands = Demands()
    baseline: str | None = None
    allow_empty: bool = False
    suppressions: tuple[Suppression, ...] = ()
