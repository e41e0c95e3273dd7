"""How well risk is read, against labels by hand: `python tests/bench/risk.py [gold.jsonl] [--misses] [--server NAME]`.

Category accuracy and confusion, precision and recall per signal, severity exact and within one step, and how many tools a core reads in
a second. Not a test: the labels are in the folder beside the checkout (`TOOLMARK_SHARED` names another).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import time
from collections import Counter
from pathlib import Path

from scorer.catalog import load_risk_rules
from scorer.risk import assess
from scorer.signals import measure
from scorer.sources.definitions import read_tools

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = Path(os.environ.get("TOOLMARK_SHARED", ROOT.parent / "shared"))
CATEGORIES = ("Financial", "Destructive", "Execute", "Write", "Read")
LEVELS = ("low", "medium", "high", "critical")
OFTEN = 10  # a signal's rates mean something from here on


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def carded(rows: list[dict]) -> list[tuple[dict, object]]:
    """Each label with our card, read as the command reads a definition."""
    rules = load_risk_rules()
    tools = [read_tools([row["definition"]])[0][0] for row in rows]
    return [(row, assess(tool, measure(tool), rules)) for row, tool in zip(rows, tools, strict=True)]


def report(pairs: list) -> None:
    right = sum(row["category"] == card.category for row, card in pairs)
    print(f"{len(pairs)} tools\ncategory right      {right / len(pairs):.1%}   (at least 93 %)")
    grave = [row["tool"] for row, card in pairs if row["category"] in CATEGORIES[:2] and card.category == "Read"]
    print(f"grave called Read   {len(grave)}   (none) {' '.join(grave)}")
    gaps = [abs(LEVELS.index(row["severity"]) - LEVELS.index(card.severity)) for row, card in pairs]
    print(f"severity exact      {sum(g == 0 for g in gaps) / len(gaps):.1%}   (at least 80 %)")
    print(f"severity within one {sum(g <= 1 for g in gaps) / len(gaps):.1%}   (at least 97 %)")


def confusion(pairs: list) -> None:
    counts = Counter((row["category"], card.category) for row, card in pairs)
    print("\nlabel \\ ours" + "".join(f"{name:>13}" for name in CATEGORIES))
    for label in CATEGORIES:
        print(f"{label:12}" + "".join(f"{counts[label, ours]:13}" for ours in CATEGORIES))


def signals(pairs: list) -> None:
    print(f"\n{'signal':26}{'labels':>7}{'right':>7}{'wrong':>7}{'missed':>7}{'precision':>11}{'recall':>8}")
    for name in load_risk_rules().signals:
        ours = [(name in row["signals"], any(s.id == name for s in card.signals)) for row, card in pairs]
        hit, wrong, missed = ours.count((True, True)), ours.count((False, True)), ours.count((True, False))
        rates = f"{hit / max(1, hit + wrong):11.2f}{hit / max(1, hit + missed):8.2f}"
        short = hit + missed >= OFTEN and (hit / max(1, hit + wrong) < 0.85 or hit / (hit + missed) < 0.75)
        print(f"{name:26}{hit + missed:7}{hit:7}{wrong:7}{missed:7}{rates}{'   below 0.85 / 0.75' if short else ''}")


def misses(pairs: list) -> None:
    for row, card in pairs:
        ours = {signal.id for signal in card.signals}
        lacks, extra = sorted(set(row["signals"]) - ours), sorted(ours - set(row["signals"]))
        if row["category"] != card.category or row["severity"] != card.severity or lacks or extra:
            label, found = f"{row['category']}/{row['severity']}", f"{card.category}/{card.severity}"
            mark = "CATEGORY" if row["category"] != card.category else "severity" if label != found else "signals "
            print(
                f"{mark} {row['server'][-24:]} {row['tool']}: {label} <- {found} {card.quote!r} lacks {lacks} extra {extra}"
            )


def throughput(rounds: int = 5) -> None:
    """Tools a second on one core, the counting of signals left out: definitions of real servers, CPU time, the best of some rounds."""
    rules, tools = load_risk_rules(), []
    for file in sorted((SHARED / "bench" / "servers").glob("*.json")):
        tools += read_tools(json.loads(file.read_text(encoding="utf-8"))["tools"])[0]
    measured = [(tool, measure(tool)) for tool in tools]
    print(f"\n{len(tools)} tools, so many a second of CPU (at least 3,000):", end="")
    for name, policies in (("with policies", True), ("without", False)):
        best = min(_seconds(measured, rules, policies=policies) for _ in range(rounds))
        print(f"  {len(tools) / best:,.0f} {name}", end="")
    print()


def _seconds(measured: list, rules: object, *, policies: bool) -> float:
    gc.collect()
    started = time.process_time()
    for tool, counted in measured:
        assess(tool, counted, rules, policies=policies)
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="?", type=Path, default=SHARED / "bench" / "risk_gold.jsonl")
    parser.add_argument("--misses", action="store_true", help="list every tool that differs")
    parser.add_argument("--server", help="only labels whose server contains this")
    parser.add_argument("--speed", action="store_true", help="only how fast it is")
    asked = parser.parse_args()
    if not asked.speed:
        if not asked.gold.exists():
            parser.error(f"{asked.gold} is not there: name a file of labels (JSON lines), or ask for --speed alone")
        pairs = carded([row for row in read(asked.gold) if (asked.server or "") in row["server"]])
        for show in (report, confusion, signals, *((misses,) if asked.misses else ())):
            show(pairs)
    throughput()


if __name__ == "__main__":
    main()
