"""The command line run in this process, and small projects to run it on."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scanner.cli.main import run
from tests.project.repositories import commit, git, make_repository, write

DAY = "2026-11-22"

LOADS_APACHE = 'from transformers import AutoModel\n\nAutoModel.from_pretrained("Qwen/Qwen3-8B")\n'
LOADS_RESEARCH = (
    'from transformers import AutoModel\n\nAutoModel.from_pretrained("Qwen/Qwen2.5-3B-Instruct")\n'
)

STRICT = """version: 1
rules:
  license-not-allowed: {allow: [Apache-2.0], level: error}
  revision-not-pinned: {level: "off"}
"""

__all__ = [
    "DAY",
    "LOADS_APACHE",
    "LOADS_RESEARCH",
    "STRICT",
    "Answer",
    "Lading",
    "commit",
    "make_branch",
    "make_repository",
    "write",
]


@dataclass(frozen=True, slots=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.out)
        return read

    def findings(self) -> list[tuple[str, str, str]]:
        return [
            (f["rule"], f["level"], f["reference"]) for f in self.report["findings"] if "exception" not in f
        ]


class Lading:
    """Runs `lading` with a cache of its own."""

    def __init__(
        self, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, cache: Path
    ) -> None:
        monkeypatch.setenv("LADING_CACHE", str(cache))
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
        self._capfd = capfd

    def __call__(self, *words: str | Path) -> Answer:
        self._capfd.readouterr()
        code = run([str(word) for word in words])
        out, err = self._capfd.readouterr()
        return Answer(code, out, err)

    def scan(self, root: Path, *words: str | Path) -> Answer:
        return self("scan", root, "--offline", "--date", DAY, "-f", "json", *words)


def make_branch(folder: Path, policy: str) -> Path:
    """A clone whose branch brings in one model the policy of `main` does not allow, and another policy."""
    origin, root = folder / "origin", folder / "clone"
    make_repository(origin, {"old.py": LOADS_RESEARCH, "lading.yaml": STRICT})
    subprocess.run(["git", "clone", "-q", str(origin), str(root)], check=True)
    git(root, "checkout", "-q", "-b", "change")
    commit(root, {"new.py": LOADS_RESEARCH.replace("3B", "72B"), "lading.yaml": policy})
    return root
