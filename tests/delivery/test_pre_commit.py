"""The hooks in a repository, by pre-commit itself: a good commit passes, a worse description is stopped, another file is none of its business."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig

import pytest
import yaml
from gate_tools import FAIR, GOOD, worse

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
# What the hook's environment is built from.
SHIPPED = ("scorer", "rubrics", "reports/templates", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


class Repository:
    """A git repository, and an environment in which pre-commit builds offline: dependencies are lent by the tests' own."""

    def __init__(self, folder, home):
        self.folder = folder
        folder.mkdir()
        env = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PYTHON", "TOOLMARK"))}
        names = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "t"), ("EMAIL", "t@example.org"))
        }
        site = sysconfig.get_path("purelib")
        pip = {"PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PYTHONPATH": site}
        path = os.pathsep.join([os.path.dirname(sys.executable), env["PATH"]])  # noqa: PTH120
        self.env = {**env, **names, **pip, "PRE_COMMIT_HOME": str(home), "PATH": path, "GIT_CONFIG_GLOBAL": os.devnull}
        self.git("init", "-q", "-b", "main")

    def run(self, *command):
        return subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, text=True, check=False)

    def git(self, *arguments):
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def write(self, name, value):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value, indent=2) + "\n", encoding="utf-8")
        self.git("add", ".")

    def commit(self):
        return self.run("git", "commit", "-m", "x")

    def pre_commit(self, *arguments):
        return self.run(sys.executable, "-m", "pre_commit", *arguments)


@pytest.fixture(scope="module")
def hooks(root, tmp_path_factory):
    """The hooks as a repository that pre-commit can clone: this checkout as it is now."""
    folder = tmp_path_factory.mktemp("hooks")
    source = Repository(folder / "toolmark", folder / "home")
    for name in SHIPPED:
        target = source.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (root / name).is_dir() else shutil.copyfile
        copy(
            root / name,
            target,
            **({"ignore": shutil.ignore_patterns("__pycache__", "calibration")} if copy is shutil.copytree else {}),
        )
    source.git("add", ".")
    assert source.commit().returncode == 0
    return source


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
