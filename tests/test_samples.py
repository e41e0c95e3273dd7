"""The samples are what the code makes of the fixture today."""

from __future__ import annotations

import subprocess
import sys


def test_samples_are_current(root):
    command = [sys.executable, "reports/samples/build.py", "--check"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
