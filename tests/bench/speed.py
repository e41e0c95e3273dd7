"""How fast it is, printed with the marks to meet: `python tests/bench/speed.py [gitlab.json]`.

Not a test: numbers depend on the machine, so that what counts are the ratios. Definitions of real servers are used from the
folder beside the checkout (`TOOLMARK_SHARED` names another) where it is there; the rest is generated.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))

import generate

from scorer import load, score

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = Path(os.environ.get("TOOLMARK_SHARED", ROOT.parent / "shared"))


def run(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak megabytes of one process."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - started
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return elapsed, usage.ru_maxrss / 1024


def compared(first: list[str], second: list[str], rounds: int = 9) -> tuple[float, float]:
    """Median wall seconds of two commands, run in turns so that a busy machine is unfair to both."""
    times = [(run(first)[0], run(second)[0]) for _ in range(rounds)]
    return median(a for a, _ in times), median(b for _, b in times)


def report(what: str, value: str, mark: str) -> None:
    print(f"{what:48}{value:>24}   {mark}")


def against_reference(file: Path) -> None:
    if not (BIN / "tdqs").exists():
        report("toolmark score / tdqs lint", "not measured", "pip install tdqs")
        return
    ours, theirs = compared(
        [str(BIN / "toolmark"), "score", str(file)],
        [str(BIN / "tdqs"), "lint", "--file", str(file), "--fail-on", "never"],
    )
    report(
        f"toolmark score / tdqs lint, {file.name}", f"{ours:.3f} s / {theirs:.3f} s = {ours / theirs:.2f}", "at most 1"
    )


def by_size(folder: Path) -> None:
    small, large = (str(written(folder, count)) for count in (10, 300))
    few, many = compared([str(BIN / "toolmark"), "score", small], [str(BIN / "toolmark"), "score", large])
    report("text report, 300 / 10 tools", f"{many:.3f} s / {few:.3f} s = {many / few:.2f}", "under 2")


def written(folder: Path, count: int) -> Path:
    path = folder / f"tools{count}.json"
    path.write_text(json.dumps(generate.tools(count)), encoding="utf-8")
    return path


def pure_scoring(files: list[Path], rounds: int = 5) -> None:
    sets = [load(file) for file in files]
    count = sum(len(tools.tools) for tools in sets)
    best = min(timed(lambda: [score(tools) for tools in sets]) for _ in range(rounds))
    report(f"scoring alone, {count} tools of {len(files)} servers", f"{count / best:,.0f} tools/s", "at least 2,000")


def timed(work) -> float:
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


def memory(folder: Path) -> None:
    seconds, peak = run([str(BIN / "toolmark"), "score", str(written(folder, 10_000)), "--format", "text"])
    report("10,000 tools, text report", f"{peak:.0f} MB, {seconds:.1f} s", "under 400 MB")


def main() -> None:
    servers = sorted((SHARED / "bench" / "servers").glob("*.json"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reference = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "bench" / "servers" / "gitlab.json"
        against_reference(reference if reference.exists() else written(folder, 118))
        by_size(folder)
        pure_scoring(servers or [written(folder, 1_000)])
        memory(folder)


if __name__ == "__main__":
    main()
