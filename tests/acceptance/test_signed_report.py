"""The commands of docs/integrity.md for a signed report are tried as they stand there."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent.parent / "docs" / "integrity.md"
MARK = "<!-- tried by tests/acceptance/test_signed_report.py -->\n```sh\n"


def steps() -> list[str]:
    return re.findall(re.escape(MARK) + r"(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project and a pair of keys, with `lading` and `model_signing` of this environment in reach."""
    pytest.importorskip("model_signing", reason="needs the extra `signing`")
    monkeypatch.setenv("LADING_CACHE", str(tmp_path / "cache"))
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, module in (("lading", "scanner"), ("model_signing", "model_signing")):
        (tools / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n')
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(PAGE.parent.parent))
    root = tmp_path / "project"
    root.mkdir()
    (root / "app.py").write_text('from transformers import AutoModel\nAutoModel.from_pretrained("gpt2")\n')
    for command in (
        "openssl ecparam -name prime256v1 -genkey -noout -out key.pem",
        "openssl ec -in key.pem -pubout -out key.pub",
    ):
        subprocess.run(command.split(), cwd=root, check=True, capture_output=True)
    return root


def run(text: str, root: Path) -> int:
    done = subprocess.run(["sh", "-ec", text], cwd=root, capture_output=True, text=True, check=False)
    return done.returncode


def test_a_signed_report_passes_the_gate_and_a_changed_one_does_not(project: Path) -> None:
    sign, gate = steps()
    assert run(sign, project) == 0
    assert run(gate, project) == 0
    report = project / "evidence" / "report.json"
    report.write_text(report.read_text("utf-8").replace('"gpt2"', '"gpt3"'), "utf-8")
    assert run(gate, project) != 0


def test_what_is_signed_is_a_statement_with_the_hash_of_the_report(project: Path) -> None:
    sign, _ = steps()
    assert run(sign, project) == 0
    bundle = json.loads((project / "evidence.sig").read_text("utf-8"))
    statement = json.loads(base64.b64decode(bundle["dsseEnvelope"]["payload"]))
    kind = statement["predicateType"]
    assert f"`{kind}`" in PAGE.read_text("utf-8")
    assert (bundle["dsseEnvelope"]["payloadType"], statement["_type"]) == (
        "application/vnd.in-toto+json",
        "https://in-toto.io/Statement/v1",
    )
    digest = hashlib.sha256((project / "evidence" / "report.json").read_bytes()).hexdigest()
    assert statement["predicate"]["resources"] == [
        {"name": "report.json", "digest": digest, "algorithm": "sha256"}
    ]


def test_another_key_does_not_open_the_gate(project: Path) -> None:
    sign, gate = steps()
    assert run(sign, project) == 0
    other = "openssl ecparam -name prime256v1 -genkey -noout -out other.pem; openssl ec -in other.pem -pubout"
    assert run(f"{other} -out key.pub", project) == 0
    assert run(gate, project) != 0


def test_a_gate_with_a_policy_the_facts_do_not_pass_stays_shut(project: Path) -> None:
    sign, gate = steps()
    assert run(sign, project) == 0
    (project / "strict.yaml").write_text("version: 1\nrules: {revision-not-pinned: error}\n")
    assert run(gate.replace("--policy baseline", "--policy strict.yaml"), project) == 1


def test_without_a_signature_the_gate_stays_shut(project: Path) -> None:
    sign, gate = steps()
    assert run(sign, project) == 0
    (project / "evidence.sig").unlink()
    assert run(gate, project) != 0
