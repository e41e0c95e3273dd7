"""Our categories beside those of a public, keyword-made catalogue: `python tests/bench/catalogue.py FOLDER [--list]`.

FOLDER: the `policies` folder of a checkout of PolicyLayer/Intercept. Its files name each tool with a line of description below a heading
for the category; both sides judge by name and that line alone, there are no schemas. Nothing of it is copied: figures and names are printed.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from scorer.catalog import load_risk_rules
from scorer.risk import assess
from scorer.signals import measure
from scorer.sources.definitions import read_tools

CATEGORIES = ("Financial", "Destructive", "Execute", "Write", "Read")
_HEADING = re.compile(r"#\s+─+\s+(\w+)")
_ENTRY = re.compile(r"#\s{1,3}([\w.:/-]+): (.*)")


def entries(folder: Path):
    """(server, label, name, description) of every tool."""
    for path in sorted(folder.glob("*.yaml")):
        label, previous = "", ""
        for raw in path.read_text(encoding="utf-8").splitlines():
            line = raw.strip()
            if heading := _HEADING.match(line):
                label = heading[1]
            elif label and line.endswith(":") and not line.startswith("#"):
                entry, name = _ENTRY.match(previous), line[:-1].strip("\"'")
                if name not in ("rules", "*"):
                    yield path.stem, label, name, entry[2] if entry and entry[1] == name else ""
            previous = line


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="name every tool that differs")
    asked = parser.parse_args()
    rules, rows = load_risk_rules(), []
    for server, label, name, text in entries(asked.folder):
        tool = read_tools([{"name": name, "description": text, "inputSchema": {"type": "object"}}])[0][0]
        rows.append((server, label, name, assess(tool, measure(tool), rules, policies=False)))
    labelled = [row for row in rows if row[1] in CATEGORIES]
    apart = [row for row in labelled if row[1] != row[3].category]
    print(f"{len(rows)} tools, {len(rows) - len(labelled)} of them without a category there")
    print(f"{len(apart)} of {len(labelled)} categories differ: {len(apart) / len(labelled):.1%}")
    counts = Counter((label, card.category) for _, label, _, card in rows)
    labels = sorted({label for _, label, _, _ in rows})
    print("\ntheirs \\ ours" + "".join(f"{name:>13}" for name in CATEGORIES))
    for label in labels:
        print(f"{label:13}" + "".join(f"{counts[label, ours]:13}" for ours in CATEGORIES))
    for server, label, name, card in apart if asked.list else ():
        print(f"{server}/{name}: {label} there, {card.category} here ({card.confidence}): {card.reason}")


if __name__ == "__main__":
    main()
