"""The extra that `toolmark corpus` needs."""

from __future__ import annotations

from importlib.util import find_spec

from scorer.errors import UsageError


def need(*packages: str) -> None:
    """Raises UsageError when one of these is not installed."""
    missing = [package for package in packages if find_spec(package) is None]
    if missing:
        raise UsageError(f"`corpus` needs {', '.join(missing)}", "Install the extra: `pip install 'toolmark[corpus]'`.")
