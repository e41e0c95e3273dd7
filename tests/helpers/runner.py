"""A runner for composite actions: the steps of an action.yml in order, with its environment files, as GitHub's would.

Of the expressions it knows what ours use: a context value, `==`, `&&`. Actions of others are not run; what they are given is kept.
"""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING
from uuid import uuid4

import yaml

if TYPE_CHECKING:
    from pathlib import Path

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


class Runner:
    """One job. event: name and payload path. env: what the job gives to every step. uses: outputs of others' actions by their name."""

    def __init__(self, action: Path, workspace: Path, temp: Path, env: dict[str, str], uses: dict[str, dict[str, str]]):
        self.definition = yaml.safe_load((action / "action.yml").read_text(encoding="utf-8"))
        self.action, self.workspace, self.temp, self.env, self.uses = action, workspace, temp, env, uses
        self.given: dict[str, dict[str, str]] = {}
        self.log, self.summary, self.outputs = "", "", {}

    def run(self, **inputs: str) -> str:
        """`success` or `failure`; then `log`, `summary`, `outputs` and `given` say what happened."""
        known = {name: str(one.get("default", "")) for name, one in self.definition["inputs"].items()}
        assert not inputs.keys() - known.keys(), "an input that the action does not have"
        context = {f"inputs.{name}": inputs.get(name, value) for name, value in known.items()}
        context |= {
            "github.event_name": self.env["GITHUB_EVENT_NAME"],
            "github.token": self.env["THE_TOKEN"],
            "runner.temp": str(self.temp),
        }
        self.given, self.log, self.summary, failed = {}, "", "", False
        for step in self.definition["runs"]["steps"]:
            if failed or not self._holds(step.get("if"), context):
                continue
            ok = self._used(step, context) if "uses" in step else self._ran(step, context)
            failed = not ok and not step.get("continue-on-error")
        self.outputs = {name: self._filled(one["value"], context) for name, one in self.definition["outputs"].items()}
        return "failure" if failed else "success"

    def _holds(self, condition: str | None, context: dict[str, str]) -> bool:
        for part in (condition or "").split("&&"):
            left, equals, right = part.partition("==")
            if equals and context.get(left.strip(), "") != right.strip().strip("'"):
                return False
        return True

    def _filled(self, text: object, context: dict[str, str]) -> str:
        return _EXPRESSION.sub(lambda match: context.get(match[1], ""), str(text))

    def _used(self, step: dict, context: dict[str, str]) -> bool:
        name, at, commit = step["uses"].partition("@")
        assert at, "not pinned"
        assert re.fullmatch(r"[0-9a-f]{40}", commit), "not pinned by commit"
        self.given[name] = {key: self._filled(value, context) for key, value in step.get("with", {}).items()}
        context.update({f"steps.{step.get('id')}.outputs.{key}": value for key, value in self.uses[name].items()})
        return True

    def _ran(self, step: dict, context: dict[str, str]) -> bool:
        assert not _EXPRESSION.search(step["run"]), "an expression inside a script"
        output, summary = self.temp / f"output-{uuid4().hex}", self.temp / f"summary-{uuid4().hex}"
        for file in (output, summary):
            file.touch()
        env = {key: value for key, value in self.env.items() if key != "THE_TOKEN"}
        env |= {
            "GITHUB_ACTION_PATH": str(self.action),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temp),
        }
        env |= {
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_ACTIONS": "true",
            "CI": "true",
        }
        env |= {key: self._filled(value, context) for key, value in step.get("env", {}).items()}
        script = self.temp / f"{uuid4().hex}.sh"
        script.write_text(step["run"], encoding="utf-8")
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
        done = subprocess.run(command, cwd=self.workspace, env=env, capture_output=True, text=True, check=False)
        self.log += done.stdout + done.stderr
        self.summary += summary.read_text(encoding="utf-8")
        context.update({f"steps.{step.get('id')}.outputs.{key}": value for key, value in _outputs(output).items()})
        return done.returncode == 0


def _outputs(file: Path) -> dict[str, str]:
    found, lines = {}, iter(file.read_text(encoding="utf-8").splitlines())
    for line in lines:
        key, heredoc, mark = line.partition("<<")
        if heredoc:
            found[key] = "\n".join(iter(lambda end=mark: next(lines), mark))
        else:
            key, _, found[key] = line.partition("=")
    return found


def clean_environment(**more: str) -> dict[str, str]:
    """The tests' environment without what would lead git, pip or Toolmark elsewhere."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("GIT_", "GITHUB_", "PYTHON", "TOOLMARK", "INPUT_"))
    }
    return {**kept, "GIT_CONFIG_GLOBAL": os.devnull, **more}
