"""The command line in this process, as the tests of the commands have it."""

from __future__ import annotations

import pytest

from scorer.cli.app import run


@pytest.fixture
def toolmark(capsys):
    class Called:
        def __init__(self, code, out, err):
            self.code, self.out, self.err = code, out, err

    def call(*arguments):
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Called(code, captured.out, captured.err)

    return call
