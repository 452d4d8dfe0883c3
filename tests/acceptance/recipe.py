"""The commands of docs/integrity.md, tried as they stand there on a small project."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent.parent / "docs" / "integrity.md"


def steps(test: str) -> list[str]:
    """The blocks of commands the page says are tried by a test, in their order."""
    mark = f"<!-- tried by tests/acceptance/{Path(test).name} -->\n```sh\n"
    return re.findall(re.escape(mark) + r"(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def make_project(folder: Path, monkeypatch: pytest.MonkeyPatch, **tools: str) -> Path:
    """A project with one model, and modules of this environment in reach as commands."""
    monkeypatch.setenv("LADING_CACHE", str(folder / "cache"))
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("PATH", f"{folder / 'tools'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(PAGE.parent.parent))
    (folder / "tools").mkdir()
    for name, module in tools.items():
        tool = folder / "tools" / name
        tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n')
        tool.chmod(0o755)
    root = folder / "project"
    root.mkdir()
    (root / "app.py").write_text('from transformers import AutoModel\nAutoModel.from_pretrained("gpt2")\n')
    return root


def stricter(gate: str, root: Path) -> str:
    """The gate with a policy that refuses the project's model."""
    (root / "strict.yaml").write_text("version: 1\nrules: {revision-not-pinned: error}\n")
    return gate.replace("--policy baseline", "--policy strict.yaml")


def run(text: str, root: Path) -> int:
    """Run commands in the project; gives the code of the first that fails."""
    return subprocess.run(["sh", "-ec", text], cwd=root, capture_output=True, check=False).returncode
