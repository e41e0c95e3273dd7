"""How long the pre-commit hook takes once it is warm, printed with its mark: `python tests/bench/hook.py`.

Not a test: numbers depend on the machine. A repository with one server of twelve tools, whose tool list a commit changes; CPU seconds
of all its processes beside wall seconds, since a busy machine is unfair to the latter.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
GIT = ("git", "-c", "user.name=t", "-c", "user.email=t@example.org")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder, "tools.json")
        text = (ROOT / "tests/fixtures/servers/bookshop.json").read_text(encoding="utf-8")
        tools.write_text(text, encoding="utf-8")
        for command in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "x")):
            subprocess.run([*GIT, *command], cwd=folder, check=True)
        tools.write_text(text.replace("2.4.0", "2.4.1"), encoding="utf-8")
        runs = [timed(folder) for _ in range(9)]
    wall, cpu = (median(column) for column in zip(*runs, strict=True))
    print(f"{'toolmark hook, warm, one server':48}{f'{wall:.2f} s wall, {cpu:.2f} s CPU':>24}   under 1 s")


def timed(folder: str) -> tuple[float, float]:
    """Wall and CPU seconds of one run."""
    before, started = os.times(), time.perf_counter()
    subprocess.run([str(BIN / "toolmark"), "hook", "tools.json"], cwd=folder, check=True, capture_output=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - started, used


if __name__ == "__main__":
    main()
