from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.calibration.groups import bare_name, folds, groups, shares


@pytest.mark.parametrize(
    ("server", "bare"),
    [
        ("IBM/chuk-mcp-geocoder", "chukgeocoder"),
        ("docxmcp041", "docxmcp"),
        ("git2026_1", "git"),
        ("EduBase/MCP", "edubase"),
        ("Playwright MCP Server", "playwright"),
        ("鸣潮 MCP Server", "鸣潮"),
        ("mcp", "mcp"),
    ],
)
def test_a_servers_name_without_owner_and_version(server, bare):
    assert bare_name(server) == bare


def test_rows_are_joined_by_name_and_by_text():
    of_row = groups(["a/git-mcp", "git2025", "other", "third", "fourth"], ["1", "2", "2", "3", "4"])
    assert of_row[0] == of_row[1] == of_row[2]
    assert len(set(of_row.tolist())) == 3


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=60), st.integers(0, 5))
def test_no_group_is_in_two_folds(names, seed):
    of_row = groups(names, [str(at) for at in range(len(names))])
    fold = folds(of_row, 4, seed)
    assert len({(g, f) for g, f in zip(of_row.tolist(), fold.tolist(), strict=True)}) == len(set(names))
    assert np.array_equal(fold, folds(of_row, 4, seed))


def test_weights_by_server():
    assert shares(["a", "a", "b"], 1.0).tolist() == [0.25, 0.25, 0.5]
    assert shares(["a", "a", "b"], 0.0).tolist() == pytest.approx([1 / 3] * 3)
