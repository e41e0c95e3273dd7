"""The wheel as it is shipped: built, installed where the source folder is out of reach, and used from there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

TOOLS = {
    "tools": [
        {
            "name": "get_order",
            "description": "Get one order by its id.",
            "inputSchema": {"type": "object", "properties": {}},
        },
        {"name": "delete_order", "inputSchema": {"type": "object", "properties": {"id": {"type": "string"}}}},
    ]
}


@pytest.fixture(scope="module")
def installed(root, tmp_path_factory) -> Path:
    """A `toolmark` in an environment that has the wheel; its dependencies are lent by the environment of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--disable-pip-version-check",
    ]
    _run([*build, "--wheel-dir", str(folder), str(root)], folder)
    (wheel,) = folder.glob("toolmark-*.whl")
    _run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], folder)
    python = folder / "venv" / "bin" / "python"
    site = Path(
        _run([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder).stdout.strip()
    )
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    _run([*install, "--disable-pip-version-check"], folder)
    # A plain path in a .pth is only appended to sys.path: the .pth of an editable install behind it is not read.
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (folder / "tools.json").write_text(json.dumps(TOOLS), encoding="utf-8")
    return folder


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "TOOLMARK"))}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done


def _toolmark(folder: Path, *arguments: str) -> str:
    return _run([str(folder / "venv" / "bin" / "toolmark"), *arguments], folder).stdout


def test_the_wheel_is_what_runs(installed, root):
    where = _run(
        [
            str(installed / "venv" / "bin" / "python"),
            "-c",
            "import scorer, sys; print(scorer.__file__); print(sys.path)",
        ],
        installed,
    )
    assert where.stdout.startswith(str(installed))
    assert repr(str(root)) not in where.stdout


def test_it_grades(installed):
    report = json.loads(_toolmark(installed, "score", "tools.json", "--format", "json"))
    assert [tool["name"] for tool in report["tools"]] == ["get_order", "delete_order"]
    assert report["tools"][1]["tdqs"] == 1.0
    assert "get_order" in _toolmark(installed, "score", "tools.json")


def test_it_renders_a_page(installed):
    _toolmark(installed, "score", "tools.json", "--html", "card.html")
    page = (installed / "card.html").read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html")
    assert "delete_order" in page


def test_it_explains(installed):
    assert "usage_guidelines" in _toolmark(installed, "explain")
    assert "Usage" in _toolmark(installed, "explain", "usage_guidelines")
