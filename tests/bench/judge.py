"""Figures of the judge against a server on this machine: `python tests/bench/judge.py [--kills 20] [--servers DIR]`.

Speed beside the ideal, a second run from the cache, kills at random moments, memory, calls per tool, and input tokens per tool.
No model is asked: answers are scripted, and the client is the vendor's.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests" / "helpers"), str(ROOT)]

from messages_server import MessagesServer, answers, shown  # noqa: E402

from scorer import load  # noqa: E402
from scorer.catalog import load_rubric  # noqa: E402
from scorer.catalog.judging import load_judge  # noqa: E402
from scorer.engine import measured  # noqa: E402
from scorer.judge.cache import open_cache  # noqa: E402
from scorer.judge.cost import sizes  # noqa: E402
from scorer.judge.panel import Panel  # noqa: E402

COMMAND = [sys.executable, "-m", "scorer", "score"]


def tools(count):
    nouns = "order invoice crate pallet shelf truck driver route parcel label".split()
    verbs = "list get create update delete search export archive merge split move weigh".split()
    return [
        {
            "name": f"{verbs[n % 12]}_{nouns[n // 12 % 10]}_{n}",
            "description": f"{verbs[n % 12].title()}s the {nouns[n // 12 % 10]}s of depot {n}. Returns at most {n + 10} of them, newest first.",
            "inputSchema": {
                "type": "object",
                "properties": {"id": {"type": "string", "description": f"Number {n} on the label."}},
            },
        }
        for n in range(count)
    ]


def reader(body):
    definition = shown(body)
    if isinstance(definition, list):
        return answers(body)
    first, second = definition["description"].split(". ")
    return answers(body, yes={"purpose/names-verb-and-resource": first, "behavior/says-limit": second})


def start(server, folder, source, *more):
    env = {**os.environ, "ANTHROPIC_API_KEY": "test", "ANTHROPIC_BASE_URL": server.url, "PYTHONPATH": str(ROOT)}
    command = [
        *COMMAND,
        str(source),
        "--judge",
        "--judge-cache",
        str(folder / "c.sqlite"),
        "--json",
        str(folder / "r.json"),
        *more,
    ]
    return subprocess.Popen(command, env=env, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(process):
    _, stderr = process.communicate()
    if process.returncode:
        raise SystemExit(f"exit {process.returncode}: {stderr.decode()[-500:]}")


def fresh():
    folder = Path(tempfile.mkdtemp(prefix="judge-bench-"))
    (folder / "tools.json").write_text(json.dumps(tools(118)))
    return folder


def speed():
    folder = fresh()
    with MessagesServer(reader, seconds=0.3) as server:
        finish(start(server, folder, folder / "tools.json", "--votes", "1", "--jobs", "8"))
        took, calls, most = server.last - server.first, len(server.bodies), server.most_at_once
        ideal = calls / 8 * 0.3
        print(
            f"118 tools, 300 ms answers, 8 at once: {calls} calls, {took:.2f} s, ideal {ideal:.2f} s, ratio {took / ideal:.3f}; at most {most} at once"
        )
        first = (folder / "r.json").read_text()
        server.bodies.clear()
        began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        finish(start(server, folder, folder / "tools.json", "--votes", "1", "--judge-cached"))
        took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        same = strip(first) == strip((folder / "r.json").read_text())
        print(
            f"second run from the cache: {len(server.bodies)} requests, {took:.2f} s ({cpu:.2f} s of processor); the same report: {same}"
        )


def strip(text):
    return [line for line in text.splitlines() if '"generatedAt"' not in line]


def kills(count, kind, seed):
    chance, lost, broken = random.Random(seed), [], 0
    with MessagesServer(reader, seconds=0.05) as server:
        for _ in range(count):
            folder = fresh()
            server.reset()
            process = start(server, folder, folder / "tools.json", "--votes", "1", "--quiet")
            while not server.first and process.poll() is None:
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.9))
            sent = server.answered
            process.send_signal(kind)
            process.communicate()
            # What is sent after a SIGKILL reaches nobody; after a polite signal it is waited for.
            sent = sent if kind is signal.SIGKILL else server.answered
            base = sqlite3.connect(folder / "c.sqlite")
            broken += base.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
            rows = base.execute("SELECT COUNT(*) FROM answers").fetchone()[0]
            lost.append(max(0, sent - rows))
            base.close()
            open_cache(folder / "c.sqlite").close()
    print(
        f"{count} x {kind.name} at random: answers sent and not kept, in all {sum(lost)} (most at once {max(lost)}), broken caches {broken}"
    )


def memory():
    code = (
        "import resource,sys; from scorer.cli.app import run; code = run(sys.argv[1:]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr); sys.exit(code)"
    )
    found = {}
    with MessagesServer(reader) as server:
        env = {**os.environ, "ANTHROPIC_API_KEY": "test", "ANTHROPIC_BASE_URL": server.url, "PYTHONPATH": str(ROOT)}
        for count in (118, 590):
            folder = fresh()
            (folder / "tools.json").write_text(json.dumps(tools(count)))
            for judge in ([], ["--judge", "--votes", "1", "--judge-cache", str(folder / "c.sqlite")]):
                command = [sys.executable, "-c", code, "score", "tools.json", "--quiet", "--output", "r.txt", *judge]
                done = subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=True)
                found[count, bool(judge)] = int(done.stderr.split()[-1])
    rows = "; ".join(
        f"{count} tools {found[count, True]} MB (heuristics alone {found[count, False]})" for count in (118, 590)
    )
    print(f"memory at its peak: {rows}")


def sizes_of(servers):
    rubric = load_rubric()
    rules = load_judge(rubric)
    panel, own, shared = Panel(rules.model, rubric, rules), [], []
    for path in sorted(servers.glob("*.json")):
        for job in panel.jobs(*measured(load(path)), whole=False):
            if not job.case.unfit:
                size = sizes(panel.tool.request(panel.model, job.case, 1), rules.limits)
                own.append(size.own)
                shared.append(size.shared)
    print(
        f"input per tool beyond the cached part, {len(own)} tools: median {statistics.median(own):.0f} tokens, 90 % below {sorted(own)[len(own) * 9 // 10]}; cached part {statistics.median(shared):.0f}"
    )


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--servers", type=Path, default=ROOT.parent / "shared" / "bench" / "servers")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    speed()
    for kind in (signal.SIGKILL, signal.SIGINT, signal.SIGTERM):
        kills(given.kills, kind, given.seed)
    memory()
    if given.servers.is_dir():
        sizes_of(given.servers)


if __name__ == "__main__":
    main()
