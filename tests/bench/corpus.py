"""What a whole registry takes, printed with the marks to meet: `python tests/bench/corpus.py [TOOLS] [--folder DIR]`.

Not a test: numbers depend on the machine. Processor time is what counts, because it does not grow when others use the machine too:
tools a second over two cores are two divided by the processor seconds of a tool, all processes together. The registry is made by
`registry.py`, 250,000 tools by default, and kept in the folder for the next time.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from distributed import LocalCluster

sys.path.insert(0, str(Path(__file__).parent))

import registry

SMALL, MIDDLE = 10_000, 30_000
BIN = Path(sys.executable).parent


class Taken(NamedTuple):
    """Wall seconds, processor seconds of all its processes, and the most megabytes that one of them held."""

    wall: float
    processor: float
    peak: float


def run(*arguments: str | Path) -> Taken:
    started = time.perf_counter()
    process = subprocess.Popen(
        [BIN / "toolmark", "corpus", *map(str, arguments), *(["--quiet"] if arguments[0] == "score" else [])],
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"corpus {' '.join(map(str, arguments))} ended with {os.waitstatus_to_exitcode(status)}")
    return Taken(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def report(what: str, value: str, mark: str) -> None:
    print(f"{what:58}{value:>30}   {mark}", flush=True)


def rate(tools: int, taken: Taken) -> str:
    return f"{2 * tools / taken.processor:,.0f} tools/s ({taken.wall:,.0f} s wall)"


def edited(source: Path, target: Path, *, scattered: bool) -> Path:
    """The registry with one tool in a hundred edited: all over it, or those of one server in a hundred, as a release does it."""
    servers: dict[str, int] = {}
    with source.open(encoding="utf-8") as rows, target.open("w", encoding="utf-8") as out:
        for number, row in enumerate(rows):
            place = number if scattered else servers.setdefault(json.loads(row)["server"], len(servers))
            out.write(row if place % 100 else row.replace('"description": "', '"description": "Now. ', 1))
    return target


def dask(source: Path, folder: Path, tools: int) -> None:
    """The same corpus on two processes of this machine and on two workers of a standing Dask cluster, in turns."""
    local = run("score", source, folder / "on-processes", "--workers", 2)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        workers = [worker.pid for worker in cluster.workers.values()]
        before = sum(map(spent, workers))
        client = run("score", source, folder / "on-dask", "--engine", "dask", "--scheduler", cluster.scheduler_address)
        processor = client.processor + sum(map(spent, workers)) - before
    names = [path.name for path in (folder / "on-processes").glob("part-*")]
    same = all(
        (folder / "on-dask" / name).read_bytes() == (folder / "on-processes" / name).read_bytes() for name in names
    )
    more = f"{100 * (processor / local.processor - 1):+.0f} % processor, {100 * (client.wall / local.wall - 1):+.0f} % wall"
    report(f"Dask beside the local engine, {tools:,} tools", more, "under +25 %")
    report("the same bytes from both", "yes" if same else "NO", "yes")


def spent(process: int) -> float:
    """Processor seconds that a process of this machine has used (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tools", nargs="?", type=int, default=250_000)
    parser.add_argument("--folder", type=Path, help="where the registry is kept")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, kept = Path(name), asked.folder or Path(name)
        kept.mkdir(parents=True, exist_ok=True)
        large, small = (registry.write(kept / f"registry{count}.jsonl", count) for count in (asked.tools, SMALL))
        few, many = run("score", small, folder / "few"), run("score", large, folder / "many")
        report(f"a run over {asked.tools:,} tools, over two cores", rate(asked.tools, many), "at least 3,000")
        report("memory of one process", f"{many.peak:.0f} MB", "under 400 MB")
        flat = (many.processor / asked.tools) / (few.processor / SMALL)
        report(f"cost of a tool, {asked.tools:,} / {SMALL:,}", f"{flat:.2f}", "at most 1.10")
        for how in ("by release", "scattered"):
            again = run(
                "score",
                edited(large, folder / "edited.jsonl", scattered=how == "scattered"),
                folder / how,
                "--previous",
                folder / "many",
            )
            report(
                f"1 % changed, {how}: full / incremental",
                f"{many.processor / again.processor:.1f} ({again.wall:.1f} s wall)",
                "at least 20",
            )
        said = run("report", folder / "many", "--previous", folder / "by release", "--html", folder / "page.html")
        report(
            f"report with drift over 2 x {asked.tools:,} rows", f"{said.wall:.1f} s wall, {said.peak:.0f} MB", "seconds"
        )
        middle = min(MIDDLE, asked.tools)
        dask(registry.write(kept / f"registry{middle}.jsonl", middle), folder, middle)


if __name__ == "__main__":
    main()
