"""Placeholders in client configurations: `${env:NAME}`, `${NAME}`, `${NAME:-default}`, `${input:id}`, `${workspaceFolder}`.

They are filled with what the user passes on and with the minimal environment that every server gets, never with the other
variables of the caller: a configuration must not be able to name a secret and have it handed over.
"""

from __future__ import annotations

import os
import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from scorer.errors import ServerError
from scorer.sources.live.masking import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\$\{([^${}]*)\}")
_VARIABLE = re.compile(r"(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", re.DOTALL)
_INPUT = re.compile(r"input:([\w.-]+)")
# The names among which the SDK chooses a server's minimal environment, on any system.
_MINIMAL = (
    "HOME",
    "LOGNAME",
    "PATH",
    "SHELL",
    "TERM",
    "USER",
    "APPDATA",
    "LOCALAPPDATA",
    "TEMP",
    "USERNAME",
    "USERPROFILE",
)


class Filler:
    """Fills the placeholders of one server's entry.

    folder: the workspace, None when the file has no place. given: by the user, wins. defaults: of the file's inputs.
    """

    def __init__(
        self, server: str, *, folder: str | None, given: Mapping[str, str], defaults: Mapping[str, str]
    ) -> None:
        self._server = printable(server)
        places = _places(folder) if folder else {}
        self._variables = {name: os.environ[name] for name in _MINIMAL if name in os.environ} | dict(given)
        self._inputs = {**defaults, **given}
        self._places = {**places, "pathSeparator": os.sep, "/": os.sep, "userHome": self._variables.get("HOME", "")}

    def text(self, text: str) -> str:
        """The text with every placeholder filled. Raises ServerError, naming the variable, for one that nothing fills."""
        return _PLACEHOLDER.sub(lambda match: self._value(match[1]), text)

    def mapping(self, values: Mapping[str, str]) -> dict[str, str]:
        """The same for the values of a mapping."""
        return {name: self.text(value) for name, value in values.items()}

    def _value(self, key: str) -> str:
        if key in self._places:
            return self._places[key]
        if asked := _INPUT.fullmatch(key):
            return self._inputs[asked[1]] if asked[1] in self._inputs else self._missing(asked[1])
        variable = _VARIABLE.fullmatch(key)
        if variable is None:
            raise ServerError(
                f"server {self._server} uses ${{{printable(key)[:80]}}}, which only its own client can fill in",
                "Write the value into the configuration, or score the server with --server or --url.",
            )
        name, default = variable.groups()
        if name in self._variables:
            return self._variables[name]
        return default if default is not None else self._missing(name)

    def _missing(self, name: str) -> str:
        raise ServerError(
            f"server {self._server} needs {name}, which its configuration leaves open",
            f"Pass it with --env {name}=VALUE, or with --env {name} when it is set here.",
        )


def _places(folder: str) -> dict[str, str]:
    return {"workspaceFolder": folder, "workspaceRoot": folder, "workspaceFolderBasename": PurePath(folder).name}
