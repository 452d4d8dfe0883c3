"""The hook in the real pre-commit, on a real repository: refused, mended, passed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.kit import LOADS_RESEARCH, STRICT
from tests.project.repositories import QUIET, git, write

HOUSE = Path(__file__).parent.parent


def offered_hook() -> dict[str, Any]:
    (hook,) = yaml.safe_load((HOUSE / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return dict(hook)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the offered hook installed, run by the Python of the tests."""
    root = tmp_path / "shop"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    hook = {**offered_hook(), "language": "system"}
    write(
        root,
        {
            "lading.yaml": STRICT,
            ".pre-commit-config.yaml": yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook]}]}),
        },
    )
    subprocess.run([sys.executable, "-m", "pre_commit", "install"], cwd=root, check=True, capture_output=True)
    return root


def try_commit(root: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    git(root, "add", "-A")
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "LADING_CACHE": str(tmp_path / "cache"),
        "PYTHONPATH": "",
    }
    return subprocess.run(
        ["git", *QUIET, "commit", "-m", "a change"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_commit_is_refused_mended_and_passed(repository: Path, tmp_path: Path) -> None:
    write(repository, {"app.py": LOADS_RESEARCH})
    refused = try_commit(repository, tmp_path)
    assert refused.returncode == 1
    said = refused.stdout + refused.stderr
    assert "app.py:3:27: error: Qwen/Qwen2.5-3B-Instruct" in said
    assert "  fix     " in said
    write(repository, {"app.py": LOADS_RESEARCH.replace("Qwen2.5-3B", "Qwen2.5-7B")})
    passed = try_commit(repository, tmp_path)
    assert passed.returncode == 0, passed.stdout + passed.stderr


def test_a_commit_of_what_the_baseline_holds_passes(repository: Path, tmp_path: Path) -> None:
    write(repository, {"app.py": LOADS_RESEARCH})
    command = [sys.executable, "-Im", "scanner", "scan", "--offline", "--write-baseline", "accepted.json"]
    subprocess.run(
        command,
        cwd=repository,
        check=True,
        capture_output=True,
        env={**os.environ, "LADING_CACHE": str(tmp_path)},
    )
    config = yaml.safe_load((repository / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    config["repos"][0]["hooks"][0]["args"] = ["--baseline", "accepted.json"]
    write(repository, {".pre-commit-config.yaml": yaml.safe_dump(config)})
    passed = try_commit(repository, tmp_path)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    write(repository, {"new.py": LOADS_RESEARCH.replace("2.5-3B", "2.5-72B")})
    refused = try_commit(repository, tmp_path)
    assert (refused.returncode, "new.py:3:27: error" in refused.stdout + refused.stderr) == (1, True)


def test_the_offered_hook_runs_isolated_and_one_at_a_time() -> None:
    hook = offered_hook()
    assert (hook["entry"], hook["language"], hook["require_serial"]) == (
        "python -Im scanner hook",
        "python",
        True,
    )
