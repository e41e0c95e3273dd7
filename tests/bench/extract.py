"""How well definitions are read from source code: against what public servers serve.

    python tests/bench/extract.py CACHE [--live] [--only NAME ...] [--language Python|TypeScript]

CACHE: a folder of yours; packages are installed there once (pip and npm, without their dependencies unless --live).
--live: start each server, with an environment of its own, and compare with its listing; else with the listings captured in the
shared folder (TOOLMARK_SHARED). Nothing of a package is run without --live. Versions in CACHE may be newer than the captures;
delete a folder there to renew it.

Two shares stand in each column: of the values that are said to be known and are the ones served, and of the values that are the ones
served where no variable of the environment is set, also those of which the reader says that a variable may change them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("TOOLMARK_SHARED", ROOT.parent / "shared"))
sys.path.insert(0, str(ROOT))

from extraction import packages, scale  # noqa: E402
from extraction.comparison import FIELDS, Score, compare  # noqa: E402
from extraction.servers import SERVERS, Server  # noqa: E402

from scorer.errors import ToolmarkError  # noqa: E402
from scorer.sources import open_source  # noqa: E402

if TYPE_CHECKING:
    from scorer.models.tool import Tool

_HEAD = f"{'server':12} {'served':>6} {'found':>5} {'recall':>6} {'extra':>5} {'uncond.':>7} {'description':>13} {'names':>13} {'required':>13} {'hash':>6} {'CPU s':>5}"


def main() -> None:
    """Print the table, and the figures of a large tree."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--live", action="store_true")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--language", choices=["Python", "TypeScript"])
    asked = parser.parse_args()
    # Before anything is read here: a process starts as large as the one that starts it.
    large = [] if asked.only else scale.measured()
    print(_HEAD)
    totals: dict[str, Score] = {}
    for server in SERVERS:
        if server.name in (asked.only or [server.name]) and asked.language in (None, server.language):
            score = show(server, asked.cache.resolve(), live=asked.live)
            if score and not server.elsewhere:
                group = f"{server.language}{' +' * server.further}"
                totals[group] = totals.get(group, Score()).plus(score)
    for group, score in totals.items():
        print(line(group, score, None) + (" (+: further servers)" if group.endswith("+") else ""))
    print("\n".join(large))


def show(server: Server, cache: Path, *, live: bool) -> Score | None:
    """One server's row with its misses below it; None when it could not be compared."""
    try:
        listed, folder = (
            packages.listed(server, cache) if live else (captured(server), packages.own_files(server, cache))
        )
    except (ToolmarkError, OSError, subprocess.SubprocessError) as error:
        print(f"{server.name:12} could not be compared: {' '.join(str(error).split())[:180]}")
        return None
    started = process_time()
    read, gaps = extracted(folder)
    spent = process_time() - started
    score, causes = compare(listed, read, gaps)
    print(line(server.name, score, spent) + (" (definitions elsewhere: not counted)" if server.elsewhere else ""))
    for what, count in causes.items():
        print(f"{'':12} {count} x {what}")
    for gap in list(dict.fromkeys(gaps))[:3]:
        print(f"{'':12} said: {gap.replace(str(folder), '.')[:150]}")
    return score


def captured(server: Server) -> dict[str, Tool]:
    """What the server listed when it was captured, by name."""
    return {tool.name: tool for tool in open_source(str(SHARED / "bench" / "servers" / f"{server.name}.json")).tools}


def extracted(folder: Path) -> tuple[dict[str, Tool], tuple[str, ...]]:
    """The tools read from the source, by name, and what it says that it could not read."""
    try:
        tree = open_source(str(folder))
    except ToolmarkError as error:
        return {}, (str(error),)
    return {tool.name: tool for one in tree.servers for tool in one.tools}, tree.gaps


def line(name: str, score: Score, spent: float | None) -> str:
    """A row of the table."""

    def share(part: int, whole: int) -> str:
        return f"{100 * part / whole:5.1f}" if whole else "    -"

    pairs = [(getattr(score, f"sure_{field}"), getattr(score, field)) for field in FIELDS]
    shares = " ".join(f"{share(sure, score.found)} / {share(same, score.found)}" for sure, same in pairs)
    counts = (
        f"{score.served:6} {score.found:5} {share(score.found, score.served):>6} {score.extra:5} {score.plain_extra:7}"
    )
    return f"{name:12} {counts} {shares} {share(score.same, score.found):>6} {'' if spent is None else f'{spent:5.1f}'}"


if __name__ == "__main__":
    main()
