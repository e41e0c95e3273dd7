"""A small registry of our own: servers of a few tools each, every kind of care among them."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

import generate

from scorer.corpus.local import run_local
from scorer.corpus.run import score_corpus


def server(index: int, count: int = 6) -> tuple[str, list[dict]]:
    dice = random.Random(index)
    return f"shop-{index:03}", [generate.tool(number, dice) for number in range(index, index + count)]


def write_rows(path: Path, servers: list[tuple[str, list[dict]]]) -> Path:
    """A tool a row."""
    rows = [json.dumps({"server": name, "definition": tool}) for name, tools in servers for tool in tools]
    path.write_text("\n".join(rows) + "\n")
    return path


def run(source, output, workers=1, **options):
    return score_corpus(str(source), str(output), lambda parts, job: run_local(parts, job, workers), **options)


def parts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("part-*.parquet"))}


def table(folder: Path):
    return pq.read_table([str(path) for path in sorted(folder.glob("part-*.parquet"))]).to_pylist()
