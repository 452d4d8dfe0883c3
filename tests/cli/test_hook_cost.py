"""What a commit hook over files nobody has read before does not wait for."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = ["deploy/compose.yaml", "notebooks/compare.ipynb", "shop/answer.py", "shop/assistants.py"]
PROGRAM = """
import json, os, re._compiler, sys

PATTERNS = "scanner.patterns"
compiled, at_once = [], re._compiler.compile

def compile_noted(text, flags=0):
    frame = sys._getframe(1)
    while frame.f_code.co_filename.split(os.sep)[-2] == "re" or frame.f_globals["__name__"] == PATTERNS:
        frame = frame.f_back
    if frame.f_globals["__name__"].startswith("scanner."):
        compiled.append([frame.f_globals["__name__"], str(text)])
    return at_once(text, flags)

re._compiler.compile = compile_noted
from scanner.cli.main import run
code = run(["hook", *sys.argv[1:]])
print(json.dumps({"code": code, "compiled": compiled, "modules": sorted(sys.modules)}))
"""


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A hook over files nobody has read, where lading itself has run before."""
    folder = tmp_path_factory.mktemp("cost")
    shutil.copytree(ROOT / "examples" / "model-shop", folder / "shop")
    for words in (("init", "--quiet"), ("add", "--all")):
        subprocess.run(["git", *words], cwd=folder / "shop", check=True)
    said = ""
    for _ in range(2):
        if (folder / "cache").is_dir():
            with sqlite3.connect(folder / "cache" / "discovery.sqlite") as remembered:
                remembered.execute("DELETE FROM findings")
            remembered.close()
        said = subprocess.run(
            [sys.executable, "-Ic", PROGRAM, *FILES],
            cwd=folder / "shop",
            env={**os.environ, "LADING_CACHE": str(folder / "cache")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()[-1]
    answer: dict[str, Any] = json.loads(said)
    return answer


def test_no_expression_is_compiled_that_an_earlier_run_had(cold: dict[str, Any]) -> None:
    assert (cold["code"], cold["compiled"]) == (1, [])


def test_what_the_files_of_a_commit_do_not_ask_for_is_not_imported(cold: dict[str, Any]) -> None:
    asks_others = ("hub_answer", "hub_asker", "hub_hashes", "ollama_asker", "pace", "reply", "scan_reports")
    of_weights = ("local_asker", "local_hashes", "model_folder", "ollama_tag", "signatures", "snapshot")
    needless = {
        *(f"scanner.resolution.{name}" for name in (*asks_others, *of_weights)),
        *(f"scanner.discovery.{name}" for name in ("declared_versions", "json_nodes", "yaml_lines")),
        *(f"scanner.project.{name}" for name in ("git", "revision", "walk")),
        "scanner.policy.likeness",
        *("_hashlib", "threading", "unicodedata"),
    }
    assert needless & {*cold["modules"]} == set()
