"""The errors that a user can cause, each with a tip; everything else is a bug."""

from __future__ import annotations


class ToolmarkError(Exception):
    """Something the user can mend: one line that says what is wrong, and a tip that says what to do.

    `str(error)` is the line; `tip` is a full sentence or empty.
    """

    def __init__(self, message: str, tip: str = "") -> None:
        super().__init__(message)
        self.tip = tip


class InputError(ToolmarkError):
    """The input cannot be graded at all: unreadable, not tool definitions, or no tools in it."""


class ServerError(ToolmarkError):
    """A live server could not be started, reached or listed."""


class UsageError(ToolmarkError):
    """The command line asks for something that does not exist or does not go together."""


class RubricError(ToolmarkError):
    """The rubric files and the code disagree, or a rubric file is malformed."""
