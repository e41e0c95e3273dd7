from __future__ import annotations

import pytest

from scorer import assets
from scorer.errors import RubricError


def test_a_checkout_is_read_where_it_stands(root):
    assert assets.read_asset("rubrics/rubric.yaml") == (root / "rubrics" / "rubric.yaml").read_text(encoding="utf-8")
    assert assets.asset_path("templates/x.j2") == root / "reports" / "templates" / "x.j2"


def test_what_the_wheel_carries_comes_first(tmp_path, monkeypatch):
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics" / "rubric.yaml").write_text("shipped", encoding="utf-8")
    monkeypatch.setattr(assets, "_DATA", tmp_path)
    assert assets.read_asset("rubrics/rubric.yaml") == "shipped"


@pytest.mark.parametrize("path", ["", "/etc/passwd", "rubrics/../pyproject.toml", "other/x", "templates/../../x"])
def test_nothing_else_is_an_asset(path):
    with pytest.raises(RubricError, match="not an asset"):
        assets.read_asset(path)


def test_a_missing_or_damaged_file_is_said(tmp_path, monkeypatch):
    with pytest.raises(RubricError, match=r"rubrics/none\.yaml cannot be read"):
        assets.read_asset("rubrics/none.yaml")
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics" / "x.yaml").write_bytes(b"\xff\xfe")
    monkeypatch.setattr(assets, "_DATA", tmp_path)
    with pytest.raises(RubricError) as raised:
        assets.read_asset("rubrics/x.yaml")
    assert raised.value.tip
