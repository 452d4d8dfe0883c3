"""The scripts of the GitHub action, run as the action would run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.kit import LOADS_APACHE, STRICT, make_branch
from tests.project.repositories import make_repository

HOUSE = Path(__file__).parent.parent


def run(script: str, root: Path, scratch: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(scratch),
        "RUNNER_TEMP": str(scratch),
        "GITHUB_OUTPUT": str(scratch / "output"),
        "GITHUB_STEP_SUMMARY": str(scratch / "summary.md"),
        "LADING_PRE_INSTALLED": "true",
        "LADING_PYTHON": sys.executable,
        "LADING_NO_NETWORK": "true",
        "LADING_CACHE": str(scratch / "cache"),
        "LADING_SARIF_FILE": str(scratch / "lading.sarif"),
        "LADING_JSON_FILE": str(scratch / "lading.json"),
        **settings,
    }
    return subprocess.run(
        ["bash", str(HOUSE / "action" / script)],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def pull_request(tmp_path: Path) -> Path:
    """A clone of a repository whose branch brings in one model and loosens the policy for it."""
    return make_branch(tmp_path, STRICT.replace("error", "note"))


def test_a_pull_request_is_judged_by_what_its_base_had(pull_request: Path, tmp_path: Path) -> None:
    done = run("scan", pull_request, tmp_path, GITHUB_BASE_REF="main")
    assert done.returncode == 1, done.stderr
    report = json.loads((tmp_path / "lading.json").read_text())
    assert {(f["rule"], f["file"]) for f in report["findings"] if f["level"] == "error"} >= {
        ("license-not-allowed", "new.py")
    }
    assert "old.py" not in {f["file"] for f in report["findings"]}
    assert any(f["rule"] == "policy-loosened" for f in report["findings"])
    assert (tmp_path / "output").read_text() == "exit-code=1\n"
    assert "Qwen/Qwen2.5-72B-Instruct" in (tmp_path / "summary.md").read_text()
    assert "::error file=new.py,line=3" in done.stdout
    assert json.loads((tmp_path / "lading.sarif").read_text())["runs"]


def test_a_push_is_judged_whole(pull_request: Path, tmp_path: Path) -> None:
    done = run("scan", pull_request, tmp_path, LADING_FAIL_ON="error")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads((tmp_path / "lading.json").read_text())["project"]["scope"] == "whole"


def test_a_clone_that_does_not_reach_back_is_told_what_to_do(tmp_path: Path) -> None:
    make_repository(tmp_path / "alone", {"a.py": LOADS_APACHE})
    done = run("scan", tmp_path / "alone", tmp_path, GITHUB_BASE_REF="main")
    assert done.returncode == 2
    assert "fetch-depth: 0" in done.stderr
    assert (tmp_path / "output").read_text() == "exit-code=2\n"


def test_an_installed_lading_is_used_as_it_is(tmp_path: Path) -> None:
    done = run("install", tmp_path, tmp_path)
    assert (done.returncode, done.stdout.startswith("lading, version ")) == (0, True), done.stderr


def test_every_input_reaches_a_script_and_every_script_variable_is_an_input() -> None:
    action = yaml.safe_load((HOUSE / "action.yml").read_text(encoding="utf-8"))
    passed = {name: value for step in action["runs"]["steps"] for name, value in step.get("env", {}).items()}
    scripts = "".join((HOUSE / "action" / name).read_text(encoding="utf-8") for name in ("install", "scan"))
    used = {value.split("inputs.")[1].rstrip(" }") for value in passed.values()}
    assert used | {"upload-sarif"} == set(action["inputs"])
    assert [name for name in passed if name != "HF_TOKEN" and name not in scripts] == []


def test_the_upload_to_code_scanning_is_asked_for_and_comes_also_after_a_finding() -> None:
    action = yaml.safe_load((HOUSE / "action.yml").read_text(encoding="utf-8"))
    (upload,) = [step for step in action["runs"]["steps"] if "upload-sarif" in step.get("uses", "")]
    assert action["inputs"]["upload-sarif"]["default"] == "false"
    assert upload["if"].startswith("always() && inputs.upload-sarif == 'true'")
    assert upload["with"]["sarif_file"] == "${{ inputs.sarif-file }}"


def test_a_report_the_repository_brings_along_is_not_shown_as_this_scans(tmp_path: Path) -> None:
    forged = {"lading.json": '{"schema": "lading.report/1"}', "lading.yaml": "version: 1\nrulez: {}\n"}
    make_repository(tmp_path / "shop", {"a.py": LOADS_APACHE, **forged})
    here = {"LADING_JSON_FILE": "lading.json", "LADING_SARIF_FILE": "lading.sarif"}
    done = run("scan", tmp_path / "shop", tmp_path, **here)
    assert (done.returncode, "did you mean 'rules'?" in done.stderr) == (2, True)
    assert not (tmp_path / "shop" / "lading.json").exists()
    assert not (tmp_path / "summary.md").exists()


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"LADING_FAIL_ON": "never"}, 0),
        ({"LADING_POLICY": "permissive-only"}, 1),
        ({"LADING_ARGUMENTS": "--include tests --fail-on warning"}, 1),
        ({"LADING_SUMMARY": "false", "LADING_ANNOTATIONS": "false"}, 1),
    ],
)
def test_what_the_inputs_say_reaches_the_scan(
    pull_request: Path, tmp_path: Path, settings: dict[str, str], code: int
) -> None:
    done = run("scan", pull_request, tmp_path, GITHUB_BASE_REF="main", **settings)
    assert done.returncode == code, done.stderr
    assert ("::error" in done.stdout) == ("LADING_ANNOTATIONS" not in settings)
    assert (tmp_path / "summary.md").exists() == ("LADING_SUMMARY" not in settings)


def test_all_of_a_pull_request_is_judged_where_that_is_asked_for(pull_request: Path, tmp_path: Path) -> None:
    run("scan", pull_request, tmp_path, GITHUB_BASE_REF="main", LADING_ONLY_CHANGES="false")
    report = json.loads((tmp_path / "lading.json").read_text())
    assert {f["file"] for f in report["findings"] if f["level"] == "error"} >= {"old.py", "new.py"}
