"""The commands of docs/integrity.md for an attestation with cosign are tried as they stand there."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path

import pytest

from tests.acceptance.recipe import make_project, run, steps, stricter

pytestmark = pytest.mark.skipif(shutil.which("cosign") is None, reason="cosign is not installed")
ATTEST, GATE = steps(__file__)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with something to ship and a pair of keys."""
    monkeypatch.setenv("COSIGN_PASSWORD", "")
    root = make_project(tmp_path, monkeypatch, lading="scanner")
    (root / "image.tar").write_bytes(b"what is shipped")
    assert run("cosign generate-key-pair", root) == 0
    return root


def test_an_attested_report_passes_the_gate(project: Path) -> None:
    assert run(ATTEST, project) == 0
    assert run(GATE, project) == 0


def test_the_statement_carries_the_report_under_the_documented_type(project: Path) -> None:
    assert run(ATTEST, project) == 0
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
    assert run(ATTEST, project) == 0
    assert run(change, project) == 0
    assert run(GATE, project) != 0


def test_an_attestation_of_another_type_does_not_open_the_gate(project: Path) -> None:
    assert run(ATTEST.replace("urn:lading:report:1", "urn:something:else"), project) == 0
    assert run(GATE, project) != 0


def test_attested_facts_a_stricter_policy_refuses_keep_the_gate_shut(project: Path) -> None:
    assert run(ATTEST, project) == 0
    assert run(stricter(GATE, project), project) == 1
