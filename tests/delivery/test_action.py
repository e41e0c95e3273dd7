"""The Action end to end: its steps run in order in a repository with a fork-like branch, beside an API on loopback."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from gate_tools import FAIR, GOOD, worse
from github_api import TOKEN, GitHub
from messages_server import MessagesServer
from repositories import Repository, copy_project
from runner import Runner

from scorer.version import __version__

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None or shutil.which("bash") is None, reason="needs git and bash"
)
CANARY = "canary-51f0a7"
USES = {
    "actions/setup-python": {"python-path": sys.executable},
    "actions/upload-artifact": {"artifact-url": "https://github.com/acme/shop/actions/runs/1/artifacts/2"},
    "github/codeql-action/upload-sarif": {},
}
EVIL = {
    **FAIR,
    "name": "evil",
    "description": "Lists x.\n::error::forged\n## @everyone | `x` <b>\n::set-output name=passed::true",
}


@pytest.fixture(scope="module")
def shop(root, tmp_path_factory):
    """A base on `main` and a change on `patch`, the Action beside them, and the API."""
    folder = tmp_path_factory.mktemp("action")
    action = copy_project(root, Repository(folder / "toolmark", folder / "home"))
    repository = Repository(folder / "shop", folder / "home")
    repository.write("tools.json", {"tools": [GOOD, FAIR]})
    repository.commit()
    github = GitHub()
    (folder / "temp").mkdir()
    yield repository, action.folder, github, folder / "temp"
    github.close()


@pytest.fixture
def job(shop):
    """Runs the Action for a pull request whose branch holds these tools."""
    repository, action, github, temp = shop

    def run(*tools, text=None, secrets=None, **inputs):
        base = repository.git("rev-parse", "main").strip()
        repository.git("checkout", "-q", "-B", "patch", "main")
        repository.write("tools.json", text if text is not None else {"tools": tools})
        repository.write("notes.md", f"{github.next_id} {len(github.asked)}")
        repository.commit()
        # What actions/checkout gives a pull request: the merge of base and head.
        repository.git("checkout", "-q", "-B", "merge", "main")
        repository.git("merge", "-q", "--no-ff", "-m", "merge", "patch")
        event = temp / "event.json"
        pull = {
            "base": {"sha": base},
            "head": {"sha": repository.git("rev-parse", "patch").strip(), "repo": {"full_name": "forker/shop"}},
        }
        event.write_text(json.dumps({"number": 7, "pull_request": pull}), encoding="utf-8")
        env = {
            **repository.env,
            "GITHUB_EVENT_NAME": "pull_request",
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_REPOSITORY": "acme/shop",
            "GITHUB_API_URL": github.url,
            "THE_TOKEN": TOKEN,
            "A_SECRET": CANARY,
            "ANTHROPIC_API_KEY": CANARY,
            **(secrets or {}),
        }
        shutil.rmtree(temp / "toolmark", ignore_errors=True)
        job = Runner(action, repository.folder, temp, env, USES)
        job.ended = job.run(path="tools.json", **inputs)
        job.files = {path.name: path.read_text(encoding="utf-8") for path in (temp / "toolmark").glob("*")}
        told = "".join([job.log, job.summary, *job.files.values(), *(made["body"] for made in github.comments)])
        assert CANARY not in told
        assert TOKEN not in told
        return job

    return run


def test_a_pull_request_from_its_first_push_to_its_last(shop, job):
    github = shop[2]

    unchanged = job(GOOD, FAIR)
    assert unchanged.ended == "success", unchanged.log
    assert github.comments == []
    assert unchanged.outputs["change"] == "0.0"
    assert "::error" not in unchanged.log
    assert "::warning" not in unchanged.log

    fallen = job(worse(GOOD), FAIR, **{"max-drop": "0.2", "sarif": "true"})
    assert fallen.ended == "failure"
    assert len(github.comments) == 1
    body = github.comments[0]["body"]
    assert "| <code>get_order</code> |" in body
    assert "artifacts/2" in body
    assert "::error file=tools.json,line=5,col=" in fallen.log
    assert "get_order fell from" in fallen.summary
    assert fallen.outputs["passed"] == "false"
    assert float(fallen.outputs["change"]) < 0
    assert float(fallen.outputs["score"]) > 1
    assert json.loads(fallen.files["toolmark.sarif"])["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert fallen.given["github/codeql-action/upload-sarif"]["sarif_file"] == fallen.outputs["sarif-path"]
    assert fallen.files["report.html"].lower().startswith("<!doctype html")

    mended = job(GOOD, {**FAIR, "description": FAIR["description"] + " Changes nothing."}, **{"max-drop": "0.2"})
    assert mended.ended == "success", mended.log
    assert len(github.comments) == 1
    assert "list_orders" in github.comments[0]["body"] != body

    before = len(github.writes())
    again = job(GOOD, {**FAIR, "description": FAIR["description"] + " Changes nothing."}, **{"max-drop": "0.2"})
    assert again.ended == "success"
    assert len(github.writes()) == before

    reverted = job(GOOD, FAIR)
    assert reverted.ended == "success"
    assert "No tool definition differs" in github.comments[0]["body"]


def test_a_token_that_may_only_read_ends_green_with_the_summary(shop, job):
    github = shop[2]
    github.comments.clear()
    github.answers.append(("POST", 403, {}, "Resource not accessible by integration"))
    done = job(worse(GOOD), FAIR)
    assert done.ended == "success", done.log
    assert github.comments == []
    assert "no comment was written" in done.log
    assert "get_order" in done.summary


def test_a_definition_cannot_speak_to_the_runner(shop, job):
    done = job(GOOD, FAIR, EVIL, **{"fail-under-tool": "A"})
    assert done.outputs["passed"] == "false"
    commands = [line for line in done.log.splitlines() if line.lstrip().startswith("::")]
    assert commands
    assert all(line.startswith(("::error file=tools.json,", "::warning file=tools.json,")) for line in commands)
    assert "@everyone" not in done.summary


def test_without_a_key_the_judge_is_not_asked(shop, job):
    done = job(GOOD, FAIR, judge="true", secrets={"ANTHROPIC_API_KEY": ""})
    assert done.ended == "success", done.log
    assert "the judge was not asked" in done.log


def test_with_a_key_head_and_base_are_judged_alike(shop, job, tmp_path):
    with MessagesServer(key=CANARY) as judge:
        secrets = {"ANTHROPIC_BASE_URL": judge.url, "XDG_CACHE_HOME": str(tmp_path)}
        done = job(GOOD, FAIR, judge="true", secrets=secrets, **{"max-drop": "0"})
    assert done.ended == "success", done.log
    assert judge.bodies
    assert json.loads(done.files["report.json"])["model"]
    assert done.outputs["change"] == "0.0"


def test_no_tool_list_fails_with_what_to_do(shop, job):
    done = job(text="{}")
    assert done.ended == "failure"
    assert "::error title=toolmark::tools.json" in done.log
    assert "tip: " in done.log


CHECKS = {
    "action.yml": ["--builtin-schema", "vendor.github-actions", "action.yml"],
    "workflows": [
        "--builtin-schema",
        "vendor.github-workflows",
        ".github/workflows/*.yml",
        "reports/templates/workflows/*.yml",
    ],
}


@pytest.mark.parametrize("arguments", CHECKS.values(), ids=CHECKS)
def test_by_githubs_own_schemas(root, arguments):
    files = [str(path) for one in arguments[2:] for path in sorted(root.glob(one))]
    assert files
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *arguments[:2], *files], capture_output=True, text=True, check=False, cwd=root
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_zizmor_finds_nothing(root, tmp_path):
    for source in (root / ".github" / "workflows", root / "reports" / "templates" / "workflows"):
        for path in source.glob("*.yml"):
            target = tmp_path / ".github" / "workflows" / f"{source.name}-{path.name}"
            target.parent.mkdir(parents=True, exist_ok=True)
            # The reader of an example puts their release's commit there.
            target.write_text(
                path.read_text(encoding="utf-8").replace(
                    f"toolmark/toolmark@v{__version__}", f"toolmark/toolmark@{'a' * 40}"
                ),
                encoding="utf-8",
            )
    shutil.copyfile(root / "action.yml", tmp_path / "action.yml")
    zizmor = str(Path(sys.executable).with_name("zizmor"))
    done = subprocess.run(
        [zizmor, "--offline", "--no-progress", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings to report" in done.stdout + done.stderr


def test_inputs_reach_the_shell_through_the_environment(root):
    text = (root / "action.yml").read_text(encoding="utf-8")
    assert "pull_request_target" not in text + "".join(
        path.read_text(encoding="utf-8") for path in (root / ".github").rglob("*.yml")
    )


def test_the_workflow_for_users_names_this_version(root):
    text = (root / "reports/templates/workflows/toolmark.yml").read_text(encoding="utf-8")
    assert f"uses: toolmark/toolmark@v{__version__} " in text
