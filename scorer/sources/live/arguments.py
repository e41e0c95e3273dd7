"""What the command line says of a live server: its command, `--env` and `--header`. Errors never repeat a value."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from scorer.errors import UsageError
from scorer.sources.live.masking import looks_secret

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def split_command(text: str) -> list[str]:
    """The words of a `--server` string, split as a POSIX shell does (nothing is expanded).

    Raises UsageError for an empty string or an open quote.
    """
    try:
        words = shlex.split(text)
    except ValueError:
        raise UsageError(
            "the server command has an unclosed quote", "Close the quote, or escape it with a backslash."
        ) from None
    if not words or not words[0]:
        raise UsageError(
            "the server command is empty", 'Give the whole command in quotes: --server "npx -y my-server".'
        )
    return words


def resolve_env(requests: Sequence[str], environ: Mapping[str, str]) -> dict[str, str]:
    """Variables for a started server, from `NAME` (its value in `environ`) or `NAME=VALUE`; a later one wins.

    Raises UsageError for a name that is not one, and for a NAME that `environ` does not have.
    """
    env: dict[str, str] = {}
    for position, request in enumerate(requests, 1):
        name, given, value = request.partition("=")
        if not _VARIABLE.fullmatch(name) or looks_secret(name) or "\0" in value:
            raise UsageError(
                f"--env number {position} has no usable variable name", "Write --env NAME or --env NAME=VALUE."
            )
        if not given and name not in environ:
            raise UsageError(
                f"--env {name}: this variable is not set here", f"Export {name} first, or write --env {name}=VALUE."
            )
        env[name] = value if given else environ[name]
    return env


def parse_headers(lines: Sequence[str]) -> dict[str, str]:
    """HTTP headers from `Name: value` lines, white space around the value removed.

    Raises UsageError for a line without a name or value, for characters that HTTP forbids, and for a name given twice.
    """
    headers: dict[str, str] = {}
    for position, line in enumerate(lines, 1):
        name, colon, value = line.partition(":")
        if not colon or not _HEADER_NAME.fullmatch(name):
            raise UsageError(
                f"--header number {position} is not of the form NAME: VALUE",
                'Write --header "Authorization: Bearer ...".',
            )
        check_header(name, value.strip())
        if name.lower() in {known.lower() for known in headers}:
            raise UsageError(f"--header {name} is given twice", "Give each header once.")
        headers[name] = value.strip()
    return headers


def check_header(name: str, value: str) -> None:
    """Raises UsageError, naming the header alone, for a name or value that cannot be sent."""
    if not _HEADER_NAME.fullmatch(name):
        raise UsageError(
            "a header's name has characters that HTTP does not allow", "Header names are letters, digits and dashes."
        )
    if not value:
        raise UsageError(f"header {name} has no value", "Is the variable that should fill it set?")
    if not all(char == "\t" or " " <= char <= "~" for char in value):
        raise UsageError(f"header {name} has characters that HTTP does not allow", "Use printable ASCII on one line.")
