"""A rubric of two dimensions, observations drawn from known points, and labels written by us."""

from __future__ import annotations

import json
from string import ascii_lowercase

import numpy as np
import pytest

from scorer.calibration import plain
from scorer.calibration.table import Table
from scorer.models.rubric import Corpus, DimensionRubric, FactRule, Rubric, Tier

LEVEL, ORDER = "behavioral_transparency", "usage_guidelines"
TRUE = {"good": 1.0, "better": 1.0, "bad": -1.0, "plain": 0.0, "rare": 0.5, "turned": 0.0}
KINDS = {"good": "merit", "better": "merit", "bad": "defect", "plain": "note", "rare": "defect", "turned": "defect"}
PRIOR = {"good": 0.5, "better": 0.5, "bad": -0.5, "plain": 0.0, "rare": -0.4, "turned": -0.2}


def rule(dimension, prefix, name):
    text = dict.fromkeys(("question", "says", "why", "remedy", "before", "after"), "x")
    return FactRule(id=f"{prefix}/{name}", dimension=dimension, kind=KINDS[name], points=PRIOR[name], **text)


def dimension(name, prefix, weight, base=2.5):
    facts = tuple(rule(name, prefix, fact) for fact in KINDS)
    return DimensionRubric(name, name, prefix, weight, "q", "w", base, ((5, "best"),), facts)


@pytest.fixture(scope="session")
def rubric():
    tool = (dimension(ORDER, "usage", 40), dimension(LEVEL, "behavior", 60))
    means = {LEVEL: 3.0, ORDER: 3.0}
    corpus = Corpus(100, 3.0, means, {LEVEL: 40.0, ORDER: 40.0}, {"A": 50.0, "F": 50.0})
    tiers = (Tier("A", 3.5), Tier("B", 3.0), Tier("C", 2.0), Tier("D", 1.0), Tier("F", 0.0))
    return Rubric("9.9.9", "1.3", tiers, tool, (), corpus)


def observation(kind, server, key, held, **more):
    row = {"kind": kind, "key": key, "server": server, "set": "", "source": "", "match": ""}
    row |= {
        f"published.{LEVEL}": "",
        f"published.{ORDER}": "",
        "published.tdqs": "",
        f"judged.{ORDER}": "",
        f"jury.{ORDER}": "",
    }
    row |= {"signal.words": "7", "signal.characters": "30"}
    row |= {f"{prefix}/{name}": "1" if name in held else "0" for prefix in ("usage", "behavior") for name in KINDS}
    return row | more


def draw(seed=0, servers=24, tools=8):
    """Observations whose labels follow TRUE, but for `turned`: a defect that raises the labels."""
    random = np.random.default_rng(seed)
    rows = []
    for server in ascii_lowercase[:servers]:
        for tool in range(tools):
            held = {name for name in TRUE if name != "rare" and random.random() < 0.4}
            raw = 2.5 + sum(TRUE[name] for name in held) + 0.8 * ("turned" in held) + random.normal(0, 0.3)
            label = f"{min(max(int(np.floor(raw + 0.5)), 1), 5)}"
            key, words = f"{server}-{tool}", {"signal.words": str(5 * len(held))}
            scores = {f"published.{LEVEL}": label, f"judged.{ORDER}": label}
            rows.append(observation("rating", f"shop {server}", key, held, **scores, **words))
            if tool < 2:
                votes = f"{label};{label};{min(int(label) + 1, 5)}"
                rows.append(observation("jury", f"jury {server}", f"j{key}", held, **{f"jury.{ORDER}": votes}, **words))
                rows.append(observation("captured", f"depot {server}", f"c{key}", held))
    return rows


@pytest.fixture(scope="session")
def draw_table():
    return lambda: Table(draw(), "digest")


@pytest.fixture
def table(draw_table):
    return draw_table()


@pytest.fixture(scope="session")
def small_trees():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "TREES", 6)
        yield


def definition(name, description, **properties):
    return {"name": name, "description": description, "inputSchema": {"type": "object", "properties": properties}}


FIND = definition(
    "find_orders", "Find the orders of one customer, newest first. For one order use get_order.", id={"type": "string"}
)
GET = definition("get_order", "Get one order by its id, with its lines.", id={"type": "string", "description": "O-17"})
SECRET = "zebra"


@pytest.fixture
def labels(tmp_path):
    """A folder of labels beside a jury's definitions and captured servers, as `observe` expects them."""
    folder, servers = tmp_path / "labels", tmp_path / "servers"
    folder.mkdir()
    servers.mkdir()
    scores = {"behavior": 2, "conciseness": 4, "completeness": None, "parameters": 3, "purpose": None, "usage": True}
    rating = {
        "key": "k1",
        "server": "shop",
        "definition": FIND,
        "scores": scores,
        "tdqs": 3.2,
        "siblings": ["get_order"],
    }
    other = {
        **rating,
        "key": "k2",
        "definition": GET,
        "siblings": ["find_orders"],
        "source": {"repo": SECRET},
        "tdqs": None,
    }
    lines = [rating, {**rating, "scores": {**scores, "behavior": 3}}, other, {"tool_count": 3, "disambiguation": 4}]
    write_lines(folder / "tools.jsonl", lines)
    write_lines(
        folder / "judged.jsonl", [{"key": "k1", "server": "shop", "name": SECRET, "purpose": [5], "usage": [4, 3]}]
    )
    votes = {"purpose": [3, 2, 3], "usage": [1, 1, 2], "length": [1, 1, 1]}
    write_lines(folder / "jury.jsonl", [{"server": "Jury Shop", "name": "get_order", "jury": votes}])
    write_lines(tmp_path / "livemcpbench.json", [[{"serverName": "Jury Shop", "tools": [GET, FIND]}]])
    for name in ("depot", "depot031"):
        write_lines(servers / f"{name}.json", [{"tools": [FIND, GET]}])
    return folder


def write_lines(path, lines):
    path.write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")


@pytest.fixture
def many_labels(labels):
    """The same with enough servers to hold some out."""
    for letter in ascii_lowercase[:12]:
        scores = {"behavior": 2 + ord(letter) % 3, "parameters": 2 + ord(letter) % 2}
        lines = [
            {"key": f"{letter}{at}", "server": f"shop {letter}", "definition": tool, "scores": scores}
            for at, tool in enumerate((FIND, GET))
        ]
        write_lines(labels / f"{letter}.jsonl", lines)
    return labels
