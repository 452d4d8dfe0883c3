"""The commands of docs/integrity.md for an attestation with cosign are tried as they stand there."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent.parent / "docs" / "integrity.md"
MARK = "<!-- tried by tests/acceptance/test_attested_report.py -->\n```sh\n"

pytestmark = pytest.mark.skipif(shutil.which("cosign") is None, reason="cosign is not installed")


def steps() -> list[str]:
    return re.findall(re.escape(MARK) + r"(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with something to ship and a pair of keys, with the `lading` of this environment in reach."""
    monkeypatch.setenv("LADING_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COSIGN_PASSWORD", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "lading").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m scanner "$@"\n')
    (tools / "lading").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(PAGE.parent.parent))
    root = tmp_path / "project"
    root.mkdir()
    (root / "app.py").write_text('from transformers import AutoModel\nAutoModel.from_pretrained("gpt2")\n')
    (root / "image.tar").write_bytes(b"what is shipped")
    assert run("cosign generate-key-pair", root) == 0
    return root


def run(text: str, root: Path) -> int:
    done = subprocess.run(["sh", "-ec", text], cwd=root, capture_output=True, text=True, check=False)
    return done.returncode


def test_an_attested_report_passes_the_gate(project: Path) -> None:
    attest, gate = steps()
    assert run(attest, project) == 0
    assert run(gate, project) == 0


def test_the_statement_carries_the_report_under_the_documented_type(project: Path) -> None:
    attest, _ = steps()
    assert run(attest, project) == 0
    envelope = json.loads((project / "image.att").read_text("utf-8"))
    statement = json.loads(base64.b64decode(envelope["payload"]))
    assert statement["predicateType"] == "urn:lading:report:1"
    assert [each["name"] for each in statement["subject"]] == ["image.tar"]
    assert statement["predicate"] == json.loads((project / "report.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("printf more >> image.tar", id="the shipped file changed"),
        pytest.param("rm cosign.key cosign.pub; cosign generate-key-pair", id="another key"),
        pytest.param("rm image.att", id="no attestation"),
        pytest.param(
            'sed -i "s/\\"sig\\":\\"..../\\"sig\\":\\"AAAA/" image.att', id="the signature does not fit"
        ),
    ],
)
def test_the_gate_stays_shut(project: Path, change: str) -> None:
    attest, gate = steps()
    assert run(attest, project) == 0
    assert run(change, project) == 0
    assert run(gate, project) != 0


def test_an_attestation_of_another_type_does_not_open_the_gate(project: Path) -> None:
    attest, gate = steps()
    assert run(attest.replace("urn:lading:report:1", "urn:something:else"), project) == 0
    assert run(gate, project) != 0


def test_attested_facts_a_stricter_policy_refuses_keep_the_gate_shut(project: Path) -> None:
    attest, gate = steps()
    assert run(attest, project) == 0
    (project / "strict.yaml").write_text("version: 1\nrules: {revision-not-pinned: error}\n")
    assert run(gate.replace("--policy baseline", "--policy strict.yaml"), project) == 1
