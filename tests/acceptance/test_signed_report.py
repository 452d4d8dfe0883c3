"""The commands of docs/integrity.md for a signed report are tried as they stand there."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import pytest

from tests.acceptance.recipe import PAGE, make_project, run, steps, stricter

SIGN, GATE = steps(__file__)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project and a pair of keys."""
    pytest.importorskip("model_signing", reason="needs the extra `signing`")
    root = make_project(tmp_path, monkeypatch, lading="scanner", model_signing="model_signing")
    make = "openssl ecparam -name prime256v1 -genkey -noout -out key.pem"
    assert run(f"{make}; openssl ec -in key.pem -pubout -out key.pub", root) == 0
    return root


def test_a_signed_report_passes_the_gate_and_a_changed_one_does_not(project: Path) -> None:
    assert run(SIGN, project) == 0
    assert run(GATE, project) == 0
    report = project / "evidence" / "report.json"
    report.write_text(report.read_text("utf-8").replace('"gpt2"', '"gpt3"'), "utf-8")
    assert run(GATE, project) != 0


def test_what_is_signed_is_a_statement_with_the_hash_of_the_report(project: Path) -> None:
    assert run(SIGN, project) == 0
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
    assert run(SIGN, project) == 0
    other = "openssl ecparam -name prime256v1 -genkey -noout -out other.pem; openssl ec -in other.pem -pubout"
    assert run(f"{other} -out key.pub", project) == 0
    assert run(GATE, project) != 0


def test_a_gate_with_a_policy_the_facts_do_not_pass_stays_shut(project: Path) -> None:
    assert run(SIGN, project) == 0
    assert run(stricter(GATE, project), project) == 1


def test_without_a_signature_the_gate_stays_shut(project: Path) -> None:
    assert run(SIGN, project) == 0
    (project / "evidence.sig").unlink()
    assert run(GATE, project) != 0
