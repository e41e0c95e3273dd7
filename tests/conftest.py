"""Fixtures that every phase's tests share."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# A run in the background of a shell ignores interrupts, and so would all that it starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# No deadline: a busy machine is no failing test. The same examples on every run: neither is an unlucky draw.
settings.register_profile("toolmark", deadline=None, derandomize=True)
settings.load_profile("toolmark")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real definitions beside the checkout, where there is one (`TOOLMARK_SHARED` names another)."""
    folder = Path(os.environ.get("TOOLMARK_SHARED", ROOT.parent / "shared"))
    if not (folder / "bench" / "servers").is_dir():
        pytest.skip("no shared definitions beside the checkout")
    return folder
