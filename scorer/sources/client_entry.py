"""One server of a client configuration: what is written there, and how it is shown before it is started."""

from __future__ import annotations

from dataclasses import field
from typing import Any, Literal

from scorer.models.base import model
from scorer.sources.live.masking import mask_command, mask_url, printable

Transport = Literal["stdio", "http", "sse"]

_TRANSPORTS: dict[str, Transport] = {
    "stdio": "stdio",
    "http": "http",
    "streamable-http": "http",
    "streamablehttp": "http",
    "streamable_http": "http",
    "sse": "sse",
}
_URL_KEYS = ("url", "serverUrl", "httpUrl")


@model
class ServerEntry:
    """One server of a client configuration, as written there: placeholders such as `${input:token}` are not filled in.

    command, args, env, cwd: for a server that is started; env is the entry's own block. url, headers: for one that is reached.
    transport: how to speak with it. disabled: the client leaves it out. folder: absolute path that stands for the workspace.
    defaults: what the file says of its `inputs`, by their ids. The values of env and headers are in no repr.
    """

    name: str
    command: str | None = None
    args: tuple[str, ...] = field(default=(), repr=False)
    env: dict[str, str] = field(default_factory=dict, repr=False)
    cwd: str | None = None
    url: str | None = field(default=None, repr=False)
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    transport: Transport = "stdio"
    disabled: bool = False
    folder: str | None = None
    defaults: dict[str, str] = field(default_factory=dict, repr=False)

    def location(self) -> str:
        """The command line or address, secrets masked, on one line."""
        return mask_url(self.url or "") if self.command is None else mask_command([self.command, *self.args])

    def describe(self) -> str:
        """What would be started or reached, on one line: names of variables and headers, never their values."""
        notes = [f"environment: {', '.join(self.env)}"] if self.env else []
        notes += [f"headers: {', '.join(self.headers)}"] if self.headers else []
        notes += [f"in {self.cwd}"] if self.cwd else []
        notes += ["disabled"] if self.disabled else []
        return printable(f"{self.name}: {self.location()}" + (f" ({'; '.join(notes)})" if notes else ""))


Fault = tuple[str, str]


def read_entry(name: str, value: object) -> tuple[ServerEntry | None, Fault | None]:
    """The entry, or what keeps it from being one; both when a part of it is not followed."""
    shown = f"server `{printable(name)}`"
    if not isinstance(value, dict):
        return None, ("server-not-an-object", f"{shown} is not an object")
    command, url = value.get("command"), next((value[key] for key in _URL_KEYS if value.get(key)), None)
    if not (isinstance(command, str) and command) and not (isinstance(url, str) and url):
        return None, ("server-without-command", f"{shown} has neither a command nor a url")
    args, env, headers = _strings(value.get("args")), _pairs(value.get("env")), _pairs(value.get("headers"))
    if args is None or env is None or headers is None:
        return None, (
            "server-malformed",
            f"{shown}: args must be a list of strings, env and headers objects of strings",
        )
    remote = not (isinstance(command, str) and command)
    entry = ServerEntry(
        name=name,
        command=None if remote else command,
        args=args,
        env=env,
        cwd=value["cwd"] if isinstance(value.get("cwd"), str) else None,
        url=url if remote else None,
        headers=headers,
        transport=_transport(value) if remote else "stdio",
        disabled=value.get("disabled") is True or value.get("enabled") is False,
    )
    return entry, _unfollowed(value, shown)


def _unfollowed(value: dict[str, Any], shown: str) -> Fault | None:
    if "envFile" in value:
        return "env-file", f"{shown}: its envFile is not read; pass variables with --env"
    return None


def _transport(value: dict[str, Any]) -> Transport:
    said = value.get("type") or value.get("transport")
    found = _TRANSPORTS.get(str(said).lower(), "http")
    return "http" if found == "stdio" else found


def _strings(value: object) -> tuple[str, ...] | None:
    """The arguments; a number counts as its digits. None when it is no list of such."""
    if value is None:
        return ()
    words = [_scalar(item) for item in value] if isinstance(value, list) else [None]
    return None if None in words else tuple(word for word in words if word is not None)


def _pairs(value: object) -> dict[str, str] | None:
    """Names and values; null means that the name is not set. None when it is no object of such."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        return None
    found = {str(name): _scalar(item) for name, item in value.items() if item is not None}
    return None if None in found.values() else {name: text for name, text in found.items() if text is not None}


def _scalar(value: object) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else None
