from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from scanner.records.unknown import Unknown
from scanner.resolution.signatures import KEY, look_for_signature


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(KEY, raising=False)
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


def value(folder: Path) -> str | Unknown | Any:
    return look_for_signature(folder, "model").value


def test_a_folder_without_a_signature_says_so(model: Path) -> None:
    assert value(model) == "none"


def test_a_signature_is_not_taken_for_verified_without_a_key(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (model / "model.sig").write_text("{}")
    found = look_for_signature(model, "model")
    assert found.value == Unknown(f"found and not verified: {KEY} names no public key")
    assert found.location == "model/model.sig"
    monkeypatch.setenv(KEY, str(model / "no-such.pem"))
    assert value(model) == Unknown(f"found and not verified: {KEY} names no file")


def make_key(folder: Path, name: str) -> tuple[Path, Path]:
    """A pair of keys (needs the `openssl` program)."""
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    make = ["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", str(private)]
    subprocess.run(make, check=True, capture_output=True)
    show = ["openssl", "ec", "-in", str(private), "-pubout", "-out", str(public)]
    subprocess.run(show, check=True, capture_output=True)
    return private, public


def test_the_right_key_passes_and_a_changed_byte_or_another_key_does_not(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing: Any = pytest.importorskip("model_signing.signing", reason="needs the extra `signing`")
    private, public = make_key(tmp_path, "ours")
    _, other = make_key(tmp_path, "other")
    signature = model / "model.sig"
    signing.Config().use_elliptic_key_signer(private_key=private).sign(model, signature)
    monkeypatch.setenv(KEY, str(public))
    assert value(model) == "verified"
    monkeypatch.setenv(KEY, str(other))
    assert str(value(model)).startswith("refused: ")
    monkeypatch.setenv(KEY, str(public))
    (model / "config.json").write_text("[]")
    assert str(value(model)).startswith("refused: Signature mismatch: [\"Hash mismatch for 'config.json'")
