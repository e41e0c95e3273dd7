"""How often text is called poisoning or steering: `python tests/bench/poisoning.py [FOLDER OR FILE ...] [--show]`.

By default the captured servers, the lists and the fixtures in the folder beside the checkout (`TOOLMARK_SHARED` names another). Those are
honest but for a few written to be hostile, so that what is shown is to be read by a person. Not a test.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorer.catalog import load_risk_rules
from scorer.risk import assess
from scorer.signals import measure
from scorer.sources.definitions import read_tools

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = Path(os.environ.get("TOOLMARK_SHARED", ROOT.parent / "shared"))
HERE = ("bench/servers", "bench/unlabelled.jsonl", "bench/risk_gold.jsonl", "bench/livemcpbench.json", "fixtures")
SIGNALS = ("poisoning", "steering")


def files(given: list[Path]) -> Iterator[Path]:
    for path in given:
        yield from sorted(path.rglob("*.json")) if path.is_dir() else [path]


def tools_in(value: Any) -> Iterator[dict]:
    """Every object, at any depth, that looks like a tool."""
    if isinstance(value, dict) and isinstance(value.get("name"), str) and {"inputSchema", "description"} & set(value):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from tools_in(inner)


def read(path: Path) -> Iterator[dict]:
    text = path.read_text(encoding="utf-8-sig", errors="surrogateescape")
    try:
        found = (
            [json.loads(line) for line in text.splitlines() if line.strip()]
            if path.suffix == ".jsonl"
            else json.loads(text)
        )
    except ValueError:
        return
    yield from tools_in(found)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("paths", nargs="*", type=Path)
    asked.add_argument("--show", action="store_true", help="the words, not the counts alone")
    options = asked.parse_args()
    rules = load_risk_rules()
    for start in options.paths or [SHARED / one for one in HERE]:
        seen, hits = set(), []
        for path in files([start]):
            for definition in read(path):
                whole = json.dumps(definition, sort_keys=True)
                for tool in read_tools([definition])[0] if whole not in seen else ():
                    card = assess(tool, measure(tool), rules, policies=False)
                    hits += [(path.name, tool.name, one) for one in card.signals if one.id in SIGNALS]
                seen.add(whole)
        counts = ", ".join(f"{name} {sum(one.id == name for *_, one in hits)}" for name in SIGNALS)
        print(f"{start}: {len(seen)} definitions, {counts}")
        for file, name, one in hits if options.show else ():
            print(f"  {one.id:10} {file} {name}: {one.quote!r} {one.place.pointer if one.place else ''}")


if __name__ == "__main__":
    main()
