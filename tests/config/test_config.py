"""The configuration is found, read strictly, and says what is wrong with it."""

from __future__ import annotations

import pytest

from scorer.config import find_config, load_config
from scorer.errors import UsageError
from scorer.models.config import ConfiguredServer, Demands
from scorer.models.gate import Suppression

FULL = """
fail-under = "B"
fail_under_tool = 2.5
fail-on = ["purpose/*"]
max_drop = 0.2
baseline = "base.json"

[servers.shop]
path = "tools.json"
fail-under-tool = "A"

[servers.live]
server = "python -m shop"
env = "TOKEN"
cwd = "src"
timeout = 5

[[suppress]]
fact = "usage/says-when"
tool = "legacy_*"
reason = "Gone in May."
expires = 2027-05-01
"""


@pytest.fixture
def read(tmp_path):
    def load(text, name="toolmark.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return load_config(path)

    return load


def test_everything_it_can_say(read, tmp_path):
    config = read(FULL)
    assert config.folder == str(tmp_path)
    assert config.demands == Demands("B", 2.5, ("purpose/*",), 0.2)
    assert config.servers == (
        ConfiguredServer("shop", path="tools.json", demands=Demands(fail_under_tool="A")),
        ConfiguredServer("live", server="python -m shop", env=("TOKEN",), cwd="src", timeout=5),
    )
    assert config.suppressions == (Suppression("usage/says-when", "Gone in May.", "legacy_*", "2027-05-01"),)


def test_in_pyproject(read):
    config = read('[project]\nname = "x"\n[tool.toolmark]\npath = "t.json"\n', "pyproject.toml")
    assert config.servers == (ConfiguredServer(None, path="t.json"),)


WRONG = {
    "an unknown key": ("fail_undre = 3", "fail-under"),
    "an unknown key in a server": ("[servers.a]\npaht = 'x'", "path"),
    "both spellings": ("max-drop = 1\nmax_drop = 1", "one"),
    "a server without a place": ("[servers.a]\ntimeout = 3", "definitions"),
    "a server with two": ("path = 'a'\nurl = 'b'", "definitions"),
    "one server beside several": ("path = 'a'\n[servers.b]\npath = 'b'", "Move"),
    "a number in quotes": ("timeout = '3'\npath = 'a'", "without quotes"),
    "facts as a number": ("fail_on = 3", "like"),
    "a text as a flag": ("allow_empty = 'yes'", "true or false"),
    "a suppression without a reason": ("[[suppress]]\nfact = 'usage/says-when'", "why"),
    "with a blank reason": ("[[suppress]]\nfact = 'usage/says-when'\nreason = ' '", "why"),
    "without a fact": ("[[suppress]]\nreason = 'x'", "Name"),
    "with a day that is none": ("[[suppress]]\nfact='a/b'\nreason='x'\nexpires='soon'", "2027"),
    "one table": ("[suppress]\nfact='a/b'", "[[suppress]]"),
    "no TOML": ("fail_under = ", "Mend"),
}


@pytest.mark.parametrize(("text", "tip"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_with_a_tip(read, text, tip):
    with pytest.raises(UsageError) as caught:
        read(text)
    assert "toolmark.toml" in str(caught.value)
    assert tip in caught.value.tip


def test_the_nearest_counts_up_to_the_root_of_the_repository(tmp_path):
    below = tmp_path / "repo" / "src"
    below.mkdir(parents=True)
    (tmp_path / "toolmark.toml").write_text("", encoding="utf-8")
    assert find_config(below) == tmp_path.resolve() / "toolmark.toml"
    (tmp_path / "repo" / ".git").mkdir()
    assert find_config(below) is None
    (tmp_path / "repo" / "pyproject.toml").write_text("[project]\nname='x'", encoding="utf-8")
    assert find_config(below) is None
    (tmp_path / "repo" / "pyproject.toml").write_text("# no [tool.toolmark] here\n", encoding="utf-8")
    assert find_config(below) is None
    (tmp_path / "repo" / "pyproject.toml").write_text("[tool.toolmark]\n", encoding="utf-8")
    assert find_config(below).name == "pyproject.toml"
