from __future__ import annotations

import pytest

from scorer.signals import TOKEN_METHOD, estimate_tokens, measure


@pytest.mark.parametrize(
    ("definition", "tokens"),
    [
        ({"name": "abcd"}, 1),
        ({"name": "abcd", "description": "efgh"}, 2),
        ({"name": "abcd", "description": "efghi"}, 3),
        ({"name": "abcd", "description": "名前名前"}, 1 + 4),
        ({"name": "abcd", "description": "é" * 3}, 1 + 2),
        ({"name": "abcd", "inputSchema": {"a": [1, 2]}}, 4),
        (
            {
                "name": "abcd",
                "inputSchema": None,
                "outputSchema": {"a": "b"},
                "title": "long title",
                "annotations": {"readOnlyHint": True},
            },
            1,
        ),
        ({"name": "abcd", "description": "\ud800"}, 1 + 1),
    ],
)
def test_tokens_of_name_description_and_input_schema(tool, definition, tokens):
    assert estimate_tokens(tool(definition)) == measure(tool(definition)).tokens == tokens


def test_the_method_is_one_sentence():
    assert not TOKEN_METHOD.endswith(".")
    assert TOKEN_METHOD.count(". ") == 0
