"""Masking: what must not be shown of a command line or a URL.

It errs on the side of hiding, with one limit: a command line is shown to somebody who decides whether to run it, so what
may be code (white space, shell syntax) is never hidden.
"""

from __future__ import annotations

import re
import shlex
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

MASK = "***"

_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SECRET_PARTS = frozenset(
    "auth authorization bearer cookie credential credentials dsn jwt key pass passphrase pat pw pwd sas session sig signature"
    " token webhook".split()
)
_SECRET_ROOT = re.compile(r"token(?!s)|secret|passw|credential|apikey", re.IGNORECASE)
_KNOWN_TOKEN = re.compile(
    r"(?:\bgh[pousr]_|\bgithub_pat_|\bglpat-|\bs[kr]-|\b[spr]k_|\bxox[a-z]-|\bhf_|\bnpm_|\bpypi-|\bntn_|\bAKIA|\bAIza|\beyJ)[\w.+/=-]{8,}"
)
_OPAQUE = re.compile(r"(?=[^\d]*\d)(?=[^a-zA-Z]*[a-zA-Z])[\w~+=-]{24,}")

_URL = re.compile(r"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}://[^\s\"'<>]+", re.IGNORECASE)
# NAME=value, Name: Bearer value, "name": "value", wherever they stand inside an argument; a value holds no shell syntax.
_PAIR = re.compile(
    r"""(?P<head>(?<![\w.-])(?P<quote>["']?)(?P<name>[\w.-]+)(?P=quote)\s*[:=](?!//)\s*)"""
    r"""(?P<value>(?:(?:bearer|basic|token)\s+)?(?:"[^"$`;|&()<>]+"|[^\s"'$`;|&()<>{},]+))""",
    re.IGNORECASE,
)
_FLAG = re.compile(r"--?([A-Za-z][\w.-]*)")
_ASSIGNMENT = re.compile(r"[A-Za-z_][\w.-]*=")
_HEADER = re.compile(r"[\w-]+\s*:")
_ENV_FLAGS = frozenset({"-e", "--env"})
_HEADER_FLAGS = frozenset({"-H", "--header"})
# For other programs `-e` may introduce code, as it does for node and perl.
_CONTAINERS = frozenset({"docker", "podman", "nerdctl", "container"})


def is_secret_name(name: str) -> bool:
    """Whether a variable, header, parameter or flag of this name usually holds a secret."""
    parts = (part.lower() for part in _PART.findall(name))
    return _SECRET_ROOT.search(name) is not None or any(part in _SECRET_PARTS for part in parts)


def looks_secret(text: str) -> bool:
    """Whether a text that nothing names looks like a key: a known prefix, or long and opaque."""
    return _KNOWN_TOKEN.fullmatch(text) is not None or _OPAQUE.fullmatch(text) is not None


def printable(text: str) -> str:
    """The text on one line, control, bidirectional and other invisible characters written as escapes."""
    shown = (c if c.isprintable() else f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\u{ord(c):04x}" for c in text)
    return "".join(shown)


def mask_url(url: str) -> str:
    """The URL without userinfo, query values, fragment and path segments that look like keys."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return MASK
    _, at, host = parts.netloc.rpartition("@")
    query = "&".join(f"{pair.partition('=')[0]}={MASK}" for pair in parts.query.split("&") if pair)
    path = "/".join(MASK if looks_secret(unquote(segment)) else segment for segment in parts.path.split("/"))
    return printable(f"{parts.scheme}://{MASK if at else ''}{at}{host}{path}{'?' if query else ''}{query}")


def mask_argument(argument: str, previous: str = "", *, container: bool = False) -> str:
    """One argument of a command line as it may be shown.

    previous: the argument before it. container: the program takes variables for what it runs after `-e`.
    """
    if previous in _HEADER_FLAGS and (name := _HEADER.match(argument)):
        return f"{name.group()} {MASK}"
    if container and previous in _ENV_FLAGS and (name := _ASSIGNMENT.match(argument)):
        return f"{name.group()}{MASK}"
    flag = _FLAG.fullmatch(previous)
    if flag and is_secret_name(flag[1]) and not argument.startswith(("-", "${")) and not re.search(r"\s", argument):
        return MASK
    if looks_secret(argument):
        return MASK
    masked = _URL.sub(lambda found: mask_url(found.group()), argument)
    masked = _PAIR.sub(
        lambda found: f"{found['head']}{MASK}" if is_secret_name(found["name"]) else found.group(), masked
    )
    return _KNOWN_TOKEN.sub(MASK, masked)


def mask_command(command: Sequence[str]) -> str:
    """The command line as one would type it, with the values of secrets masked."""
    container = bool(command) and PurePath(command[0]).stem in _CONTAINERS
    pairs = zip(["", *command], command, strict=False)
    masked = shlex.join(mask_argument(argument, previous, container=container) for previous, argument in pairs)
    return printable(masked.replace(f"'{MASK}'", MASK))
