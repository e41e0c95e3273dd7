"""Nothing lost: a true merit lowers nothing but Conciseness, wherever it is added."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer import load, score

MERITS = [
    "Returns the shelf number, row and bay of each crate.",
    "Returns at most 50 crates per call.",
    "Fails with crate_locked when the crate is sealed by customs.",
    "Use this when a forklift driver asks for the nearest free bay.",
    "Do not use it for refrigerated goods.",
    "Needs the warehouse:write scope.",
    "Billed at 2 credits a call.",
    "Crates that were moved today are skipped.",
    "Cannot be undone.",
    "Sorted by arrival date, newest first; pass next_page for more.",
    "Labels on the lid are not changed.",
    "If the bay is full, the crate stays on the ramp.",
]


def with_merit(tool, merit):
    text = (tool.get("description") or "").rstrip()
    return tool | {"description": f"{text}{'' if text.endswith(('.', '!', '?', ':')) else '.'}\n\n{merit}"}


def scores_of(tool):
    return score(load([tool])).tools[0].scores


def assert_nothing_lost(tool, merit):
    before, after = scores_of(tool), scores_of(with_merit(tool, merit))
    for dimension, value in before.items():
        if dimension != "conciseness_structure" and value is not None:
            assert after[dimension] is not None
            assert after[dimension] >= value, (dimension, merit)


@pytest.fixture(scope="module")
def own(root):
    tools = json.loads((root / "tests/fixtures/servers/bookshop.json").read_text())["tools"]
    return [tool for tool in tools if tool.get("description")]


@pytest.fixture(scope="module")
def real(shared):
    found = []
    for path in sorted((shared / "bench" / "servers").glob("*.json")):
        found += [t for t in json.loads(path.read_text())["tools"] if (t.get("description") or "").strip()]
    return found


@pytest.mark.parametrize("merit", MERITS)
def test_merit_on_our_own_server(merit, own):
    for tool in own:
        assert_nothing_lost(tool, merit)


@settings(max_examples=150)
@given(data=st.data())
def test_merit_on_real_definitions(data, real):
    assert_nothing_lost(data.draw(st.sampled_from(real)), data.draw(st.sampled_from(MERITS)))
