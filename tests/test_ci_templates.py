"""The generic script and the GitLab job, run as a build server would run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.kit import STRICT, make_branch
from tests.project.repositories import git

CI = Path(__file__).parent.parent / "docs" / "ci"

PYTHON = f"""#!/bin/sh
if [ "$2" = venv ]; then
  mkdir -p "$3/bin"
  printf '#!/bin/sh\\necho "$@" >> "$HOME/pip.log"\\n' > "$3/bin/pip"
  printf '#!/bin/sh\\nexec {sys.executable} "$@"\\n' > "$3/bin/python"
  chmod +x "$3/bin/pip" "$3/bin/python"
  exit 0
fi
exec {sys.executable} "$@"
"""
"""Stands in for `python3`: an environment is made at once, and what is installed there is noted."""


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    """A branch that brings in one model the policy of `main` does not allow, and allows it itself."""
    return make_branch(tmp_path, STRICT.replace("[Apache-2.0]", '["category:commercial-limited"]'))


def run(command: list[str], root: Path, tmp_path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    folder = tmp_path / "bin"
    folder.mkdir(exist_ok=True)
    for name in ("python", "python3"):
        (folder / name).write_text(PYTHON)
        (folder / name).chmod(0o755)
    environment = {
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LADING_CACHE": str(tmp_path / "cache"),
        "HF_HUB_OFFLINE": "1",
        **more,
    }
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def errors(file: Path) -> set[tuple[str, str]]:
    findings = json.loads(file.read_text())["findings"]
    return {(f["rule"], f["file"]) for f in findings if f["level"] == "error"}


def test_the_generic_script_judges_what_the_branch_brings_in(branch: Path, tmp_path: Path) -> None:
    done = run(["sh", str(CI / "generic.sh")], branch, tmp_path, BASE="origin/main")
    assert done.returncode == 1, done.stderr
    assert errors(branch / "lading.json") == {
        ("license-not-allowed", "new.py"),
        ("policy-loosened", "lading.yaml"),
    }
    assert (branch / "lading.xml").read_text().startswith("<?xml")
    assert (tmp_path / "pip.log").read_text() == "install --quiet lading\n"


def test_the_generic_script_without_a_base_judges_all(branch: Path, tmp_path: Path) -> None:
    done = run(["sh", str(CI / "generic.sh")], branch, tmp_path, LADING_REQUIREMENT="lading==0.1.0")
    assert done.returncode == 1, done.stderr
    assert errors(branch / "lading.json") == {("license-not-allowed", "old.py")}
    assert (tmp_path / "pip.log").read_text() == "install --quiet lading==0.1.0\n"


def test_the_generic_script_installs_nothing_into_the_project_and_cleans_up(
    branch: Path, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    before = {path.name for path in branch.iterdir()}
    done = run(["sh", str(CI / "generic.sh")], branch, tmp_path, TMPDIR=str(scratch))
    assert done.returncode == 1, done.stderr
    assert {path.name for path in branch.iterdir()} - before == {"lading.json", "lading.xml"}
    assert list(scratch.iterdir()) == []


def test_the_generic_script_keeps_its_installation_where_it_is_told_to(branch: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    done = run(["sh", str(CI / "generic.sh")], branch, tmp_path, LADING_VENV=str(kept))
    assert done.returncode == 1, done.stderr
    assert (kept / "bin" / "python").is_file()


def test_the_gitlab_job_writes_the_reports_it_names(branch: Path, tmp_path: Path) -> None:
    job = yaml.safe_load((CI / "gitlab.yml").read_text(encoding="utf-8"))["lading"]
    (script,) = job["script"]
    script = script.replace("/opt/lading/bin/python", sys.executable)
    base = git(branch, "rev-parse", "origin/main").strip()
    done = run(["sh", "-ec", script], branch, tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.returncode == 1, done.stderr
    reports = job["artifacts"]["reports"]
    issues = json.loads((branch / reports["codequality"]).read_text())
    assert {
        (each["check_name"], each["location"]["path"]) for each in issues if each["severity"] == "critical"
    } == {
        ("license-not-allowed", "new.py"),
        ("policy-loosened", "lading.yaml"),
    }
    assert json.loads((branch / reports["cyclonedx"]).read_text())["bomFormat"] == "CycloneDX"
    assert job["artifacts"]["when"] == "always"
