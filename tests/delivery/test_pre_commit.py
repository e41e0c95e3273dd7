"""The hooks in a repository, by pre-commit itself: a good commit passes, a worse description is stopped, another file is none of its business."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest
import yaml
from gate_tools import FAIR, GOOD, worse
from repositories import Repository, copy_project

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture(scope="module")
def hooks(root, tmp_path_factory):
    """The hooks as a repository that pre-commit can clone: this checkout as it is now."""
    folder = tmp_path_factory.mktemp("hooks")
    return copy_project(root, Repository(folder / "toolmark", folder / "home"))


@pytest.fixture(scope="module")
def shop(hooks, tmp_path_factory):
    """A server's repository with the hook installed, and a first commit."""
    repository = Repository(tmp_path_factory.mktemp("shop") / "shop", hooks.folder.parent / "home")
    config = {
        "repos": [
            {"repo": str(hooks.folder), "rev": hooks.git("rev-parse", "HEAD").strip(), "hooks": [{"id": "toolmark"}]}
        ]
    }
    repository.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    repository.write("tools.json", {"tools": [GOOD, FAIR]})
    done = repository.commit()
    assert done.returncode == 0, done.stderr
    done = repository.pre_commit("install", "--install-hooks")
    assert done.returncode == 0, done.stderr + done.stdout
    return repository


def test_commits_in_a_repository(shop):
    shop.write("tools.json", {"tools": [GOOD, {**FAIR, "description": FAIR["description"] + " Changes nothing."}]})
    done = shop.commit()
    assert done.returncode == 0, done.stderr
    assert "Passed" in done.stderr

    shop.write("notes.md", "Nothing about tools.\n")
    done = shop.commit()
    assert done.returncode == 0, done.stderr
    assert "Skipped" in done.stderr

    shop.write("tools.json", {"tools": [worse(GOOD), FAIR]})
    done = shop.commit()
    assert done.returncode == 1
    assert re.search(r"^tools\.json:5:\d+: get_order fell from .* Fix: ", done.stderr, re.MULTILINE), done.stderr
    shop.git("checkout", "-q", "HEAD", "--", "tools.json")


def test_try_repo_stops_a_worse_snapshot(hooks, shop):
    for tool in (GOOD, FAIR):
        shop.write(f"pkg/__toolsnaps__/{tool['name']}.snap", tool)
    shop.git("commit", "-q", "--no-verify", "-m", "snapshots")
    shop.write("pkg/__toolsnaps__/get_order.snap", worse(GOOD))
    done = shop.pre_commit("try-repo", str(hooks.folder), "toolmark", "--verbose")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "pkg/__toolsnaps__/get_order.snap:3:" in done.stdout


def test_the_hooks_are_what_pre_commit_expects(root):
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(root / ".pre-commit-hooks.yaml")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


FILES = {
    "tools.json": True,
    "pkg/github/__toolsnaps__/get_me.snap": True,
    "snapshots/mytools.json": True,
    "server/tools/read_file.json": True,
    "tests/__toolsnaps__/a.json": True,
    "package.json": False,
    "src/tools.py": False,
    "tsconfig.json": False,
}


@pytest.mark.parametrize(("path", "wanted"), FILES.items())
def test_which_files_it_looks_at(root, path, wanted):
    hook = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]
    assert bool(re.search(hook["files"], path)) is wanted
