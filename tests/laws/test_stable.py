"""The form of a text decides little: at most one dimension moves, and by one."""

from __future__ import annotations

import copy
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer import load, score


def spaced(tool):
    return tool | {"description": re.sub(r" ", "  ", tool["description"])}


def wrapped(tool):
    words = tool["description"].split(" ")
    return tool | {"description": " ".join(word + ("\n" if i % 12 == 11 else "") for i, word in enumerate(words))}


def bold(tool):
    first, _, rest = tool["description"].partition(" ")
    return tool | {"description": f"**{first}** {rest}"}


def trailing_space(tool):
    return tool | {"description": f"\n  {tool['description']}\n\n"}


def one_sentence_a_line(tool):
    return tool | {"description": tool["description"].replace(". ", ".\n")}


def lower_case(tool):
    return tool | {"description": ". ".join(s[:1].lower() + s[1:] for s in tool["description"].split(". "))}


def parameters_turned(tool):
    changed = copy.deepcopy(tool)
    schema = changed.get("inputSchema") or {}
    if isinstance(schema.get("properties"), dict):
        schema["properties"] = dict(reversed(schema["properties"].items()))
    return changed


CHANGES = [spaced, wrapped, bold, trailing_space, one_sentence_a_line, lower_case, parameters_turned]


def scores_of(tool):
    return score(load([tool])).tools[0].scores


def moved(tool, change):
    before, after = scores_of(tool), scores_of(change(tool))
    return {key: (before[key], after[key]) for key in before if before[key] != after[key]}


def assert_stable(tool, change):
    found = moved(tool, change)
    assert len(found) <= 1, found
    for before, after in found.values():
        assert before is not None
        assert after is not None
        assert abs(before - after) <= 1


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: c.__name__)
def test_form_of_our_own_server(change, root):
    for tool in json.loads((root / "tests/fixtures/servers/bookshop.json").read_text())["tools"]:
        if tool.get("description"):
            assert_stable(tool, change)


@pytest.fixture(scope="module")
def real(shared):
    found = []
    for path in sorted((shared / "bench" / "servers").glob("*.json")):
        found += [t for t in json.loads(path.read_text())["tools"] if (t.get("description") or "").strip()]
    return found


@settings(max_examples=150)
@given(data=st.data())
def test_form_of_real_definitions(data, real):
    assert_stable(data.draw(st.sampled_from(real)), data.draw(st.sampled_from(CHANGES)))


TWINS = [
    (
        "Translate a text from Japanese to English. At most 5000 characters per call.",
        "テキストを日本語から英語に翻訳します。1回に最大5000文字。",
    ),
    ("Delete an invoice. It cannot be restored.", "Удаляет счёт. Восстановить его нельзя."),
    (
        "List the customer's open orders, newest first.",
        "Lista los pedidos abiertos del cliente, los más recientes primero.",
    ),
]


@pytest.mark.parametrize(("english", "other"), TWINS)
def test_another_language_stays_near_its_twin(english, other):
    base = {
        "name": "tool_x",
        "inputSchema": {
            "type": "object",
            "properties": {"id": {"type": "string", "description": "Number on the lid."}},
        },
    }
    one, two = scores_of(base | {"description": english}), scores_of(base | {"description": other})
    for key in ("parameter_semantics", "conciseness_structure", "contextual_completeness"):
        assert abs(one[key] - two[key]) <= 1, key
    assert two["purpose_clarity"] is None
