"""Git repositories for tests, and an environment in which this project installs offline: its dependencies are lent by the tests' own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from runner import clean_environment

# What the hook's environment is built from.
SHIPPED = (
    "scorer",
    "rubrics",
    "reports/templates",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    ".pre-commit-hooks.yaml",
    "action.yml",
)


class Repository:
    """A git repository, and an environment in which pre-commit builds offline: dependencies are lent by the tests' own."""

    def __init__(self, folder, home):
        self.folder = folder
        folder.mkdir()
        names = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "t"), ("EMAIL", "t@example.org"))
        }
        site = sysconfig.get_path("purelib")
        pip = {"PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PYTHONPATH": site}
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        self.env = {**clean_environment(), **names, **pip, "PRE_COMMIT_HOME": str(home), "PATH": path}
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


def copy_project(root, repository):
    """This checkout, as it is now, as the only commit of another repository."""
    for name in SHIPPED:
        target = repository.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (root / name).is_dir():
            shutil.copytree(root / name, target, ignore=shutil.ignore_patterns("__pycache__", "calibration.json~"))
        else:
            shutil.copyfile(root / name, target)
    repository.git("add", ".")
    assert repository.commit().returncode == 0
    return repository
